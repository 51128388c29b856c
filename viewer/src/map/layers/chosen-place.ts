import type { CircleLayerSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Place } from '../../state/url-state';
import { colours } from '../colours';

type Paint = NonNullable<CircleLayerSpecification['paint']>;

const ring: readonly Paint[] = [
  { 'circle-radius': 20, 'circle-opacity': 0, 'circle-stroke-color': colours.halo, 'circle-stroke-width': 7 },
  { 'circle-radius': 20, 'circle-opacity': 0, 'circle-stroke-color': colours.place, 'circle-stroke-width': 3 },
];
const target: readonly Paint[] = [
  { 'circle-radius': 11, 'circle-opacity': 0, 'circle-stroke-color': colours.halo, 'circle-stroke-width': 5 },
  { 'circle-radius': 11, 'circle-opacity': 0, 'circle-stroke-color': colours.mark, 'circle-stroke-width': 2 },
  { 'circle-radius': 3, 'circle-color': colours.mark, 'circle-stroke-color': colours.halo, 'circle-stroke-width': 1.5 },
];

/** A ring around the place that somebody asked to be shown, over the marks and under what is to be read. */
export function showChosenPlace(map: MapLibreMap, place: Place | null): void {
  showMark(map, 'chosen-place', ring, place);
}

/** A target where somebody asks why. */
export function showWhyPlace(map: MapLibreMap, place: Place | null): void {
  showMark(map, 'why-place', target, place);
}

function showMark(map: MapLibreMap, id: string, paints: readonly Paint[], place: Place | null): void {
  const data = {
    type: 'FeatureCollection' as const,
    features: place
      ? [
          {
            type: 'Feature' as const,
            geometry: { type: 'Point' as const, coordinates: [place.lng, place.lat] },
            properties: {},
          },
        ]
      : [],
  };
  const source = map.getSource<GeoJSONSource>(id);
  if (source) {
    void source.setData(data);
    return;
  }
  map.addSource(id, { type: 'geojson', data });
  for (const [at, paint] of paints.entries()) {
    map.addLayer({ id: `${id}-${at}`, type: 'circle', source: id, paint }, 'slot-numbers');
  }
}
