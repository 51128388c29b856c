import { expect, test } from 'vitest';
import { nearest } from './nearest-mark';

test('of marks within reach the one whose middle is nearest is meant', () => {
  const marks = [
    { rank: 1, x: 100, y: 100 },
    { rank: 2, x: 110, y: 100 },
  ];
  const meant = (x: number, y: number) => nearest(marks, { x, y }, (mark) => mark)?.rank;
  expect(meant(109, 101)).toBe(2);
  expect(meant(92, 100)).toBe(1);
  expect(nearest([], { x: 0, y: 0 }, () => ({ x: 0, y: 0 }))).toBeNull();
});
