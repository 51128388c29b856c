import { emptyFilter, filterText, parseFilter, type Filter } from './filters';
import { noOptions, optionsText, parseOptions, type LayerOptions } from './layer-options';
import { parseReport, type ReportPair } from './report-pair';

/** Everything that a link carries. The address bar is this, written out; what is not there has its default. */
export interface ViewState {
  readonly lang: Lang;
  readonly filter: Filter;
  readonly surface: Surface;
  /** Options of that layer; the radius of the density is `radius`, unless a rule chooses it. */
  readonly options: LayerOptions;
  readonly overlays: readonly Overlay[];
  /** Search radius of the density in metres; nothing: it follows the map, see radiusAt. */
  readonly radius: Radius | null;
  /** Nothing: all of `area`, or of the county. */
  readonly camera: Camera | null;
  readonly tab: Tab | null;
  /** Public id of the incident whose card is open. */
  readonly incident: string | null;
  /** A place pointed out on the map, from the list of repeat locations. */
  readonly place: Place | null;
  /** Code of the kommun pointed out, on the map and in the table. */
  readonly area: string | null;
  /** The list of incidents holds those alone that have a point in the map's view. */
  readonly onlyInMap: boolean;
  /** Column by which the table of kommuner is sorted. */
  readonly sort: Sort;
  /** Column by which one of the tables of an analysis is sorted; nothing: as they came. */
  readonly order: Order | null;
  /** A place of which is asked why it has its value. */
  readonly why: Place | null;
  /** Which page of the panel `data` is open. */
  readonly page: DataPage;
  /** A row on the desk that is open, by its number. */
  readonly row: number | null;
  /** Two reports that are compared. */
  readonly pair: ReportPair | null;
}

export const langs = ['sv', 'en'] as const;
export type Lang = (typeof langs)[number];

/** What covers the map without being an analysis of the catalogue; one is shown at a time. */
export const surfaces = ['density', 'kommuner', 'none'] as const;
/** One of those, or the name of a layer in the server's catalogue. */
export type Surface = string;

/** Layers of marks, in order of drawing. */
export const overlays = ['incidents', 'repeat_locations'] as const;
export type Overlay = (typeof overlays)[number];

/** Whole metres, within `radiusLimits`. */
export type Radius = number;

/** What the server takes: layers/density/density.hpp. */
export const radiusLimits = { min: 10, max: 100_000 } as const;

/** Those that the list of radii offers. */
export const radii: readonly Radius[] = [250, 500, 1000, 2000, 5000];

/** The radius that shows a county its towns, and a town its quarters: 20 to 70 pixels of the map. */
export function radiusAt(zoom: number): Radius {
  if (zoom < 9) return 5000;
  if (zoom < 10.25) return 2000;
  if (zoom < 11.25) return 1000;
  return zoom < 12.25 ? 500 : 250;
}

export const tabs = ['layers', 'results', 'filter', 'places', 'kommuner', 'incidents', 'data'] as const;
export type Tab = (typeof tabs)[number];

/** What can be done about the data themselves. */
export const dataPages = ['desk', 'review', 'quality', 'import'] as const;
export type DataPage = (typeof dataPages)[number];

export const sorts = ['rate', 'n', 'name'] as const;
export type Sort = (typeof sorts)[number];

export interface Order {
  /** Key of the table and of its column. */
  readonly table: string;
  readonly column: string;
  readonly descending: boolean;
}

/** How far the map zooms, out and in. */
export const zooms = { min: 5, max: 18 } as const;

export interface Camera {
  readonly zoom: number;
  readonly lat: number;
  readonly lng: number;
}

export interface Place {
  readonly lng: number;
  readonly lat: number;
}

export const defaultState: ViewState = {
  lang: 'sv',
  filter: emptyFilter,
  surface: 'density',
  options: noOptions,
  overlays: [],
  radius: null,
  camera: null,
  tab: null,
  incident: null,
  place: null,
  area: null,
  onlyInMap: false,
  sort: 'rate',
  order: null,
  why: null,
  page: 'desk',
  row: null,
  pair: null,
};

