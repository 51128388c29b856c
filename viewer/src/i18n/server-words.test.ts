import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messages } from './messages';
import { parameterWords } from './server-words';

test('lengths have their unit', () => {
  expect(parameterWords('radius', '1000', 'sv')).toEqual({ name: 'sökradie', value: '1\u00a0000\u00a0m' });
  expect(parameterWords('kernel', 'quartic', 'sv').value).toBe('kvartisk');
});

test('what is not known is shown as it came', () => {
  expect(parameterWords('parsecs', 'many', 'sv')).toEqual({ name: 'parsecs', value: 'many' });
});

test('every name of a parameter has both languages', () => {
  expect(Object.keys(messages.en.parameters)).toEqual(Object.keys(messages.sv.parameters));
});

test('no words are kept for what the server does not say', () => {
  const root = new URL('../../../', import.meta.url);
  const sources = ['layers', 'tiles', 'geo_core'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const server = sources
    .filter((file) => file.endsWith('.cpp'))
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
    .join('\n');
  const { parameters, parameterValues, leftOutReasons } = messages.sv;
  const keys = [parameters, parameterValues, leftOutReasons].flatMap((words) => Object.keys(words));
  expect(keys.filter((key) => !server.includes(`"${key}"`))).toEqual([]);
});
