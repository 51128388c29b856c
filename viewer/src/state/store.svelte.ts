import { untrack } from 'svelte';
import { get, ApiError, type Fault } from '../api/client';
import type {
  County,
  IncidentDetails,
  IncidentPage,
  LayerDescription,
  Quality,
  Rates,
  RepeatLocation,
  RepeatLocations,
  TileJson,
  Timeline,
} from '../api/types';
import { messages, type Messages } from '../i18n/messages';
import { Analyses } from './analyses.svelte';
import { filterText, sameFilter, type Filter } from './filters';
import { Desk } from './desk.svelte';
import { FileImport } from './file-import.svelte';
import { IncidentList, type IncidentQuery } from './incident-list.svelte';
import { changed, densityOptions, noOptions, optionsText, ownOptions, settledDensity, type LayerOptions } from './layer-options';
import type { Wish } from './layer-run.svelte';
import type { ReportPair } from './report-pair';
import { Resource } from './resource.svelte';
import { Review } from './review.svelte';
import {
  cameraText,
  defaultState,
  parseUrl,
  placeText,
  radiusAt,
  surfaces,
  urlOf,
  type Camera,
  type DataPage,
  type Order,
  type Overlay,
  type Place,
  type Radius,
  type Sort,
  type Surface,
  type Tab,
  type ViewState,
} from './url-state';

/** Layers with words of their own in every language; the others are named by the catalogue. */
const ownLayers = ['density', 'kommuner', 'incidents', 'repeat_locations'] as const;
type OwnLayer = (typeof ownLayers)[number];
/** One of those, or of the catalogue. */
export type DataLayer = string;
export type Box = readonly [west: number, south: number, east: number, north: number];

const pollEvery = 5_000;
/** How long a server may be silent before it counts as gone. */
const patience = 15_000;
const pageLength = 50;
const closeUp = 15;
/** What a row of a result is seen at: an area may be some kilometres wide. */
const rowCloseUp = 13;
/** Places that the list asks for, and for one further down. The server gives no more. */
const firstPlaces = 100;
const mostPlaces = 1000;
/** What a phone is held at; the panel then lies over the map. The same number is in app.css. */
const narrowScreen = '(max-width: 899px)';

/**
 * The one store: state → map and panels → actions → state. The part that makes a link is `view`, kept
 * equal to the address bar; the rest is what the server says for that view.
 */
export class Store {
  view = $state.raw<ViewState>(defaultState);
  /** Parts of the address that could not be understood. */
  rejected = $state.raw<string[]>([]);
  county = $state.raw<County | null>(null);
  /** Why the county cannot be asked at present. */
  countyFault = $state.raw<Fault | null>(null);
  /** What the map shows at present, for lists of what is in sight. */
  box = $state.raw<Box | null>(null);
  narrow = $state(false);
  legendOpen = $state(true);
  /** The next click on the map asks why, whatever lies there. */
  pointing = $state(false);
  sensitivityOpen = $state(false);

  readonly analyses: Analyses;
  readonly timeline: Resource<Timeline>;
  readonly rates: Resource<Rates>;
  readonly places: Resource<RepeatLocations>;
  readonly incidents: IncidentList;
  readonly incident: Resource<IncidentDetails>;
  readonly desk: Desk;
  readonly review: Review;
  readonly quality: Resource<Quality>;
  readonly fileImport: FileImport;
  /** Who made the background map. */
  readonly background: Resource<TileJson>;
  /** The number that match the filter, wherever they are. */
  readonly matching: Resource<IncidentPage>;
  /** Grows when what failed may succeed: the server is back, or somebody asked to try again. */
  attempt = $state(0);

  #seenZoom = $state(0);
  #placesAsked = $state(firstPlaces);
  /** The circle that was clicked, until the list has its place: tiles know that to their grid alone. */
  #clicked = $state.raw<{ readonly place: Place; readonly filter: Filter; readonly rank: number } | null>(null);
  /** The row whose feature was clicked, or whose place was gone to: several may lie at one place. */
  #clickedRow = $state.raw<{ readonly place: Place; readonly row: number } | null>(null);
  #asking: AbortController | null = null;

