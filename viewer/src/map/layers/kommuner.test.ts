import { expect, test } from 'vitest';
import type { Legend, Rates } from '../../api/types';
import { messages } from '../../i18n/messages';
import { emptyFilter } from '../../state/filters';
import { classesInUse, kommuner } from './kommuner';

const legend = {
  classes: [0, 0.05, 0.1, 0.15].map((from) => ({ from, to: from + 0.05, colour: `#${from}` })),
} as unknown as Legend;

const ratesOf = (...rates: (number | undefined)[]) =>
  ({ areas: rates.map((rate, at) => ({ code: String(at), name: '', ...(rate === undefined ? {} : { rate }) })) }) as unknown as Rates;

const about = (rates: Rates | null, areas: string[] = []) => ({ legend, rates, filter: { ...emptyFilter, areas } });
const lowerEnds = (...of: Parameters<typeof about>) => classesInUse(about(...of)).map(({ from }) => from);

test('the legend shows the classes that an area is in, a rate at a border in the upper', () => {
  expect(lowerEnds(ratesOf(0, 0.1, 0.12))).toEqual([0, 0.1]);
  expect(lowerEnds(ratesOf(0.02, 7))).toEqual([0, 0.15]);
});

test('an area that is not asked for is in no class', () => {
  expect(lowerEnds(ratesOf(0, 0.12), ['1'])).toEqual([0.1]);
});

test('until the rates are known every class is shown', () => {
  expect(lowerEnds(null)).toEqual([0, 0.05, 0.1, 0.15]);
});

test('a colour for areas without a figure is explained where there are any', () => {
  const rows = (...of: Parameters<typeof about>) => kommuner.legendRows(messages.sv, about(...of)).length;
  expect(rows(ratesOf(0, 0.12))).toBe(0);
  expect(rows(ratesOf(0, undefined))).toBe(1);
  expect(rows(ratesOf(0, 0.12), ['1'])).toBe(1);
  expect(rows(null)).toBe(1);
});
