import type { ExpressionSpecification, FilterSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { LayerDescription, Legend } from '../../api/types';
import { colours } from '../colours';
import { removeAll, showTiles, type MapContext, type MapLayer } from '../map-layer';

/** What a feature is drawn with where the legend says no colour of its own. */
const plain = '#41779c';

const isPolygon: ExpressionSpecification = ['==', ['geometry-type'], 'Polygon'];
const isLine: ExpressionSpecification = ['==', ['geometry-type'], 'LineString'];
const isPoint: ExpressionSpecification = ['==', ['geometry-type'], 'Point'];

type DrawnLayer = Pick<LayerDescription, 'name' | 'has_grid' | 'drawing' | 'explains'>;

/**
 * Any layer of the catalogue as its description has it drawn: cells as pictures, and the rows of its first table
 * with places in the colour of their class, areas filled and outlined, lines, and points as circles.
 */
export function resultLayer({ name, has_grid, drawing, explains }: DrawnLayer): MapLayer {
  const id = (part: string) => `result-${name}-${part}`;
  const [picture, shapes] = [id('picture'), id('shapes')];
  const [fill, halo, outline, line, points, chosen] = [id('fill'), id('halo'), id('outline'), id('line'), id('points'), id('chosen')];

  function addPicture(map: MapLibreMap) {
    if (map.getLayer(picture)) return;
    map.addLayer({ id: picture, type: 'raster', source: picture, paint: { 'raster-fade-duration': 0 } }, 'slot-surface');
  }

  function addShapes(map: MapLibreMap) {
    if (map.getLayer(points)) return;
    const source = { source: shapes, 'source-layer': name } as const;
    map.addLayer({ id: fill, type: 'fill', ...source, filter: isPolygon, paint: { 'fill-opacity': has_grid ? 0 : 0.6 } }, 'slot-surface');
    // Cells are painted already; what lies in them is there to be chosen.
    const visibility = has_grid ? 'none' : 'visible';
    // Of the whole county an area may be smaller than a pixel; its colour is to be seen all the same.
    map.addLayer(
      {
        id: halo,
        type: 'line',
        ...source,
        filter: isPolygon,
        layout: { 'line-join': 'round', visibility },
        paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 7, 6, 11, 0] },
      },
      'slot-results',
    );
    map.addLayer(
      {
        id: outline,
        type: 'line',
        ...source,
        filter: isPolygon,
        layout: { 'line-join': 'round', visibility },
        paint: { 'line-color': colours.mark, 'line-width': 1, 'line-opacity': 0.8 },
      },
      'slot-results',
    );
    map.addLayer(
      {
        id: line,
        type: 'line',
        ...source,
        filter: isLine,
        layout: { 'line-join': 'round', 'line-cap': 'round' },
        paint: { 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 1.5, 14, 3.5] },
      },
      'slot-results',
    );
    map.addLayer(
      {
        id: points,
        type: 'circle',
        ...source,
        filter: isPoint,
        paint: {
          'circle-radius': ['interpolate', ['linear'], ['zoom'], 8, 2.5, 12, 5, 16, 8],
          // What the cells say is seen through the points that lie in them.
          'circle-opacity': has_grid ? 0 : 1,
          'circle-stroke-color': has_grid ? colours.mark : colours.markLight,
          'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 8, 0.5, 12, 1.2],
        },
      },
      'slot-results',
    );
    map.addLayer(
      { id: chosen, type: 'line', ...source, layout: { 'line-join': 'round' }, paint: { 'line-color': colours.place, 'line-width': 4 } },
      'slot-results',
    );
  }

  function colour(map: MapLibreMap, legend: Legend | null) {
    const colours = classColours(legend);
    map.setPaintProperty(fill, 'fill-color', colours);
    map.setPaintProperty(halo, 'line-color', colours);
    map.setPaintProperty(line, 'line-color', colours);
    map.setPaintProperty(points, 'circle-color', colours);
    // A class without a colour is not drawn; amounts colour what counts, and the rest is plain.
    const isDrawn: FilterSpecification = drawing === 'classes' && legend !== null ? ['has', 'class'] : true;
    for (const [layer, shape] of [[fill, isPolygon], [halo, isPolygon], [outline, isPolygon], [line, isLine], [points, isPoint]] as const) {
      map.setFilter(layer, ['all', shape, isDrawn]);
    }
  }

  return {
    name,
    sources: [picture, shapes],
    // A cell that can be asked why it has its value is asked that.
    clickable: has_grid && explains ? [points, line] : [points, line, fill],
    show(map, { county, f, o, legend, row }: MapContext) {
      if (showTiles(map, county, name, 'raster', f, o, picture)) addPicture(map);
      if (!showTiles(map, county, name, 'vector', f, o, shapes)) return;
      addShapes(map);
      colour(map, legend);
      map.setFilter(chosen, ['all', ['!=', ['geometry-type'], 'Point'], ['==', ['get', 'row'], row ?? -1]]);
    },
    hide(map) {
      removeAll(map, picture, [picture]);
      removeAll(map, shapes, [chosen, points, line, outline, halo, fill]);
    },
    click({ geometry, properties }, at) {
      const { row } = properties;
      if (typeof row !== 'number') return null;
      const [lng = at.lng, lat = at.lat] = geometry.type === 'Point' ? geometry.coordinates : [];
      return { what: 'row', row, lng, lat };
    },
    legendRows: () => [],
  };
}

/** The colour of the class that a feature names by its number in the legend. */
export function classColours(legend: Legend | null): ExpressionSpecification | string {
  const classes = legend?.classes ?? [];
  if (classes.length === 0) return plain;
  return ['match', ['get', 'class'], ...classes.flatMap(({ colour }, at) => [at, colour]), plain] as unknown as ExpressionSpecification;
}
