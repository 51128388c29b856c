import type { ExpressionSpecification } from 'maplibre-gl';
import type { Legend } from '../../api/types';
import { removeAll, showTiles, type MapLayer } from '../map-layer';

const noFigure = '#dcdcdc';

/** Areas in the colour of their rate's class. */
export const kommuner: MapLayer = {
  name: 'kommuner',
  clickable: [],
  show(map, { county, f, legend }) {
    if (!showTiles(map, county, 'kommuner', 'vector', f)) return;
    const colour = legend === null ? noFigure : classColour(legend);
    if (map.getLayer('kommuner')) {
      map.setPaintProperty('kommuner', 'fill-color', colour);
      return;
    }
    map.addLayer(
      {
        id: 'kommuner',
        type: 'fill',
        source: 'kommuner',
        'source-layer': 'kommuner',
        paint: { 'fill-color': colour, 'fill-opacity': 0.8 },
      },
      'slot-surface',
    );
  },
  hide(map) {
    removeAll(map, 'kommuner', ['kommuner']);
  },
  legendRows: (t) => [{ mark: { form: 'fill', colour: noFigure }, text: t.legend.notShown }],
};

function classColour({ classes }: Legend): ExpressionSpecification | string {
  const [first, ...others] = classes;
  if (first === undefined) return noFigure;
  if (others.length === 0) return ['case', ['has', 'rate'], first.colour, noFigure];
  const steps = others.flatMap((c) => [c.from, c.colour]);
  return [
    'case',
    ['has', 'rate'],
    ['step', ['get', 'rate'], first.colour, ...steps] as unknown as ExpressionSpecification,
    noFigure,
  ];
}
