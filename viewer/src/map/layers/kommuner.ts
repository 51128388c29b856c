import type { ExpressionSpecification } from 'maplibre-gl';
import type { Legend } from '../../api/types';
import { asksForArea } from '../../state/filters';
import { removeAll, showTiles, type LegendContext, type MapLayer } from '../map-layer';

const noFigure = '#dcdcdc';

/** Areas in the colour of their rate's class. */
export const kommuner: MapLayer = {
  name: 'kommuner',
  clickable: ['kommuner'],
  show(map, { county, filter, f, legend }) {
    if (!showTiles(map, county, 'kommuner', 'vector', f)) return;
    const source = { source: 'kommuner', 'source-layer': 'kommuner' } as const;
    if (!map.getLayer('kommuner')) {
      map.addLayer({ id: 'kommuner', type: 'fill', ...source, paint: { 'fill-opacity': 0.8 } }, 'slot-surface');
    }
    map.setPaintProperty('kommuner', 'fill-color', legend === null ? noFigure : classColour(legend, filter.areas));
  },
  hide(map) {
    removeAll(map, 'kommuner', ['kommuner']);
  },
  click({ properties }) {
    return typeof properties.code === 'string' ? { what: 'area', code: properties.code } : null;
  },
  classes: classesInUse,
  legendRows: (t, about) =>
    ratesOnMap(about)?.includes(undefined) === false ? [] : [{ mark: { form: 'fill', colour: noFigure }, text: t.legend.notShown }],
};

/** Those that at least one area is in, once the rates are known. A rate at a border is in the upper, as on the map. */
export function classesInUse(about: LegendContext): Legend['classes'] {
  const { classes } = about.legend;
  const rates = ratesOnMap(about);
  if (rates === null) return classes;
  const used = new Set(
    rates.filter((rate) => rate !== undefined).map((rate) => Math.max(0, classes.findLastIndex(({ from }) => from <= rate))),
  );
  return classes.filter((_, at) => used.has(at));
}

/** Of each area; none where the map has no figure for it. */
function ratesOnMap({ rates, filter }: LegendContext): (number | undefined)[] | null {
  return rates?.areas.map(({ code, rate }) => (asksForArea(filter, code) ? rate : undefined)) ?? null;
}

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
