import type { Map as MapLibreMap, MapGeoJSONFeature } from 'maplibre-gl';

interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * The mark that somebody meant: one of the uppermost layer under the pointer, or else one within reach of it.
 * Where several lie there it is the one whose middle is nearest, so that marks on each other can all be met.
 */
export function nearestMark(map: MapLibreMap, point: Point, reach: number, layers: readonly string[]): MapGeoJSONFeature | null {
  const among = (place: [number, number] | [[number, number], [number, number]], ids: readonly string[]) =>
    nearest(map.queryRenderedFeatures(place, { layers: [...ids] }), point, (mark) => middleOf(map, mark));
  for (const layer of layers) {
    const under = among([point.x, point.y], [layer]);
    if (under !== null) return under;
  }
  return among(around(point, reach), layers);
}

export function nearest<T>(marks: readonly T[], point: Point, middleOf: (mark: T) => Point): T | null {
  const distance = (mark: T) => Math.hypot(middleOf(mark).x - point.x, middleOf(mark).y - point.y);
  return marks.reduce<T | null>((best, mark) => (best === null || distance(mark) < distance(best) ? mark : best), null);
}

/** In pixels; an area that is not under the pointer is nowhere near it. */
function middleOf(map: MapLibreMap, { geometry }: MapGeoJSONFeature): Point {
  if (geometry.type !== 'Point') return { x: Infinity, y: Infinity };
  const [lng = 0, lat = 0] = geometry.coordinates;
  return map.project([lng, lat]);
}

function around({ x, y }: Point, reach: number): [[number, number], [number, number]] {
  return [
    [x - reach, y - reach],
    [x + reach, y + reach],
  ];
}
