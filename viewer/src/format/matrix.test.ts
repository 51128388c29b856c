import { describe, expect, test } from 'vitest';
import type { ResultTable, TableCell } from '../api/types';
import { crossTable, week } from './matrix';

const tableOf = (keys: string[], rows: TableCell[][]): ResultTable => ({
  key: 'bands',
  total: rows.length,
  columns: keys.map((key) => ({ key, sv: key, en: key, type: 'real' })),
  rows,
});

describe('a table of distance by time', () => {
  const keys = ['distance', 'days', 'observed', 'expected', 'ratio', 'p', 'significant'];
  const table = tableOf(keys, [
    ['[0, 1)', '[0, 7)', 28, 15.5, 1.8, 0.001, 1],
    ['[0, 1)', '[7, 14)', 5, 12.5, 0.4, 1, 0],
    ['[1, 200)', '[0, 7)', 141, 99.8, 1.4, 0.002, 1],
  ]);

  test('stands across, bands in the order in which they came', () => {
    const cross = crossTable(table);
    expect(cross?.downBands).toEqual(['[0, 1)', '[1, 200)']);
    expect(cross?.acrossBands).toEqual(['[0, 7)', '[7, 14)']);
    expect(cross?.cells[0]).toEqual([
      { shown: 1.8, beside: 28, significant: true },
      { shown: 0.4, beside: 5, significant: false },
    ]);
    expect([cross?.shown.key, cross?.beside?.key, cross?.shaded?.key]).toEqual(['ratio', 'observed', 'significant']);
  });

  test('has nothing where a pair of bands is missing', () => {
    expect(crossTable(table)?.cells[1]?.[1]).toBeNull();
  });

  test('without a ratio shows what was observed, once', () => {
    const cross = crossTable(tableOf(['distance', 'time', 'observed'], [['near', 'soon', 3]]));
    expect(cross?.cells).toEqual([[{ shown: 3, beside: null, significant: false }]]);
    expect([cross?.beside, cross?.shaded]).toEqual([null, null]);
  });

  test('is told from tables that only have some of it', () => {
    expect(crossTable(tableOf(['distance', 'n', 'ratio'], []))).toBeNull();
    expect(crossTable(tableOf(['distance', 'days'], []))).toBeNull();
    expect(crossTable(tableOf(['days', 'ratio'], []))).toBeNull();
  });
});

describe('a week', () => {
  const all = (weight: (day: number, hour: number) => TableCell) =>
    tableOf(['weekday', 'hour', 'weight'], Array.from({ length: 168 }, (_, i) => [Math.floor(i / 24) + 1, i % 24, weight(Math.floor(i / 24), i % 24)]));

  test('has Monday first and its hours in order', () => {
    const of = week(all((day, hour) => day * 100 + hour));
    expect(of?.weights[0]?.slice(0, 3)).toEqual([0, 1, 2]);
    expect(of?.weights[6]?.[23]).toBe(623);
    expect(of?.largest).toBe(623);
  });

  test('says where most is, and nothing of hours without any', () => {
    const of = week(all((day, hour) => (day === 5 && hour >= 22 ? hour : 0)));
    expect(of?.peaks).toEqual([
      { day: 5, hour: 23, weight: 23 },
      { day: 5, hour: 22, weight: 22 },
    ]);
    expect(of?.sum).toBe(45);
    expect(week(all(() => 0))?.peaks).toEqual([]);
  });

  test('is no table with other columns, and none with other days or hours', () => {
    expect(week(tableOf(['weekday', 'n'], [[1, 2]]))).toBeNull();
    expect(week(tableOf(['weekday', 'hour', 'weight'], [[8, 0, 1]]))).toBeNull();
    expect(week(tableOf(['weekday', 'hour', 'weight'], [[1, 24, 1]]))).toBeNull();
  });
});
