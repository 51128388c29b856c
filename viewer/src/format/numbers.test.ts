import { expect, test } from 'vitest';
import { decimalsFor, distance, measured, percent, wholeNumber, withDecimals } from './numbers';

test('numbers are written as Swedes and Britons write them', () => {
  expect(wholeNumber(12403, 'sv')).toBe('12\u00a0403');
  expect(wholeNumber(12403, 'en')).toBe('12,403');
  expect(withDecimals(4, 1, 'sv')).toBe('4,0');
  expect([0.125, 0.01].map((share) => percent(share, 'sv'))).toEqual(['12,5\u00a0%', '1,0\u00a0%']);
});

test('a distance has the unit that keeps it short', () => {
  expect([63, 500, 1000, 2500].map((metres) => distance(metres, 'sv'))).toEqual([
    '63\u00a0m',
    '500\u00a0m',
    '1\u00a0km',
    '2,5\u00a0km',
  ]);
  expect(distance(1125, 'en')).toBe('1.125\u00a0km');
});

test('a measured value has three digits, or all of its whole part', () => {
  expect(measured(0.012345, 'sv')).toBe('0,0123');
  expect(measured(4.5678, 'sv')).toBe('4,57');
  expect(measured(1234.5, 'en')).toBe('1,235');
  expect(measured(0, 'sv')).toBe('0');
});

test('a column has the decimals that give its largest figure two digits, and one below a hundred', () => {
  expect([0, 0.0408, 0.118, 0.99, 1, 9.99, 21.6, 100, 12345].map(decimalsFor)).toEqual([0, 3, 2, 2, 1, 1, 1, 0, 0]);
  expect(withDecimals(0.0076, decimalsFor(0.118), 'sv')).toBe('0,01');
});
