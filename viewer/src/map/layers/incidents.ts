import { colours, labelFont } from '../colours';
import { removeAll, showTiles, type MapLayer } from '../map-layer';

/** Incidents as dots, filled where the place is a point and open where it is a street; zoomed out as cells. */
export const incidents: MapLayer = {
  name: 'incidents',
  clickable: ['incident-dots', 'incident-cells'],
  show(map, { county, f }) {
    if (!showTiles(map, county, 'incidents', 'vector', f) || map.getLayer('incident-dots')) return;
    const source = { source: 'incidents', 'source-layer': 'incidents' } as const;
    map.addLayer(
      {
        id: 'incident-cells',
        type: 'circle',
        ...source,
        filter: ['has', 'n'],
        layout: { 'circle-sort-key': ['-', ['get', 'n']] },
        paint: {
          'circle-color': colours.cell,
          'circle-opacity': 0.6,
          'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'n']], 1, 4, 10, 13, 40, 22],
          'circle-stroke-color': colours.mark,
          'circle-stroke-opacity': 0.55,
          'circle-stroke-width': 0.8,
        },
      },
      'slot-incidents',
    );
    map.addLayer(
      {
        id: 'incident-dots',
        type: 'circle',
        ...source,
        filter: ['!', ['has', 'n']],
        paint: {
          'circle-color': ['match', ['get', 'precision'], 'street', colours.markLight, colours.mark],
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 2, 13, 4.5, 16, 7],
          'circle-stroke-color': ['match', ['get', 'precision'], 'street', colours.mark, colours.markLight],
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 9, 1, 13, 1.5],
        },
      },
      'slot-incidents',
    );
    map.addLayer(
      {
        id: 'incident-numbers',
        type: 'symbol',
        ...source,
        filter: ['>=', ['coalesce', ['get', 'n'], 0], 5],
        layout: {
          'text-field': ['to-string', ['get', 'n']],
          'text-font': labelFont,
          'text-size': 11,
          'symbol-sort-key': ['-', ['get', 'n']],
        },
        paint: { 'text-color': colours.mark, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 },
      },
      'slot-numbers',
    );
  },
  hide(map) {
    removeAll(map, 'incidents', ['incident-numbers', 'incident-dots', 'incident-cells']);
  },
  click(feature) {
    if (feature.geometry.type !== 'Point') return null;
    const [lng = 0, lat = 0] = feature.geometry.coordinates;
    if (feature.properties.n !== undefined) return { what: 'closer', lng, lat };
    return feature.id === undefined ? null : { what: 'incident', id: String(feature.id) };
  },
  legendRows: (t) => [
    { mark: { form: 'dot', colour: colours.mark }, text: t.legend.point },
    { mark: { form: 'ring', colour: colours.mark }, text: t.legend.street },
    { mark: { form: 'cell', colour: colours.cell }, text: t.legend.cell },
  ],
};
