import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noteWords, parameterWords, unitWords } from './server-words';

test('units are said in the language of the page', () => {
  expect(unitWords('incidents per km²', 'sv')).toBe('händelser per km²');
  expect(unitWords('incidents per km²', 'en')).toBe('incidents per km²');
  expect(unitWords('incidents per 1000 inhabitants over the period 2025-01-01 to 2026-01-01', 'sv')).toBe(
    'händelser per 1\u00a0000 invånare under hela perioden',
  );
});

test('what is not known is shown as it came', () => {
  expect(unitWords('parsecs', 'sv')).toBe('parsecs');
  expect(noteWords('Something new.', 'sv')).toBe('Something new.');
});

test('lengths have their unit', () => {
  expect(parameterWords('radius', '1000', 'sv')).toEqual({ name: 'sökradie', value: '1\u00a0000 m' });
  expect(parameterWords('kernel', 'quartic', 'sv').value).toBe('kvartisk');
});

test('every note that a layer can give has its Swedish', () => {
  const layers = new URL('../../../layers/', import.meta.url);
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
