import { describe, expect, test } from 'vitest';
import type { OptionDescription } from '../api/types';
import { entryOf, firstText, typedIn, valueOf } from './option-form';

const base: OptionDescription = { key: 'k', default: '', words: [], unit: '', allowed: '', sv: '', en: '' };
const words: OptionDescription = { ...base, words: ['none', 'uniform'], default: 'none' };
const metres: OptionDescription = { ...base, low: 10, high: 10_000, whole: false, unit: 'm', words: ['auto'], default: 'auto' };
const count: OptionDescription = { ...base, low: 1, high: 99_999, whole: true, default: '999' };
const bands: OptionDescription = { ...base, low: 0, high: 5000, whole: false, most_edges: 4, default: '0,100,200', unit: 'm' };
const until: OptionDescription = { ...base, date: true, words: ['latest'], default: 'latest' };

const typed = (option: OptionDescription, text: string) => valueOf(option, { word: null, text });

test('what may be typed is told by the description', () => {
  expect([words, metres, count, bands, until].map(typedIn)).toEqual([null, 'number', 'number', 'edges', 'date']);
});

test('every value comes back from the form as it went in', () => {
  for (const [option, value] of [
    [words, 'uniform'],
    [metres, 'auto'],
    [metres, '62.5'],
    [count, '999'],
    [bands, '0,100,200.5'],
    [until, 'latest'],
    [until, '2026-01-31'],
  ] as const) {
    expect(valueOf(option, entryOf(option, value)), value).toBe(value);
  }
});

describe('a number', () => {
  test('is written as the server writes it', () => {
    expect(typed(metres, '1e3')).toBe('1000');
    expect(typed(metres, ' 62.50 ')).toBe('62.5');
  });

  test.each(['', '9', '10001', 'abc', '1 000', '0x10', 'Infinity'])('is not %s', (text) => {
    expect(typed(metres, text)).toBeNull();
  });

  test('is whole where it is to be', () => {
    expect(typed(count, '9.5')).toBeNull();
    expect(typed(count, '9')).toBe('9');
  });
});

describe('edges', () => {
  test('may be written with spaces, commas or semicolons', () => {
    expect(typed(bands, '0, 100 ,200')).toBe('0,100,200');
    expect(typed(bands, '0 100 200')).toBe('0,100,200');
    expect(typed(bands, '0;100')).toBe('0,100');
  });

  test.each(['0', '', '0,100,100', '100,0', '0,100,200,300,400', '0,9000', '0,,100', '0,a'])('are not %s', (text) => {
    expect(typed(bands, text)).toBeNull();
  });
});

test('a date is a day that there is, and a word one of the words', () => {
  expect(typed(until, '2026-02-30')).toBeNull();
  expect(typed(words, 'uniform')).toBeNull();
  expect(valueOf(words, { word: 'diggle', text: '' })).toBeNull();
});

test('whoever chooses to type begins with the default, where it is no word', () => {
  expect(firstText(metres)).toBe('');
  expect(firstText(count)).toBe('999');
  expect(firstText(bands)).toBe('0, 100, 200');
  expect(firstText(until)).toBe('');
});
