import { expect, test } from 'vitest';
import type { Box } from '../state/store.svelte';
import { middleLatitude, tileAround } from './tile-around';

const zooms = { minzoom: 0, maxzoom: 16 };

/** A map so small that only its middle counts. */
const around = (lng: number, lat: number): Box => [lng - 1e-6, lat - 1e-6, lng + 1e-6, lat + 1e-6];

test('the tile holds the middle of the map, and its part has that in the middle', () => {
  // The cathedral of Uppsala: 1124.31 and 596.35 tiles of zoom 11.
  const { z, x, y, left, top } = tileAround(around(17.6334, 59.8581), 11.6, zooms);
  expect({ z, x, y }).toEqual({ z: 11, x: 1124, y: 596 });
  expect(left).toBeCloseTo(0.064, 3);
  expect(top).toBeCloseTo(0.1, 3);
});

test('a part does not reach over the side of its tile', () => {
  expect(tileAround(around(0.001, -0.001), 5, zooms)).toEqual({ z: 4, x: 8, y: 8, left: 0, top: 0 });
  expect(tileAround(around(-0.001, 0.001), 5, zooms)).toEqual({ z: 4, x: 7, y: 7, left: 0.5, top: 0.5 });
});

test('the middle is that of the picture, not of its degrees', () => {
  // From the equator to 85.05° north is the northern half of the world.
  expect(tileAround([0, 0, 90, 85.0511], 2, zooms)).toMatchObject({ z: 1, y: 0, top: expect.closeTo(0.25, 4) });
});

test('no tile is asked for that the layer does not have', () => {
  expect(tileAround(around(17.6, 59.9), 18, zooms).z).toBe(16);
  expect(tileAround(around(17.6, 59.9), 5, { minzoom: 7, maxzoom: 16 }).z).toBe(7);
});

test('the middle of a map is north of the middle of its degrees', () => {
  expect(middleLatitude(59, 61)).toBeCloseTo(60.0151, 3);
  expect(middleLatitude(60, 60)).toBeCloseTo(60, 9);
});
