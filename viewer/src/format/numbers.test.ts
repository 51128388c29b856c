import { expect, test } from 'vitest';
import { measured, oneDecimal, percent, wholeNumber } from './numbers';

test('numbers are written as Swedes and Britons write them', () => {
  expect(wholeNumber(12403, 'sv')).toBe('12\u00a0403');
  expect(wholeNumber(12403, 'en')).toBe('12,403');
  expect(oneDecimal(4, 'sv')).toBe('4,0');
  expect(percent(0.125, 'sv')).toBe('12,5\u00a0%');
});

test('a measured value has three digits, or all of its whole part', () => {
  expect(measured(0.012345, 'sv')).toBe('0,0123');
  expect(measured(4.5678, 'sv')).toBe('4,57');
  expect(measured(1234.5, 'en')).toBe('1,235');
  expect(measured(0, 'sv')).toBe('0');
});