  readonly t: Messages = $derived(messages[this.view.lang]);
  readonly f: string = $derived(filterText(this.view.filter));
  /** Of the map; without a camera in the state it is what the map came to by fitting in what it shows. */
  readonly zoom: number = $derived(this.view.camera?.zoom ?? this.#seenZoom);
  /** Search radius of the density, in metres. */
  readonly radius: Radius = $derived(this.view.radius ?? radiusAt(this.zoom));
  /** The analysis that is chosen, as soon as the catalogue says that there is such. */
  readonly analysis: LayerDescription | null = $derived.by(
    () => this.analyses.offered.find(({ name }) => name === this.view.surface) ?? null,
  );
  /** Whatever covers the map, as the catalogue describes it. */
  readonly described: LayerDescription | null = $derived.by(() => this.analyses.describe(this.view.surface));
  /** Whether what covers the map can be asked why a place has its value. */
  readonly explains: boolean = $derived(this.described?.explains ?? false);
  readonly shownLayers: readonly DataLayer[] = $derived([
    ...(this.view.surface === 'density' || this.view.surface === 'kommuner' ? [this.view.surface] : []),
    ...(this.analysis !== null && this.analysis.drawing !== 'none' ? [this.analysis.name] : []),
    ...this.view.overlays,
  ]);
  /** Changes when anything that the server answers may have changed. */
  readonly version: string = $derived(
    this.county === null ? '' : `${this.county.revision}/${this.county.view.digest}/${this.attempt}`,
  );
  /** Rank of the circle that was clicked, while its place is not found in the list. */
  readonly clickedRank: number | null = $derived(
    this.#clicked?.place === this.view.place && this.#clicked?.filter === this.view.filter ? this.#clicked.rank : null,
  );
  /** The row of the analysis' table that is pointed out, as the map numbers them. */
  readonly chosenRow: number | null = $derived.by(() => {
    const { place } = this.view;
    if (place === null || this.analysis === null) return null;
    if (this.#clickedRow?.place === place) return this.#clickedRow.row;
    const at = this.#placesOnMap().findIndex(([lng, lat]) => lng !== undefined && lat !== undefined && isSamePlace(place, { lng, lat }));
    return at === -1 ? null : at;
  });
  /** The option for which the server refuses an answer, and what it says. */
  readonly refusedOption: { readonly key: string; readonly message: string } | null = $derived.by(() => {
    const layer = this.described;
    if (layer === null) return null;
    const { run } = this.analyses;
    for (const fault of [run.fault, this.analyses.legend(layer.name).fault, this.analyses.result(layer.name).fault]) {
      if (fault?.kind !== 'refused' || fault.field === undefined) continue;
      if (layer.options.some(({ key }) => key === fault.field)) return { key: fault.field, message: fault.message };
    }
    return null;
  });
  /** On a wide screen a panel is always open; on a narrow one the map is what is there first. */
  readonly tab: Tab | null = $derived.by(() => {
    const tab = this.view.tab === 'results' && isOwnSurface(this.view.surface) ? 'layers' : this.view.tab;
    return tab ?? (this.narrow ? null : 'layers');
  });

  constructor() {
    const resource = <T>() => new Resource<T>((error) => this.#noteFault(error));
    this.analyses = new Analyses((error) => this.#noteFault(error));
    this.timeline = resource();
    this.rates = resource();
    this.places = resource();
    this.incidents = new IncidentList((error) => this.#noteFault(error));
    this.incident = resource();
    this.desk = new Desk((error) => this.#noteFault(error), () => this.refreshCounty());
    this.review = new Review(() => this.desk.by, (error) => this.#noteFault(error), () => this.refreshCounty());
    this.quality = resource();
    this.fileImport = new FileImport(() => this.refreshCounty());
    this.background = resource();
    this.matching = resource();
  }

  /** Reads the address bar, follows it, and keeps asking for the county. To be called in an effect root. */
  start(): () => void {
    this.#readAddress();
    const screen = matchMedia(narrowScreen);
    const follow = () => {
      this.narrow = screen.matches;
      this.legendOpen = !screen.matches;
    };
    follow();
    const ask = () => {
      if (document.visibilityState === 'visible') void this.refreshCounty();
    };
    const readAddress = () => this.#readAddress();
    screen.addEventListener('change', follow);
    addEventListener('popstate', readAddress);
    addEventListener('focus', ask);
    document.addEventListener('visibilitychange', ask);
    const timer = setInterval(ask, pollEvery);
    void this.refreshCounty();
    $effect(() => this.#loadShown());
    $effect(() => this.#checkSurface());
    $effect(() => this.#findChosen());
    $effect(() => this.#placeClickedRow());
    $effect(() => {
      document.documentElement.lang = this.view.lang;
    });
    return () => {
      screen.removeEventListener('change', follow);
      removeEventListener('popstate', readAddress);
      removeEventListener('focus', ask);
      document.removeEventListener('visibilitychange', ask);
      clearInterval(timer);
    };
  }

  /**
   * Asks for the newest revision; what is shown moves on where it changed. One question at a time, or a
   * delayed answer would put an older county in the place of a newer.
   */
  async refreshCounty(): Promise<void> {
    if (this.#asking !== null) return;
    const asking = new AbortController();
    this.#asking = asking;
    const silence = setTimeout(() => asking.abort(), patience);
    try {
      const county = await get('County', '/api/v1/county', {}, asking.signal);
      if (this.countyFault !== null) this.attempt += 1;
      this.countyFault = null;
      if (this.county === null || tokensOf(county) !== tokensOf(this.county)) this.county = county;
    } catch (error) {
      if (asking.signal.aborted) this.countyFault = { kind: 'unreachable' };
      else if (error instanceof ApiError) this.countyFault = error.fault;
      else throw error;
    } finally {
      clearTimeout(silence);
      this.#asking = null;
    }
  }

  retry(): void {
    this.attempt += 1;
    void this.refreshCounty();
  }

  setFilter(change: Partial<Filter>): void {
    const filter = { ...this.view.filter, ...change };
    if (!sameFilter(filter, this.view.filter)) this.#go({ filter });
  }

  setSurface(surface: Surface): void {
    this.pointing = false;
    if (surface !== this.view.surface) this.#go({ surface, options: noOptions, order: null, why: null });
  }

  /** What covers the map is computed in another way. */
  setOptions(change: LayerOptions): void {
    const options = changed(this.view.options, change, this.described?.options ?? []);
    this.#go({ options: this.view.surface === 'density' ? settledDensity(options) : options });
  }

  resetOptions(): void {
    this.#go({ options: noOptions });
  }

  setRadius(radius: Radius | null): void {
    const { radius: rule, ...options } = this.view.options;
    this.#go({ radius, options: rule === undefined ? this.view.options : options });
  }

  setOverlay(overlay: Overlay, shown: boolean): void {
    const others = this.view.overlays.filter((o) => o !== overlay);
    this.#go({ overlays: shown ? [...others, overlay] : others });
  }

  setLang(lang: ViewState['lang']): void {
    this.#go({ lang });
  }

  /** A card lies over the panel, so another panel takes its place. */
  openTab(tab: Tab | null): void {
    if (tab !== this.view.tab || this.view.incident !== null || this.view.why !== null) this.#go({ tab, incident: null, why: null });
  }

  /** Why a place has its value; the map is to stay where it is. */
  askWhy(place: Place, camera: Camera): void {
    this.pointing = false;
    this.#go({ why: { lng: place.lng, lat: place.lat }, camera, incident: null });
  }

  closeWhy(): void {
    if (this.view.why !== null) this.#go({ why: null });
  }

  /** With a camera, the map is to stay where it is. */
  openIncident(id: string, camera: Camera | null = null): void {
    if (id !== this.view.incident) this.#go({ incident: id, ...(camera === null ? {} : { camera }) });
  }

  closeIncident(): void {
    if (this.view.incident !== null) this.#go({ incident: null });
  }

  /** The map was moved by hand: the address follows, without a step to go back to. */
  moved(camera: Camera): void {
    if (this.view.camera === null || cameraText(this.view.camera) !== cameraText(camera)) {
      this.#go({ camera }, 'replace');
    }
  }

  /** What the map shows now, however it came there. */
  sees(box: Box, zoom: number): void {
    this.box = box;
    this.#seenZoom = zoom;
  }

  showWholeCounty(): void {
    this.#go({ camera: null, place: null, area: null });
  }

  goTo(place: { lng: number; lat: number }): void {
    this.#go({
      camera: { zoom: Math.max(closeUp, this.zoom), lng: place.lng, lat: place.lat },
      place: { lng: place.lng, lat: place.lat },
      area: null,
      ...(this.narrow ? { tab: null, incident: null, why: null } : {}),
    });
  }

  goToCamera(camera: Camera): void {
    this.#go({ camera, ...(this.narrow ? { tab: null } : {}) });
  }

  goToArea(code: string): void {
    this.#go({ camera: null, area: code, place: null, ...(this.narrow ? { tab: null } : {}) });
  }

  /** A kommun on the map was chosen: it is pointed out where the map is, and its row is shown. */
  chooseArea(code: string, camera: Camera): void {
    this.#go({ camera, area: code, place: null, tab: 'kommuner', incident: null, why: null });
  }

  /** A circle on the map was chosen: it is pointed out, and its row is shown. */
  choosePlace(circle: { lng: number; lat: number; rank: number }): void {
    const place = { lng: circle.lng, lat: circle.lat };
    this.#clicked = { place, filter: this.view.filter, rank: circle.rank };
    this.#go({ place, area: null, tab: 'places', incident: null, why: null });
  }

  /** A feature of an analysis was chosen on the map: it is pointed out where the map is, and its row is shown. */
  chooseRow({ row, lng, lat }: { row: number; lng: number; lat: number }, camera: Camera): void {
    const place = { lng, lat };
    this.#clickedRow = { place, row };
    this.#go({ camera, place, area: null, tab: 'results', incident: null, why: null });
  }

  /** A row of one of its tables was chosen; with a number, the one that the map draws. */
  goToRow(place: Place, row: number | null): void {
    if (row !== null) this.#clickedRow = { place, row };
    this.#go({
      camera: { zoom: Math.max(rowCloseUp, this.zoom), ...place },
      place,
      area: null,
      ...(this.narrow ? { tab: null } : {}),
    });
  }

  isChosen(place: RepeatLocation): boolean {
    return this.view.place !== null && isSamePlace(this.view.place, place);
  }

  setOnlyInMap(onlyInMap: boolean): void {
    this.#go({ onlyInMap });
  }

  setSort(sort: Sort): void {
    this.#go({ sort });
  }

  setOrder(order: Order | null): void {
    this.#go({ order });
  }

  openPage(page: DataPage): void {
    if (page !== this.view.page || this.view.tab !== 'data') this.#go({ page, tab: 'data', row: null, pair: null, incident: null, why: null });
  }

  /** A row on the desk, or with nothing its list. */
  openRow(row: number | null): void {
    if (row !== this.view.row) this.#go({ row, page: 'desk', tab: 'data', incident: null, why: null });
  }

  /** Two reports beside each other, or with nothing the list of pairs. */
  openPair(pair: ReportPair | null): void {
    this.#go({ pair, page: 'review', tab: 'data', row: null, incident: null, why: null });
  }

  dismissRejected(): void {
    this.rejected = [];
  }

  /** Options of a layer, in the canonical text that addresses carry. */
  optionsOf(layer: DataLayer): string {
    if (layer === 'density') return densityOptions(this.radius, layer === this.view.surface ? this.view.options : noOptions);
    return layer === this.view.surface ? optionsText(this.view.options) : '';
  }

  /** What is asked of a layer now. */
  wishOf(layer: DataLayer): Wish {
    return { layer, f: this.f, o: this.optionsOf(layer), version: this.version };
  }

  /** Whether a layer's tiles may be asked for. */
  isReady(layer: DataLayer): boolean {
    return layer !== this.analysis?.name || this.analyses.isReady(this.analysis, this.wishOf(layer));
  }

  layerTitle(layer: DataLayer): string {
    const own = ownLayers.find((name): name is OwnLayer => name === layer);
    if (own !== undefined) return this.t.layers[own];
    return this.analyses.describe(layer)?.[this.view.lang === 'sv' ? 'title_sv' : 'title_en'] ?? layer;
  }

  kindName(code: string): string {
    const kind = this.county?.kinds.find((k) => k.code === code);
    return kind ? kind[this.view.lang] : code;
  }

  areaName(code: string | undefined): string | undefined {
    return this.county?.areas.find((a) => a.code === code)?.name ?? code;
  }

  sourceTitle(name: string): string {
    return this.county?.sources.find((s) => s.name === name)?.title ?? name;
  }

  #readAddress(): void {
    const { state, rejected } = parseUrl(location.search);
    this.view = state;
    this.rejected = rejected;
  }

  /** A change that the address does not show is no step to go back from. */
  #go(change: Partial<ViewState>, how: 'push' | 'replace' = 'push'): void {
    const before = urlOf(this.view);
    this.view = { ...this.view, ...change };
    const address = `${location.pathname}${urlOf(this.view)}`;
    if (how === 'push' && urlOf(this.view) !== before) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }

  /** Fetches what the state shows and has not got. Runs again whenever something it reads changes. */
  #loadShown(): void {
    if (this.county === null) return;
    const { f, version } = this;
    const { view } = this.county;
    this.analyses.loadCatalogue(`${view.digest}/${this.attempt}`);
    for (const layer of this.shownLayers) {
      if (layer === this.analysis?.name) continue;
      const o = this.optionsOf(layer);
      this.analyses.legend(layer).load(`${f}?${o}`, version, (signal) =>
        get('Legend', `/api/v1/layers/${layer}/legend`, { f, o }, signal),
      );
    }
    if (this.analysis === null) this.analyses.run.clear();
    else this.analyses.load(this.analysis, this.wishOf(this.analysis.name), this.tab === 'results');
    this.analyses.loadWhy(this.wishOf(this.view.surface), this.explains ? this.view.why : null);
    const anyTime = filterText({ ...this.view.filter, period: null });
    this.timeline.load(anyTime, version, (signal) => get('Timeline', '/api/v1/timeline', { f: anyTime }, signal));
    this.matching.load(f, version, (signal) => get('IncidentPage', '/api/v1/incidents', { f, limit: 1 }, signal));
    this.background.load('', view.digest, (signal) => get('TileJson', '/api/v1/layers/background/tilejson', {}, signal));
    if (this.tab === 'kommuner' || this.view.surface === 'kommuner') {
      this.rates.load(f, version, (signal) => get('Rates', '/api/v1/rates', { f }, signal));
    }
    if (this.tab === 'places') {
      this.places.load(f, `${version}/${this.#placesAsked}`, (signal) =>
        get('RepeatLocations', '/api/v1/repeat-locations', { f, limit: this.#placesAsked }, signal),
      );
    }
    if (this.tab === 'incidents') this.incidents.load(this.#incidentQuery(), version);
    if (this.tab === 'data' && this.view.page === 'quality') {
      this.quality.load('', `${version}/${this.desk.version}`, (signal) => get('Quality', '/api/v1/quality', {}, signal));
    }
    if (this.tab === 'data' && this.view.page === 'desk') this.desk.load(this.view.row, version);
    if (this.tab === 'data' && this.view.page === 'review') this.review.load(this.view.pair, version);
    const id = this.view.incident;
    if (id === null) this.incident.clear();
    else this.incident.load(id, version, (signal) => this.#incidentCard(id, signal));
  }

  /** A card opened by the number of a vector tile gets its public id in the address, which links keep. */
  async #incidentCard(id: string, signal: AbortSignal): Promise<IncidentDetails> {
    const details = await get('IncidentDetails', `/api/v1/incidents/${encodeURIComponent(id)}`, {}, signal);
    if (this.view.incident === id && details.incident.id !== id) {
      this.incident.rename(details.incident.id);
      this.#go({ incident: details.incident.id }, 'replace');
    }
    return details;
  }

  /** What the address asks of a surface that the server does not have is told, and left out. */
  #checkSurface(): void {
    const { surface, options } = this.view;
    if (!isOwnSurface(surface) && this.analysis === null) {
      if (!this.analyses.catalogue.current) return;
      this.#reject([`surface=${surface}`], { surface: defaultState.surface, options: noOptions, order: null, why: null });
      return;
    }
    if (this.view.why !== null && !this.explains && this.analyses.catalogue.current) {
      this.#reject([`why=${placeText(this.view.why)}`], { why: null });
    }
    const known = surface === 'kommuner' || surface === 'none' ? [] : this.described?.options;
    if (known === undefined) return;
    const { options: own, unknown } = ownOptions(options, known);
    if (optionsText(own) !== optionsText(options)) this.#reject(unknown, { options: own });
  }

  #reject(parts: string[], change: Partial<ViewState>): void {
    this.rejected = [...untrack(() => this.rejected), ...parts];
    this.#go(change, 'replace');
  }

  /** Finds the place pointed out in the list, which is to reach further down where it is not in it. */
  #findChosen(): void {
    const { current, data } = this.places;
    if (!current || data === null || this.view.place === null) return;
    const rank = this.clickedRank;
    const row = data.places.find((found) => (rank === null ? this.isChosen(found) : found.rank === rank));
    if (row === undefined) {
      if (data.places.length < data.total_places) this.#placesAsked = mostPlaces;
    } else if (rank !== null) {
      this.#go({ place: { lng: row.lng, lat: row.lat } }, 'replace');
    }
  }

  /** The row that was clicked on the map gets the place of the table, which links keep. */
  #placeClickedRow(): void {
    const clicked = this.#clickedRow;
    if (clicked === null || clicked.place !== this.view.place || this.analysis === null) return;
    if (!this.analyses.result(this.analysis.name).current) return;
    const [lng, lat] = this.#placesOnMap()[clicked.row] ?? [];
    if (lng === undefined || lat === undefined || isSamePlace(clicked.place, { lng, lat })) return;
    const place = { lng, lat };
    this.#clickedRow = { place, row: clicked.row };
    this.#go({ place }, 'replace');
  }

  /** Longitude and latitude of the rows that the map draws. */
  #placesOnMap(): readonly (readonly number[])[] {
    const key = this.analysis?.tables.find((table) => table.has_places)?.key;
    const result = this.analysis === null ? null : this.analyses.result(this.analysis.name).shown;
    return result?.tables.find((table) => table.key === key)?.places ?? [];
  }

  #incidentQuery(): IncidentQuery {
    const box = this.view.onlyInMap && this.box !== null ? this.box.map((degrees) => degrees.toFixed(5)).join(',') : null;
    return { f: this.f, limit: pageLength, ...(box === null ? {} : { box }) };
  }

  #noteFault(error: ApiError): void {
    // A server that is gone is the county's matter: its polling finds it again and everything is reloaded.
    if (error.fault.kind === 'unreachable') this.countyFault = error.fault;
    if (error.status === 410) void this.refreshCounty();
  }
}

/** Without the catalogue it is known what these are. */
function isOwnSurface(surface: Surface): boolean {
  return (surfaces as readonly string[]).includes(surface);
}

/** Changes when anything that is drawn or listed may have changed. */
function tokensOf(county: County): string {
  return [county.revision, county.view.digest, ...county.layers.map((layer) => layer.token)].join('/');
}

/** The address has five decimals. */
function isSamePlace(a: Place, b: Place): boolean {
  return Math.abs(a.lng - b.lng) < 1e-5 && Math.abs(a.lat - b.lat) < 1e-5;
}