/** Reads `?…`. What cannot be understood falls back to its default and is named in `rejected`. */
export function parseUrl(search: string): { state: ViewState; rejected: string[] } {
  const params = new URLSearchParams(search);
  const rejected: string[] = [];
  const read = <T>(key: string, fallback: T, parse: (text: string) => T | undefined): T => {
    const text = params.get(key);
    if (text === null) return fallback;
    const value = parse(text);
    if (value !== undefined) return value;
    rejected.push(`${key}=${text}`.slice(0, 80));
    return fallback;
  };

  const { filter, rejected: rejectedFilter } = parseFilter(params.get('f') ?? '');
  const { options, rejected: rejectedOptions } = parseOptions(params.get('o') ?? '');
  const state: ViewState = {
    lang: read('lang', defaultState.lang, oneOf(langs)),
    filter,
    surface: read('surface', defaultState.surface, (name) => (/^[a-z_]{1,40}$/.test(name) ? name : undefined)),
    options,
    overlays: read('overlays', defaultState.overlays, parseOverlays),
    radius: read<Radius | null>('radius', null, parseRadius),
    camera: read<Camera | null>('map', null, parseCamera),
    tab: read<Tab | null>('tab', null, oneOf(tabs)),
    incident: read<string | null>('incident', null, (id) => (/^[\w.:-]{1,100}$/.test(id) ? id : undefined)),
    place: read<Place | null>('place', null, parsePlace),
    area: read<string | null>('area', null, (code) => (/^[\w.-]{1,100}$/.test(code) ? code : undefined)),
    onlyInMap: read('list', false, (text) => (text === 'map' ? true : undefined)),
    sort: read('sort', defaultState.sort, oneOf(sorts)),
    order: read<Order | null>('order', null, parseOrder),
    why: read<Place | null>('why', null, parsePlace),
    page: read('page', defaultState.page, oneOf(dataPages)),
    row: read<number | null>('row', null, (text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined)),
    pair: pairOrNothing(read<string | null>('a', null, parseReport), read<string | null>('b', null, parseReport)),
  };
  return { state, rejected: [...rejectedFilter, ...rejectedOptions, ...rejected] };
}

/** The address of a state, without what has its default: '' or `?…`. */
export function urlOf(state: ViewState): string {
  const params = new URLSearchParams();
  if (state.lang !== defaultState.lang) params.set('lang', state.lang);
  const filter = filterText(state.filter);
  if (filter !== '') params.set('f', filter);
  if (state.surface !== defaultState.surface) params.set('surface', state.surface);
  const options = optionsText(state.options);
  if (options !== '') params.set('o', options);
  if (state.overlays.length > 0) params.set('overlays', ordered(state.overlays).join(','));
  if (state.radius !== null) params.set('radius', String(state.radius));
  if (state.camera) params.set('map', cameraText(state.camera));
  if (state.tab) params.set('tab', state.tab);
  if (state.incident) params.set('incident', state.incident);
  if (state.place) params.set('place', placeText(state.place));
  if (state.area) params.set('area', state.area);
  if (state.onlyInMap) params.set('list', 'map');
  if (state.sort !== defaultState.sort) params.set('sort', state.sort);
  if (state.order) params.set('order', `${state.order.table}.${state.order.descending ? '-' : ''}${state.order.column}`);
  if (state.why) params.set('why', placeText(state.why));
  if (state.page !== defaultState.page) params.set('page', state.page);
  if (state.row !== null) params.set('row', String(state.row));
  if (state.pair) {
    params.set('a', state.pair.a);
    params.set('b', state.pair.b);
  }
  const text = params.toString();
  // These are allowed as they are in a query, and a link that people read is one they trust.
  return text === '' ? '' : `?${text.replace(/%2C/g, ',').replace(/%3B/g, ';').replace(/%3D/g, '=').replace(/%2F/g, '/').replace(/%3A/g, ':')}`;
}

/** Zoom to hundredths, place to about a metre: `9.25/59.85860/17.63890`. */
export function cameraText(camera: Camera): string {
  return `${camera.zoom.toFixed(2)}/${camera.lat.toFixed(5)}/${camera.lng.toFixed(5)}`;
}

/** To about a metre: `17.63890,59.85860`. */
export function placeText(place: Place): string {
  return `${place.lng.toFixed(5)},${place.lat.toFixed(5)}`;
}

function parseCamera(text: string): Camera | undefined {
  const match = /^(\d{1,2}(?:\.\d+)?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const [zoom, lat, lng] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isZoom = zoom >= zooms.min && zoom <= zooms.max;
  return isZoom && Math.abs(lat) <= 85 && Math.abs(lng) <= 180 ? { zoom, lat, lng } : undefined;
}

function parseRadius(text: string): Radius | undefined {
  const radius = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  return radius >= radiusLimits.min && radius <= radiusLimits.max ? radius : undefined;
}

function parsePlace(text: string): Place | undefined {
  const match = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(text);
  if (!match) return undefined;
  const [lng, lat] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 85 && Math.abs(lng) <= 180 ? { lng, lat } : undefined;
}

function parseOrder(text: string): Order | undefined {
  const match = /^(\w{1,40})\.(-?)(\w{1,40})$/.exec(text);
  const [, table, minus, column] = match ?? [];
  return table === undefined || column === undefined ? undefined : { table, column, descending: minus === '-' };
}

function pairOrNothing(a: string | null, b: string | null): ReportPair | null {
  return a !== null && b !== null ? { a, b } : null;
}

function parseOverlays(text: string): Overlay[] | undefined {
  const names = text.split(',').map((name) => overlays.find((o) => o === name));
  return names.every((name) => name !== undefined) ? ordered(names) : undefined;
}

function ordered(names: readonly Overlay[]): Overlay[] {
  return overlays.filter((overlay) => names.includes(overlay));
}

function oneOf<T extends string>(allowed: readonly T[]): (text: string) => T | undefined {
  return (text) => allowed.find((value) => value === text);
}
