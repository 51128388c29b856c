import type { ExpressionSpecification } from 'maplibre-gl';
import type { Legend } from '../../api/types';
import { colours } from '../colours';
import { removeAll, showTiles, type MapLayer } from '../map-layer';

const noFigure = '#dcdcdc';

/** Areas in the colour of their rate's class; one may be pointed out. */
export const kommuner: MapLayer = {
  name: 'kommuner',
  clickable: ['kommuner'],
  show(map, { county, filter, f, legend, area }) {
    if (!showTiles(map, county, 'kommuner', 'vector', f)) return;
    const source = { source: 'kommuner', 'source-layer': 'kommuner' } as const;
    if (!map.getLayer('kommuner')) {
      map.addLayer({ id: 'kommuner', type: 'fill', ...source, paint: { 'fill-opacity': 0.8 } }, 'slot-surface');
      map.addLayer(
        {
          id: 'kommuner-chosen',
          type: 'line',
          ...source,
          layout: { 'line-join': 'round' },
          paint: { 'line-color': colours.place, 'line-width': 3.5 },
        },
        'slot-incidents',
      );
    }
    map.setPaintProperty('kommuner', 'fill-color', legend === null ? noFigure : classColour(legend, filter.areas));
    map.setFilter('kommuner-chosen', ['==', ['get', 'code'], area ?? '']);
  },
  hide(map) {
    removeAll(map, 'kommuner', ['kommuner-chosen', 'kommuner']);
  },
  click({ properties }) {
    return typeof properties.code === 'string' ? { what: 'area', code: properties.code } : null;
  },
  legendRows: (t) => [{ mark: { form: 'fill', colour: noFigure }, text: t.legend.notShown }],
};

/** Areas that the filter does not ask for have no figure, whatever the tile says of them. */
export function classColour({ classes }: Legend, asked: readonly string[]): ExpressionSpecification | string {
  const [first, ...others] = classes;
  if (first === undefined) return noFigure;
  const colour =
    others.length === 0
      ? first.colour
      : ['step', ['get', 'rate'], first.colour, ...others.flatMap((c) => [c.from, c.colour])];
  const isAsked = asked.length === 0 ? [] : [['in', ['get', 'code'], ['literal', asked]]];
  return ['case', ['all', ['has', 'rate'], ...isAsked], colour, noFigure] as unknown as ExpressionSpecification;
}
