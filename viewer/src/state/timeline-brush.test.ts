import { expect, test } from 'vitest';
import type { Timeline } from '../api/types';
import { barAt, edgesOf, nearestEdge, periodBetween, positionOf, steppedEdge, ticksOf, withEnd } from './timeline-brush';

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

test('an end that is moved leaves the other on its day', () => {
  const period = { from: '2024-11-20', to: '2025-02-10' };
  expect(withEnd(period, 'from', 1, edges)).toEqual({ from: '2024-12-01', to: '2025-02-10' });
  expect(withEnd(period, 'to', 2, edges)).toEqual({ from: '2024-11-20', to: '2025-01-01' });
  expect(withEnd(null, 'from', 1, edges)).toEqual({ from: '2024-12-01', to: '2025-03-01' });
  expect(withEnd(period, 'from', 0, edges)).toEqual({ from: '2024-11-01', to: '2025-02-10' });
});

test('an end does not pass the other, and both at the edges are no period', () => {
  const period = { from: '2024-12-01', to: '2025-01-01' };
  expect(withEnd(period, 'from', 2, edges)).toBe(period);
  expect(withEnd(period, 'to', 0, edges)).toBe(period);
  expect(withEnd({ from: '2024-11-01', to: '2025-01-01' }, 'to', 4, edges)).toBeNull();
});

test('a key goes from an edge to the next, from within a bar to its side', () => {
  expect(steppedEdge('2025-01-01', 1, edges)).toBe(3);
  expect(steppedEdge('2025-01-01', -1, edges)).toBe(1);
  expect(steppedEdge('2025-01-10', 1, edges)).toBe(3);
  expect(steppedEdge('2025-01-10', -1, edges)).toBe(2);
  expect(steppedEdge('2024-11-01', -1, edges)).toBeNull();
  expect(steppedEdge('2025-03-01', 1, edges)).toBeNull();
  expect(steppedEdge('2025-01-10', Infinity, edges)).toBe(4);
  expect(steppedEdge('2025-01-10', -Infinity, edges)).toBe(0);
});

test('no key takes a period away that lies outside the data', () => {
  const before = { from: '1999-01-01', to: '1999-02-01' };
  expect(steppedEdge(before.from, -1, edges)).toBeNull();
  expect(steppedEdge(before.to, -1, edges)).toBeNull();
  expect(withEnd(before, 'from', steppedEdge(before.from, 1, edges) ?? 0, edges)).toBe(before);
  expect(withEnd(before, 'to', steppedEdge(before.to, 1, edges) ?? 0, edges)).toEqual({ from: '1999-01-01', to: '2024-11-01' });
});

test('the axis is written as finely as there is room for', () => {
  expect(ticksOf(edges, 8).map((tick) => tick.date)).toEqual(edges.slice(0, 4));
  expect(ticksOf(edges, 1).map((tick) => tick.date)).toEqual(['2025-01-01']);
  expect(ticksOf([], 8)).toEqual([]);
});
