import type { CircleLayerSpecification, ExpressionSpecification } from 'maplibre-gl';
import { colours, labelFont } from '../colours';
import { removeAll, showTiles, type MapLayer } from '../map-layer';

const ranked = 20;
// Where a tile has very many places, the last of them are gathered in cells that have no rank.
const rank: ExpressionSpecification = ['coalesce', ['get', 'rank'], 1e9];
const isFirst: ExpressionSpecification = ['<=', rank, ranked];

// The area of a circle follows the number, so its radius follows the root; a rank needs room to be read.
const size = (scale: number): ExpressionSpecification => ['*', scale, ['sqrt', ['get', 'n']]];
const readable = (scale: number): ExpressionSpecification => ['max', 9, size(scale)];

/** Places with two incidents or more: the area of the circle follows their number, the first show their rank. */
export const repeatLocations: MapLayer = {
  name: 'repeat_locations',
  clickable: ['repeat-first', 'repeat-others'],
  show(map, { county, f }) {
    if (!showTiles(map, county, 'repeat_locations', 'vector', f) || map.getLayer('repeat-first')) return;
    const source = { source: 'repeat_locations', 'source-layer': 'repeat_locations' } as const;
    // Small ones lie on large ones.
    const layout: CircleLayerSpecification['layout'] = { 'circle-sort-key': ['-', ['get', 'n']] };
    // Seen from the whole county a town's places lie on each other, and must not hide the town.
    const paint: CircleLayerSpecification['paint'] = {
      'circle-color': colours.repeat,
      'circle-stroke-color': colours.markLight,
      'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 7, 0.3, 11, 1.2],
    };
    map.addLayer(
      {
        id: 'repeat-others',
        type: 'circle',
        ...source,
        layout,
        filter: ['!', isFirst],
        paint: {
          ...paint,
          'circle-opacity': 0.55,
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, size(1.2), 11, size(1.5), 14, size(2.6)],
        },
      },
      'slot-repeat_locations',
    );
    map.addLayer(
      {
        id: 'repeat-first',
        type: 'circle',
        ...source,
        layout,
        filter: isFirst,
        paint: {
          ...paint,
          'circle-opacity': 0.92,
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 7, size(1.2), 11, readable(1.7), 14, readable(2.6)],
        },
      },
      'slot-repeat_locations',
    );
    map.addLayer(
      {
        id: 'repeat-ranks',
        type: 'symbol',
        ...source,
        filter: isFirst,
        minzoom: 10,
        layout: {
          'text-field': ['to-string', ['get', 'rank']],
          'text-font': labelFont,
          'text-size': 11,
          // 3 beside 1 is not 31.
          'text-padding': 2,
          'symbol-sort-key': rank,
        },
        paint: { 'text-color': colours.markLight, 'text-halo-color': colours.repeat, 'text-halo-width': 2 },
      },
      'slot-ranks',
    );
  },
  hide(map) {
    removeAll(map, 'repeat_locations', ['repeat-ranks', 'repeat-first', 'repeat-others']);
  },
  click(feature) {
    if (feature.geometry.type !== 'Point') return null;
    const [lng = 0, lat = 0] = feature.geometry.coordinates;
    const { rank } = feature.properties;
    return typeof rank === 'number' ? { what: 'place', lng, lat, rank } : { what: 'closer', lng, lat };
  },
  legendRows: (t) => [{ mark: { form: 'place', colour: colours.repeat }, text: t.legend.place }],
};
