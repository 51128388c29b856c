import { get, type ApiError } from '../api/client';
import type { Explanation, LayerCatalogue, LayerDescription, LayerResult, Legend } from '../api/types';
import { LayerRun, type Wish } from './layer-run.svelte';
import { Resource } from './resource.svelte';
import { placeText, type Place } from './url-state';

/** Layers of the catalogue that have panels of their own. */
const withOwnPanel = ['density', 'repeat_locations', 'rates'];
/** Layers that have a legend whatever the catalogue says. */
const ownLegends = ['density', 'kommuner', 'incidents', 'repeat_locations'];
/** Rows of each table that are asked for. The server gives no more. */
const mostRows = 1000;

/** What there is to know of the layers in the server's catalogue: descriptions, legends, results, explanations. */
export class Analyses {
  readonly catalogue: Resource<LayerCatalogue>;
  /** Of the layer that is shown, where it takes long. */
  readonly run: LayerRun;
  /** Why a place has its value. */
  readonly why: Resource<Explanation>;
  readonly #legends = new Map<string, Resource<Legend>>();
  readonly #results = new Map<string, Resource<LayerResult>>();

  readonly all: readonly LayerDescription[] = $derived.by(() => this.catalogue.data?.layers ?? []);
  /** Those that a list of analyses offers. */
  readonly offered: readonly LayerDescription[] = $derived(
    this.all.filter(({ name, drawing, tables }) => !withOwnPanel.includes(name) && (drawing !== 'none' || tables.length > 0)),
  );

  constructor(private readonly onFault: (error: ApiError) => void) {
    this.catalogue = new Resource(onFault);
    this.run = new LayerRun(onFault);
    this.why = new Resource(onFault);
    this.#make(ownLegends);
  }

  // State that is made inside an effect is none that the effect follows, so that it is made beforehand.
  #make(names: readonly string[]): void {
    for (const name of names) {
      if (!this.#legends.has(name)) this.#legends.set(name, new Resource(this.onFault));
      if (!this.#results.has(name)) this.#results.set(name, new Resource(this.onFault));
    }
  }

  describe(name: string): LayerDescription | null {
    return this.all.find((layer) => layer.name === name) ?? null;
  }

  legend(name: string): Resource<Legend> {
    return known(this.#legends, name);
  }

  result(name: string): Resource<LayerResult> {
    return known(this.#results, name);
  }

  loadCatalogue(version: string): void {
    this.catalogue.load('', version, async (signal) => {
      const catalogue = await get('LayerCatalogue', '/api/v1/layers', {}, signal);
      this.#make(catalogue.layers.map(({ name }) => name));
      return catalogue;
    });
  }

  /** Whether legend, tiles and result of a layer may be asked for: one that takes long is computed first. */
  isReady(layer: LayerDescription, wish: Wish): boolean {
    return !layer.takes_long || this.run.isDone(wish);
  }

  /** Fetches what is shown of an analysis. */
  load(layer: LayerDescription, wish: Wish, withResult: boolean): void {
    if (layer.takes_long) this.run.load(wish);
    else this.run.clear();
    if (!this.isReady(layer, wish)) return;
    const { f, o, version } = wish;
    const question = `${f}?${o}`;
    if (layer.drawing !== 'none') {
      this.legend(layer.name).load(question, version, (signal) =>
        get('Legend', `/api/v1/layers/${layer.name}/legend`, { f, o }, signal),
      );
    }
    if (withResult) {
      this.result(layer.name).load(question, version, (signal) =>
        get('LayerResult', `/api/v1/layers/${layer.name}/result`, { f, o, limit: mostRows }, signal),
      );
    }
  }

  loadWhy(wish: Wish, place: Place | null): void {
    if (place === null) return this.why.clear();
    const { layer, f, o, version } = wish;
    const at = placeText(place);
    this.why.load(`${layer}?${f}?${o}?${at}`, version, (signal) =>
      get('Explanation', `/api/v1/layers/${layer}/why`, { f, o, at }, signal),
    );
  }
}

function known<T>(made: ReadonlyMap<string, Resource<T>>, name: string): Resource<T> {
  const resource = made.get(name);
  if (resource === undefined) throw new Error(`there is no layer ${name}`);
  return resource;
}
