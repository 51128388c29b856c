import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { OptionDescription } from '../api/types';
import { messages } from './messages';
import { allowedWords, optionName, optionValue } from './server-words';

const option = (about: Partial<OptionDescription>): OptionDescription => ({
  key: 'k', default: '', words: [], unit: '', allowed: '', sv: 'Så långt räknas.', en: 'How far it counts.', ...about,
});
const metres = option({ unit: 'm', low: 10, high: 10_000, words: ['auto'] });

test('an option has a short name, or the sentence of the catalogue', () => {
  expect(optionName('radius', metres, 'sv')).toBe('sökradie');
  expect(optionName('reach', metres, 'sv')).toBe('Så långt räknas');
  expect(optionName('reach', undefined, 'sv')).toBe('reach');
});

test('values have their unit, and words the language of the page', () => {
  expect(optionValue('1000', metres, 'sv')).toBe('1\u00a0000\u00a0m');
  expect(optionValue('62.5', metres, 'sv')).toBe('62,5\u00a0m');
  expect(optionValue('0,7,14', option({ unit: 'days' }), 'sv')).toBe('0; 7; 14\u00a0dygn');
  expect(optionValue('0,7,14', option({ unit: 'days' }), 'en')).toBe('0; 7; 14\u00a0days');
  expect(optionValue('quartic', undefined, 'sv')).toBe('kvartisk');
  expect(optionValue('parsecs', undefined, 'sv')).toBe('parsecs');
  expect(optionValue('2026-01-31', undefined, 'sv')).toBe('2026-01-31');
});

test('what is allowed is said as a form would', () => {
  expect(allowedWords(metres, 'sv')).toBe('Tillåtet: 10–10\u00a0000\u00a0m eller automatisk.');
  expect(allowedWords(option({ low: 1, high: 99, whole: true }), 'sv')).toBe('Tillåtet: heltal 1–99.');
  expect(allowedWords(option({ low: 0, high: 5, most_edges: 4, unit: 'days' }), 'sv')).toContain('två till 4 stigande tal inom 0–5\u00a0dygn');
  expect(allowedWords(option({ date: true, words: ['none'] }), 'en')).toBe('Allowed: a day or none.');
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
