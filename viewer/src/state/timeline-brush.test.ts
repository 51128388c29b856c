import { expect, test } from 'vitest';
import type { Timeline } from '../api/types';
import { barAt, edgesOf, movedEnd, nearestEdge, periodBetween, positionOf, ticksOf } from './timeline-brush';

const months: Timeline = {
  step: 'month',
  n: 10,
  bins: ['2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01'].map((from) => ({ from, n: 1 })),
};
const edges = edgesOf(months);

test('the last bar ends where its month does', () => {
  expect(edges).toEqual(['2024-11-01', '2024-12-01', '2025-01-01', '2025-02-01', '2025-03-01']);
  expect(edgesOf({ ...months, bins: [] })).toEqual([]);
});

test('a date lies within its bar in proportion', () => {
  expect(positionOf('2024-11-01', edges)).toBe(0);
  expect(positionOf('2025-01-01', edges)).toBe(0.5);
  expect(positionOf('2024-11-16', edges)).toBe(0.125);
  expect(positionOf('2023-01-01', edges)).toBe(0);
  expect(positionOf('2030-01-01', edges)).toBe(1);
});

test('a place on the screen has an edge and a bar', () => {
  expect(nearestEdge(0.6, edges)).toBe(2);
  expect(barAt(0.6, edges)).toBe(2);
  expect(barAt(1, edges)).toBe(3);
  expect(nearestEdge(-1, edges)).toBe(0);
});

test('a period is from the earlier edge to the later, at least one bar', () => {
  expect(periodBetween(3, 1, edges)).toEqual({ from: '2024-12-01', to: '2025-02-01' });
  expect(periodBetween(2, 2, edges)).toEqual({ from: '2025-01-01', to: '2025-02-01' });
  expect(periodBetween(4, 4, edges)).toEqual({ from: '2025-02-01', to: '2025-03-01' });
});

test('all of the time is no period', () => {
  expect(periodBetween(0, 4, edges)).toBeNull();
});

test('an end moved by key stops one bar from the other', () => {
  const period = { from: '2024-12-01', to: '2025-01-01' };
  expect(movedEnd(period, 'from', (i) => i + 1, edges)).toEqual(period);
  expect(movedEnd(period, 'from', (i) => i - 1, edges)).toEqual({ from: '2024-11-01', to: '2025-01-01' });
  expect(movedEnd(period, 'to', (i) => i + 1, edges)).toEqual({ from: '2024-12-01', to: '2025-02-01' });
  expect(movedEnd(null, 'from', (i) => i + 1, edges)).toEqual({ from: '2024-12-01', to: '2025-03-01' });
});

test('the axis is written as finely as there is room for', () => {
  expect(ticksOf(edges, 8).map((tick) => tick.date)).toEqual(edges.slice(0, 4));
  expect(ticksOf(edges, 1).map((tick) => tick.date)).toEqual(['2025-01-01']);
  expect(ticksOf([], 8)).toEqual([]);
});
