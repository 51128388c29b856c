import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages } from './messages';
import { noteWords, parameterWords, unitWords } from './server-words';

test('units are said in the language of the page', () => {
  expect(unitWords('incidents per km²', 'sv')).toBe('händelser per km²');
  expect(unitWords('incidents per km²', 'en')).toBe('incidents per km²');
  expect(unitWords('incidents per 1000 inhabitants', 'sv')).toBe('händelser per 1\u00a0000 invånare');
});

test('a rate says which days it is of, chosen or not', () => {
  const unit = 'incidents per 1000 inhabitants over the period 2025-03-01 to 2025-04-01';
  expect(unitWords(unit, 'sv')).toBe('händelser per 1\u00a0000 invånare, 1 mars 2025 – 31 mars 2025');
  expect(unitWords(unit, 'en')).toBe('incidents per 1,000 inhabitants, 1 Mar 2025 – 31 Mar 2025');
});

test('what is not known is shown as it came', () => {
  expect(unitWords('parsecs', 'sv')).toBe('parsecs');
  expect(noteWords('Something new.', 'sv')).toBe('Something new.');
});

test('lengths have their unit', () => {
  expect(parameterWords('radius', '1000', 'sv')).toEqual({ name: 'sökradie', value: '1\u00a0000\u00a0m' });
  expect(parameterWords('kernel', 'quartic', 'sv').value).toBe('kvartisk');
});

test('one is said in the singular', () => {
  expect(noteWords('1 incidents are known only to the county and are in no area.', 'sv')).toMatch(/^1 händelse är bara känd /);
  expect(noteWords('1 incidents are known only to the county and are in no area.', 'en')).toMatch(/^1 incident is known /);
});

const layers = new URL('../../../layers/', import.meta.url);

test('every option of a layer has its Swedish, with every word that it takes', () => {
  const catalogue = readFileSync(new URL('layer_catalogue.cpp', layers), 'utf8');
  const keys = [...catalogue.matchAll(/\.key = "(\w+)"/g)].map((match) => match[1] ?? '');
  const lists = [...catalogue.matchAll(/(?:\.words|kRules) = \{([^}]*)\}/g)].map((match) => match[1] ?? '');
  const words = lists.flatMap((list) => [...list.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? ''));
  expect(keys.length).toBeGreaterThan(8);
  expect(words).toContain('epanechnikov');
  expect(keys.filter((key) => messages.sv.parameters[key] === undefined)).toEqual([]);
  expect(words.filter((word) => messages.sv.parameterValues[word] === undefined)).toEqual([]);
  expect(Object.keys(messages.en.parameters)).toEqual(Object.keys(messages.sv.parameters));
});

test('no words are kept for what the server does not say', () => {
  const source = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');
  const files = ['layers', 'tiles/raster', 'geo_core'].flatMap((folder) =>
    readdirSync(new URL(`../../../${folder}/`, import.meta.url)).map((name) => `${folder}/${name}`),
  );
  const server = files.filter((file) => file.endsWith('.cpp')).map(source).join('\n');
  const { parameters, parameterValues, leftOutReasons } = messages.sv;
  const keys = [parameters, parameterValues, leftOutReasons].flatMap((words) => Object.keys(words));
  expect(keys.filter((key) => !server.includes(`"${key}"`))).toEqual([]);
});

test('every note that a layer can give has its Swedish', () => {
  const notes = readdirSync(layers)
    .filter((name) => name.endsWith('.cpp'))
    .flatMap((name) => notesIn(readFileSync(new URL(name, layers), 'utf8')));
  expect(notes.length).toBeGreaterThan(5);
  expect(notes.filter((note) => noteWords(note, 'sv') === note)).toEqual([]);
});

/** The sentences given to `notes.push_back`, with 7 for what is filled in. */
function notesIn(source: string): string[] {
  return [...source.matchAll(/notes\.push_back\(([^;]*)\);/gs)].map((match) =>
    [...(match[1] ?? '').matchAll(/"([^"]*)"/g)]
      .map((literal) => literal[1])
      .join('')
      .replace(/Inhabitants of \{\}/, 'Inhabitants of 2023')
      .replace(/\{[^}]*\}/g, '7'),
  );
}
