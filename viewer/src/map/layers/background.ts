import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { rateText } from '../../format/rates';
import { asksForArea } from '../../state/filters';
import { colours, labelFont } from '../colours';
import { removeAll, showTiles, type MapContext } from '../map-layer';

const areaNames = 'area-names';
type BackgroundContext = Pick<MapContext, 'county' | 'filter' | 'rates' | 'lang'>;

/**
 * The built-in background: water under the data, borders and names over it. It is generalised to about
 * 100 m, good to zoom 11, and fades beyond, so that nobody reads a shoreline off it.
 */
export function showBackground(map: MapLibreMap, context: BackgroundContext, withRates: boolean): void {
  if (!showTiles(map, context.county, 'background', 'vector', '')) return;
  if (!map.getLayer('water')) addBackground(map);
  map.setLayoutProperty('urban-names', 'visibility', withRates ? 'none' : 'visible');
  // A kommun's colour stands for its land; kommuner reach far out to sea.
  map.moveLayer('water', withRates ? 'borders' : 'slot-surface');
  map.moveLayer('outside', withRates ? 'borders' : 'slot-surface');
  showAreaNames(map, context, withRates);
}

export function hideBackground(map: MapLibreMap): void {
  removeAll(map, 'background', ['urban-names', 'borders', 'outside', 'water']);
}

function addBackground(map: MapLibreMap): void {
  const source = 'background';
  const fading = (near: number, far: number) =>
    ['interpolate', ['linear'], ['zoom'], 11, near, 14, far] as ['interpolate', ['linear'], ['zoom'], number, number, number, number];

  map.addLayer(
    {
      id: 'water',
      type: 'fill',
      source,
      'source-layer': 'water',
      paint: { 'fill-color': colours.water, 'fill-opacity': fading(1, 0.5) },
    },
    'slot-surface',
  );
  // What lies outside the county stands back: it has no incidents. Of the whole county one would see where the
  // water figures end, so that nothing is shown there; closer, a shore goes on beyond the border.
  map.addLayer(
    {
      id: 'outside',
      type: 'fill',
      source,
      'source-layer': 'outside',
      paint: {
        'fill-color': colours.land,
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 8.5, 1, 10, 0.8],
        'fill-antialias': false,
      },
    },
    'slot-surface',
  );
  map.addLayer(
    {
      id: 'borders',
      type: 'line',
      source,
      'source-layer': 'borders',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': colours.border,
        'line-width': ['case', ['==', ['get', 'kind'], 'county'], 1.8, 0.9],
        'line-opacity': fading(0.9, 0.4),
      },
    },
    'slot-incidents',
  );
  map.addLayer(
    {
      id: 'urban-names',
      type: 'symbol',
      source,
      'source-layer': 'urban_areas',
      // The largest first, and as many as the zoom has room for without a crowd.
      filter: ['>=', ['get', 'population'], ['step', ['zoom'], 12000, 7.4, 5000, 8.5, 1500, 9.5, 500, 10.5, 0]],
      layout: {
        'text-field': ['get', 'name'],
        'text-font': labelFont,
        'text-size': ['interpolate', ['linear'], ['get', 'population'], 500, 11, 10000, 13, 150000, 16],
        'text-padding': 6,
        // A name gives way to the rank of a place that lies on it.
        'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
        'text-radial-offset': 1,
        'symbol-sort-key': ['-', ['get', 'population']],
      },
      paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.6 },
    },
    'slot-names',
  );
}

/** Names of the areas, with their rate where the map shows it, once in the middle of each. */
function showAreaNames(map: MapLibreMap, { county, filter, rates, lang }: BackgroundContext, withRates: boolean): void {
  const text = rates === null ? String : rateText(rates, lang);
  const data = {
    type: 'FeatureCollection' as const,
    features: county.areas.map((area) => {
      const asked = asksForArea(filter, area.code) ? rates?.areas : [];
      const rate = asked?.find((a) => a.code === area.code)?.rate;
      return {
        type: 'Feature' as const,
        geometry: {
          type: 'Point' as const,
          coordinates: [
            ((area.bounds[0] ?? 0) + (area.bounds[2] ?? 0)) / 2,
            ((area.bounds[1] ?? 0) + (area.bounds[3] ?? 0)) / 2,
          ],
        },
        properties: { text: rate === undefined ? area.name : `${area.name}\n${text(rate)}` },
      };
    }),
  };
  const source = map.getSource<GeoJSONSource>(areaNames);
  if (source) {
    void source.setData(data);
  } else {
    map.addSource(areaNames, { type: 'geojson', data });
    map.addLayer(
      {
        id: areaNames,
        type: 'symbol',
        source: areaNames,
        layout: {
          'text-field': ['get', 'text'],
          'text-font': labelFont,
          'text-size': 13,
          'text-padding': 2,
        },
        paint: { 'text-color': colours.label, 'text-halo-color': colours.halo, 'text-halo-width': 1.8 },
      },
      'slot-names',
    );
  }
  map.moveLayer(areaNames, 'slot-names');
  map.setLayoutProperty(areaNames, 'visibility', withRates ? 'visible' : 'none');
}
