import { expect, test } from 'vitest';
import type { Rates } from '../api/types';
import { rateText } from './rates';

const table = (...areas: [rate: number, low: number, high: number][]): Rates => ({
  info: {
    layer: 'rates', unit: '', unit_sv: '', n: 0, left_out: [], filter: '', view: 'analyst', revision: 1, parameters: {}, notes: [],
  },
  areas: [
    ...areas.map(([rate, low, high], at) => ({ code: String(at), name: String(at), rate, low, high })),
    { code: 'withheld', name: 'withheld' },
  ],
});

test('small rates are told apart, with their intervals', () => {
  const text = rateText(table([0.0408, 0.0111, 0.1044], [0.1182, 0.0792, 0.1698]), 'sv');
  expect([0.0408, 0.0111, 0.1044, 0.1182].map(text)).toEqual(['0,04', '0,01', '0,10', '0,12']);
});

test('large rates are not more exact than they are known', () => {
  const text = rateText(table([21.62, 21.04, 22.21], [4.3, 3.7, 5.0]), 'en');
  expect([21.62, 4.3].map(text)).toEqual(['21.6', '4.3']);
});

test('few incidents give no more digits than they know, and nothing is 0', () => {
  const text = rateText(table([0.1741, 0.0474, 0.4458], [0, 0, 0.3854], [0.1307, 0.1, 0.2]), 'sv');
  expect([0.1307, 0.0474, 0].map(text)).toEqual(['0,13', '0,05', '0']);
});

test('where nothing happened the upper ends of the intervals still say something', () => {
  expect(rateText(table([0, 0, 0.1606]), 'sv')(0.1606)).toBe('0,16');
});
