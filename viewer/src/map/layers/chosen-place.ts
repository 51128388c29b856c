import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { Place } from '../../state/url-state';
import { colours } from '../colours';

const id = 'chosen-place';

/** A ring around the place that somebody asked to be shown, over the marks and under what is to be read. */
export function showChosenPlace(map: MapLibreMap, place: Place | null): void {
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
  for (const [layer, colour, width] of [
    ['chosen-place-halo', colours.halo, 7],
    ['chosen-place', colours.place, 3],
  ] as const) {
    map.addLayer(
      {
        id: layer,
        type: 'circle',
        source: id,
        paint: {
          'circle-radius': 20,
          'circle-opacity': 0,
          'circle-stroke-color': colour,
          'circle-stroke-width': width,
        },
      },
      'slot-numbers',
    );
  }
}
