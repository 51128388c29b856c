import { expect, test } from 'vitest';
import { pairBeside, parseReport, samePair } from './report-pair';

const pairs = ['1', '2', '3'].map((n) => ({ a: `shops:${n}`, b: `police:${n}` }));

test('one steps from pair to pair, and not beyond the ends', () => {
  expect(pairBeside(pairs, 0, 0, 1)).toBe(pairs[1]);
  expect(pairBeside(pairs, 2, 0, -1)).toBe(pairs[1]);
  expect(pairBeside(pairs, 2, 0, 1)).toBeNull();
  expect(pairBeside(pairs, 0, 0, -1)).toBeNull();
});

test('after a pair that is gone from the list comes the one that took its place', () => {
  expect(pairBeside(pairs, -1, 1, 1)).toBe(pairs[1]);
  expect(pairBeside(pairs, -1, 1, -1)).toBe(pairs[0]);
  expect(pairBeside([], -1, 0, 1)).toBeNull();
});

test('a pair is the same whichever report stands first', () => {
  expect(samePair({ a: 'x:1', b: 'y:2' }, { a: 'y:2', b: 'x:1' })).toBe(true);
  expect(samePair({ a: 'x:1', b: 'y:2' }, { a: 'x:1', b: 'y:3' })).toBe(false);
});

test('a report is a source and an id, which may have colons itself', () => {
  expect(parseReport('police:2025:7')).toBe('police:2025:7');
  expect(['police', ':7', 'police:', `police:${'7'.repeat(500)}`].map(parseReport)).toEqual(Array(4).fill(undefined));
});
