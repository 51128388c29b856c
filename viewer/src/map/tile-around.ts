import { MercatorCoordinate } from 'maplibre-gl';
import type { Box } from '../state/store.svelte';

/** A square of one tile, half as wide as that. `left` and `top` are where it begins, 0 to 0.5 of the tile. */
export interface TilePart {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly left: number;
  readonly top: number;
}

/**
 * What one tile has of the 350 to 720 pixels around the middle of the map. Where that is near the side of
 * a tile, the part goes as far as the tile does.
 */
export function tileAround(map: Box, zoom: number, { minzoom, maxzoom }: { minzoom: number; maxzoom: number }): TilePart {
  const [west, south, east, north] = map;
  const z = Math.min(maxzoom, Math.max(minzoom, Math.round(zoom) - 1));
  const [one, other] = [MercatorCoordinate.fromLngLat([west, north]), MercatorCoordinate.fromLngLat([east, south])];
  const across = ((one.x + other.x) / 2) * 2 ** z;
  const down = ((one.y + other.y) / 2) * 2 ** z;
  const [x, y] = [Math.floor(across), Math.floor(down)];
  return { z, x, y, left: beginning(across - x), top: beginning(down - y) };
}

function beginning(middle: number): number {
  return Math.min(0.5, Math.max(0, middle - 0.25));
}

/** The latitude that is half-way down a map from one to the other. */
export function middleLatitude(south: number, north: number): number {
  const [one, other] = [south, north].map((lat) => MercatorCoordinate.fromLngLat([0, lat]).y);
  return new MercatorCoordinate(0, ((one ?? 0) + (other ?? 0)) / 2).toLngLat().lat;
}
