import { expect, test } from 'vitest';
import { radiiToCompare } from './radii-to-compare';

test('a radius is compared with its half and its double, in whole metres', () => {
  expect(radiiToCompare(1000)).toEqual([500, 1000, 2000]);
  expect(radiiToCompare(125)).toEqual([63, 125, 250]);
});

test('no radius is beyond what the server takes, nor there twice', () => {
  expect(radiiToCompare(15)).toEqual([10, 15, 30]);
  expect(radiiToCompare(10)).toEqual([10, 20]);
  expect(radiiToCompare(60_000)).toEqual([30_000, 60_000, 100_000]);
  expect(radiiToCompare(100_000)).toEqual([50_000, 100_000]);
});
