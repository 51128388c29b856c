import { describe, expect, test } from 'vitest';
import type { ResultTable } from '../api/types';
import { cellText, factText, nextOrder, quantityText, sortedRows } from './result-cells';

const table: ResultTable = {
  key: 'bands',
  total: 4,
  columns: [
    { key: 'distance', sv: 'Avstånd', en: 'Distance', type: 'text' },
    { key: 'ratio', sv: 'Kvot', en: 'Ratio', type: 'real' },
  ],
  rows: [
    ['[100, 200)', 1.5],
    ['[1, 100)', null],
    ['[0, 1)', 3],
    ['[1000, 2000)', 1.5],
  ],
};
const by = (column: string, descending: boolean, key = 'bands') => ({ table: key, column, descending });

describe('a cell', () => {
  test('is written in the language of the page', () => {
    expect(cellText(12403, 'whole', 'sv')).toBe('12\u00a0403');
    expect(cellText(0.01234, 'real', 'sv')).toBe('0,0123');
    expect(cellText(2.5, 'real', 'en')).toBe('2.5');
    expect(cellText('2026-01-31', 'text', 'sv')).toBe('31 jan. 2026');
  });

  test('that is absent is a dash, and no zero', () => {
    expect(cellText(null, 'real', 'sv')).toBe('–');
    expect(cellText(0, 'real', 'sv')).toBe('0');
  });

  test('that is a band is written as people write it, whichever end belongs to it', () => {
    expect(cellText('[100, 200)', 'text', 'sv')).toBe('100–200');
    expect(cellText('(0.1, 1500]', 'text', 'sv')).toBe('0,1–1\u00a0500');
    expect(cellText('Storgatan 1, 2', 'text', 'sv')).toBe('Storgatan 1, 2');
  });

  test('that is a probability is never nothing', () => {
    expect([0.001, 0.0001, 1e-30, 0].map((p) => quantityText('p_permutation', p, 'real', 'sv'))).toEqual(['0,001', '0,0001', '<\u00a00,0001', '<\u00a00,0001']);
  });

  test('that is a share is in percent', () => {
    expect(quantityText('share', 0.125, 'real', 'sv')).toBe('12,5\u00a0%');
    expect(quantityText('share', null, 'real', 'sv')).toBe('–');
  });

  test('that is a fact has its decimals, if it has any', () => {
    expect([1363, 636.2165, 0.25].map((value) => factText({ key: 'pairs', value }, 'sv'))).toEqual(['1\u00a0363', '636', '0,25']);
  });
});

describe('rows', () => {
  test('are as they came until somebody sorts them', () => {
    expect(sortedRows(table, null)).toEqual([0, 1, 2, 3]);
    expect(sortedRows(table, by('ratio', true, 'chains'))).toEqual([0, 1, 2, 3]);
    expect(sortedRows(table, by('absent', true))).toEqual([0, 1, 2, 3]);
  });

  test('are sorted both ways, what is absent last, and equal ones as they came', () => {
    expect(sortedRows(table, by('ratio', true))).toEqual([2, 0, 3, 1]);
    expect(sortedRows(table, by('ratio', false))).toEqual([0, 3, 2, 1]);
  });

  test('of bands are sorted by where these begin', () => {
    expect(sortedRows(table, by('distance', false))).toEqual([2, 1, 0, 3]);
  });
});

test('clicks on a head go through both orders and back to none', () => {
  const [text, number] = table.columns;
  if (!text || !number) throw new Error('no columns');
  const first = nextOrder(table, number, null);
  expect(first).toEqual(by('ratio', true));
  const second = nextOrder(table, number, first);
  expect(second).toEqual(by('ratio', false));
  expect(nextOrder(table, number, second)).toBeNull();
  expect(nextOrder(table, text, second)).toEqual(by('distance', false));
  expect(nextOrder(table, number, by('ratio', false, 'chains'))).toEqual(by('ratio', true));
});
