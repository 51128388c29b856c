import type { Map as MapLibreMap } from 'maplibre-gl';
import type { County } from '../../api/types';
import { colours } from '../colours';
import { removeAll, showTiles } from '../map-layer';

/** Its source, which no filter changes: a border is where it is. */
export const chosenArea = 'chosen-area';

/** A line around the kommun that is pointed out, whichever layers are shown. */
export function showChosenArea(map: MapLibreMap, county: County, area: string | null): void {
  if (area === null) return hideChosenArea(map);
  if (!showTiles(map, county, 'kommuner', 'vector', '', '', chosenArea)) return;
  if (!map.getLayer(chosenArea)) {
    map.addLayer(
      {
        id: chosenArea,
        type: 'line',
        source: chosenArea,
        'source-layer': 'kommuner',
        layout: { 'line-join': 'round' },
        paint: { 'line-color': colours.place, 'line-width': 3.5 },
      },
      'slot-incidents',
    );
  }
  map.moveLayer(chosenArea, 'slot-incidents');
  map.setFilter(chosenArea, ['==', ['get', 'code'], area]);
}

export function hideChosenArea(map: MapLibreMap): void {
  removeAll(map, chosenArea, [chosenArea]);
}
