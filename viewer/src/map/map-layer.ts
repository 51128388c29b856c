import type { Map as MapLibreMap, MapGeoJSONFeature, RasterTileSource, VectorTileSource } from 'maplibre-gl';
import type { County, LayerName, Legend, Rates } from '../api/types';
import type { Messages } from '../i18n/messages';
import type { Filter } from '../state/filters';
import type { Lang, Place } from '../state/url-state';
import type { DataLayer } from '../state/store.svelte';

/** What a layer may know when it draws itself. */
export interface MapContext {
  readonly county: County;
  readonly filter: Filter;
  /** Canonical text of the filter. */
  readonly f: string;
  /** Canonical text of the layer's options. */
  readonly o: string;
  /** Absent until the server has said it of this filter. */
  readonly legend: Legend | null;
  readonly rates: Rates | null;
  readonly lang: Lang;
  /** The row of its table that is pointed out. */
  readonly row: number | null;
}

/** What a layer may know when it explains itself. */
export interface LegendContext extends Pick<MapContext, 'filter' | 'rates'> {
  readonly legend: Legend;
}

/** What clicking one of its features means. */
export type Click =
  | { readonly what: 'incident'; readonly id: string }
  | { readonly what: 'place'; readonly lng: number; readonly lat: number; readonly rank: number }
  | { readonly what: 'area'; readonly code: string }
  | { readonly what: 'row'; readonly row: number; readonly lng: number; readonly lat: number }
  | { readonly what: 'closer'; readonly lng: number; readonly lat: number };

/** One line of a legend: a mark and what it means. */
export interface LegendRow {
  readonly mark: { readonly form: 'fill' | 'dot' | 'ring' | 'cell' | 'place'; readonly colour: string };
  readonly text: string;
}

/** One layer of data: it adds itself, updates itself from state, removes itself, and brings its legend. */
export interface MapLayer {
  readonly name: DataLayer;
  /** Its sources; without them one of its own name. */
  readonly sources?: readonly string[];
  /** Adds what is missing and updates what is there. */
  show(map: MapLibreMap, context: MapContext): void;
  hide(map: MapLibreMap): void;
  /** Layers of the style that can be clicked, the uppermost first. */
  readonly clickable: readonly string[];
  click?(feature: MapGeoJSONFeature, at: Place): Click | null;
  /** The colour classes that the map shows; all of them, where this is not said. */
  classes?(about: LegendContext): Legend['classes'];
  /** Rows after the colour classes, or instead of them. */
  legendRows(t: Messages, about: LegendContext): LegendRow[];
}

/** Address of a layer's tiles at the county's revision, as the API's contract writes it. */
export function tileAddress(county: County, layer: LayerName, format: string, f: string, o: string): string | null {
  const summary = county.layers.find((l) => l.name === layer);
  if (summary === undefined || !summary.formats.some((has) => has === format)) return null;
  const parts = Object.entries({ f, o }).filter(([, text]) => text !== '');
  const query = parts.length === 0 ? '' : `?${parts.map(([key, text]) => `${key}=${encodeURIComponent(text)}`).join('&')}`;
  return `${location.origin}/tiles/${layer}/${summary.token}/${county.view.digest}/{z}/{x}/{y}.${format}${query}`;
}

/** Adds a source of a layer's tiles, or gives it another address where that changed. False: the layer is not offered. */
export function showTiles(
  map: MapLibreMap,
  county: County,
  layer: LayerName,
  type: 'vector' | 'raster',
  f: string,
  o = '',
  id: string = layer,
): boolean {
  const address = tileAddress(county, layer, type === 'vector' ? 'mvt' : 'png', f, o);
  const summary = county.layers.find((l) => l.name === layer);
  if (address === null || summary === undefined) return false;
  const source = map.getSource<VectorTileSource | RasterTileSource>(id);
  if (source === undefined) {
    map.addSource(id, {
      type,
      tiles: [address],
      bounds: county.bounds as [number, number, number, number],
      minzoom: summary.minzoom,
      maxzoom: summary.maxzoom,
      ...(type === 'raster' ? { tileSize: 256 } : {}),
    });
  } else if (source.tiles?.[0] !== address) {
    source.setTiles([address]);
  }
  return true;
}

export function removeAll(map: MapLibreMap, source: string, layers: readonly string[]): void {
  for (const layer of layers) if (map.getLayer(layer)) map.removeLayer(layer);
  if (map.getSource(source)) map.removeSource(source);
}
