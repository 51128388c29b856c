import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { overlays, surfaces } from '../state/url-state';
import { messages } from './messages';

/** Every text, with its way in the tree; a function is called with its own parameters' places. */
function texts(of: unknown, path = ''): [string, string][] {
  if (typeof of === 'string') return [[path, of]];
  if (typeof of === 'function') return [[path, String(of('{0}', '{1}'))]];
  return Object.entries(of as object).flatMap(([key, value]) => texts(value, `${path}/${key}`));
}

test('no language has an empty text', () => {
  for (const t of Object.values(messages)) {
    expect(texts(t).filter(([, text]) => text.trim() === '')).toEqual([]);
  }
});

test('a sentence uses the same parts in every language', () => {
  const partsOf = (text: string) => (text.match(/\{\d\}/g) ?? []).sort().join();
  const swedish = new Map(texts(messages.sv));
  const different = texts(messages.en).filter(([path, text]) => partsOf(text) !== partsOf(swedish.get(path) ?? text));
  expect(different).toEqual([]);
});

/** Groups of which the code looks up some words by name, as `t.layers[surface]`, and those names. */
const lookedUp: Readonly<Record<string, readonly string[]>> = { layers: [...surfaces, ...overlays], filter: ['from', 'to'] };

test('every text is used', () => {
  const folder = new URL('../', import.meta.url);
  const code = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|i18n\/(sv|en)\.ts$/.test(file))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  const isUsed = (path: string) => {
    const keys = path.slice(1).split('/');
    const [group, key] = [keys.slice(0, -1).join('.'), keys.at(-1) ?? ''];
    const isNamed = new RegExp(`(\\bt|\\bmessages(\\.\\w+|\\[\\w+\\]))\\.${keys.join('\\.')}\\b`).test(code);
    const mayBeLookedUp = lookedUp[group]?.includes(key) ?? true;
    return isNamed || (group !== '' && mayBeLookedUp && code.includes(`t.${group}[`));
  };
  const unused = texts(messages.sv).filter(([path]) => !isUsed(path));
  expect(unused.map(([path]) => path)).toEqual([]);
});

test('one is said in the singular', () => {
  const { sv, en } = messages;
  expect(sv.filter.matching('1')).toBe('1 händelse');
  expect(sv.filter.matching('21')).toBe('21 händelser');
  expect(sv.legend.leftOut('1')).toBe('1 utelämnad');
  expect(sv.desk.done.retried('0', '1', '0')).toBe('0 rader inlästa, 1 åter lagd åt sidan, 0 från ett annat län.');
  expect(sv.quality.doubts('1')).toBe('1 namngiven plats som motsäger sig själv');
  expect(en.incidents.summary('1')).toBe('1 incident, newest first');
  expect(en.places.summary('1', '4')).toBe('1 place with two incidents or more, among 4 incidents whose place is known.');
});
