import { expect, test } from 'vitest';
import { addDays, daysBetween, periodText, tickText, toldInterval } from './times';

const stockholm = 'Europe/Stockholm';

test('a minute is a moment, in the civil time of the county', () => {
  expect(toldInterval('2025-01-02T13:05:00Z', '2025-01-02T13:06:00Z', 'sv', stockholm)).toEqual({
    form: 'moment',
    at: '2 jan. 2025 14:05',
  });
  expect(toldInterval('2025-07-02T12:05:00Z', '2025-07-02T12:06:00Z', 'sv', stockholm)).toMatchObject({
    at: '2 juli 2025 14:05',
  });
});

test('a civil day is a day without an hour, also when it has 23 or 25', () => {
  expect(toldInterval('2025-03-29T23:00:00Z', '2025-03-30T22:00:00Z', 'sv', stockholm)).toEqual({
    form: 'day',
    day: '30 mars 2025',
  });
  expect(toldInterval('2025-10-25T22:00:00Z', '2025-10-26T23:00:00Z', 'sv', stockholm)).toEqual({
    form: 'day',
    day: '26 okt. 2025',
  });
});

test('a span says its day once where it can', () => {
  expect(toldInterval('2025-01-02T07:00:00Z', '2025-01-02T16:00:00Z', 'sv', stockholm)).toEqual({
    form: 'span',
    from: '2 jan. 2025 08:00',
    to: '17:00',
  });
  expect(toldInterval('2025-01-02T20:00:00Z', '2025-01-03T06:00:00Z', 'sv', stockholm)).toMatchObject({
    to: '3 jan. 2025 07:00',
  });
});

test('several civil days are told by the first and the last', () => {
  expect(toldInterval('2025-01-01T23:00:00Z', '2025-01-04T23:00:00Z', 'sv', stockholm)).toEqual({
    form: 'days',
    from: '2 jan. 2025',
    to: '4 jan. 2025',
  });
});

test('a half-open period is shown with its last day', () => {
  expect(periodText({ from: '2025-01-01', to: '2025-02-01' }, 'sv')).toBe('1 jan. 2025 – 31 jan. 2025');
  expect(periodText({ from: '2025-01-01', to: '2025-01-02' }, 'en')).toBe('1 Jan 2025');
});

test('days are counted by the calendar', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
  expect(daysBetween('2025-03-29', '2025-03-31')).toBe(2);
});

test('an axis names the year once', () => {
  expect(tickText('2025-01-01', 'month', 'sv')).toBe('jan. 2025');
  expect(tickText('2025-04-01', 'month', 'sv')).toBe('apr.');
  expect(tickText('2025-01-01', 'year', 'sv')).toBe('2025');
});
