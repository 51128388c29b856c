import type { ExpressionSpecification } from 'maplibre-gl';
import { colours, labelFont } from '../colours';
import { removeAll, showTiles, type MapLayer } from '../map-layer';

const ranked = 20;
// Where a tile has very many places, the last of them are gathered in cells that have no rank.
const rank: ExpressionSpecification = ['coalesce', ['get', 'rank'], 1e9];

// The area of a circle follows the number, so its radius follows the root; a rank needs room to be read.
const size = (scale: number): ExpressionSpecification => ['*', scale, ['sqrt', ['get', 'n']]];

/** Places with two incidents or more: the area of the circle follows their number, the first show their rank. */
export const repeatLocations: MapLayer = {
  name: 'repeat_locations',
  clickable: ['repeat-circles'],
  show(map, { county, f }) {
    if (!showTiles(map, county, 'repeat_locations', 'vector', f) || map.getLayer('repeat-circles')) return;
    const source = { source: 'repeat_locations', 'source-layer': 'repeat_locations' } as const;
    map.addLayer(
      {
        id: 'repeat-circles',
        type: 'circle',
        ...source,
        layout: { 'circle-sort-key': ['get', 'n'] },
        paint: {
          'circle-color': colours.repeat,
          'circle-opacity': ['case', ['<=', rank, ranked], 0.92, 0.55],
          // Seen from the whole county a town's places lie on each other, and must not hide the town.
          'circle-radius': [
            'interpolate', ['linear'], ['zoom'],
            7, size(1),
            11, ['case', ['<=', rank, ranked], ['max', 9, size(2.6)], size(2.6)],
          ],
          'circle-stroke-color': colours.markLight,
          'circle-stroke-width': 1.2,
        },
      },
      'slot-repeat_locations',
    );
    map.addLayer(
      {
        id: 'repeat-ranks',
        type: 'symbol',
        ...source,
        filter: ['<=', rank, ranked],
        minzoom: 10,
        layout: {
          'text-field': ['to-string', ['get', 'rank']],
          'text-font': labelFont,
          'text-size': 11,
          'symbol-sort-key': rank,
        },
        paint: { 'text-color': colours.markLight },
      },
      'slot-repeat_locations',
    );
  },
  hide(map) {
    removeAll(map, 'repeat_locations', ['repeat-ranks', 'repeat-circles']);
  },
  click(feature) {
    if (feature.geometry.type !== 'Point') return null;
    const [lng = 0, lat = 0] = feature.geometry.coordinates;
    return { what: feature.properties.rank === undefined ? 'closer' : 'place', lng, lat };
  },
  legendRows: (t) => [{ mark: { form: 'cell', colour: colours.repeat }, text: t.legend.place }],
};
