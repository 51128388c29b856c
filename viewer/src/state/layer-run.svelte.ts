import { untrack } from 'svelte';
import { ApiError, get, send, type Fault } from '../api/client';
import type { LayerJob } from '../api/types';

/** What is computed: a layer of a filter and options, at a version of the data. */
export interface Wish {
  readonly layer: string;
  readonly f: string;
  readonly o: string;
  readonly version: string;
}

const askEvery = 500;
/** How often a job that somebody else gave up, or that the server forgot, is begun anew. */
const mostBeginnings = 3;

/**
 * A layer that takes long, computed by the server while nobody waits at its door. Legend, tiles and result are to
 * be asked for when it is done, and then come at once.
 */
export class LayerRun {
  /** As last told; nothing before the server took it, and where nothing is to be computed. */
  job = $state.raw<LayerJob | null>(null);
  /** Why there is no job, or none any longer. */
  fault = $state.raw<Fault | null>(null);
  /** Somebody here gave it up. */
  cancelled = $state(false);
  #done = $state<string | null>(null);
  #wish: Wish | null = null;
  #stop: AbortController | null = null;

  constructor(private readonly onFault: (error: ApiError) => void) {}

  isDone(wish: Wish): boolean {
    return this.#done === keyOf(wish);
  }

  /** Whether somebody is to be shown how far it has come. */
  get isUnderWay(): boolean {
    return this.fault === null && !this.cancelled && this.job !== null && !hasEnded(this.job);
  }

  /** Computes, unless that is done or under way; what was under way for another wish is given up. */
  load(wish: Wish): void {
    if (this.#wish !== null && keyOf(this.#wish) === keyOf(wish)) return;
    this.clear();
    this.#wish = wish;
    void this.#run(wish);
  }

  /** Nothing is wished any longer. */
  clear(): void {
    this.#giveUp();
    this.#wish = null;
    this.#done = null;
    this.job = null;
    this.fault = null;
    this.cancelled = false;
  }

  cancel(): void {
    this.#giveUp();
    this.cancelled = true;
  }

  again(): void {
    const wish = this.#wish;
    if (wish === null) return;
    this.clear();
    this.load(wish);
  }

  #giveUp(): void {
    const job = this.#stop === null ? null : untrack(() => this.job);
    this.#stop?.abort();
    this.#stop = null;
    if (job === null || hasEnded(job)) return;
    // Whether it reached the server matters to nobody here.
    void send('LayerJob', 'POST', `/api/v1/jobs/${job.id}/cancel`, {}).catch(() => undefined);
  }

  async #run(wish: Wish): Promise<void> {
    const stop = new AbortController();
    this.#stop = stop;
    try {
      const job = await finished(wish, stop.signal, (told) => (this.job = told));
      this.#stop = null;
      if (job.step === 'done') this.#done = keyOf(wish);
      else this.fault = faultOf(job);
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#stop = null;
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
      this.onFault(error);
    }
  }
}

/** Waits until a job has ended. One that another viewer gave up, or that the server forgot, is begun anew. */
async function finished(wish: Wish, signal: AbortSignal, tell: (job: LayerJob) => void): Promise<LayerJob> {
  for (let beginnings = 1; ; beginnings += 1) {
    const isLast = beginnings === mostBeginnings;
    try {
      let job = await begun(wish, signal);
      tell(job);
      while (!hasEnded(job)) {
        await rest(askEvery, signal);
        job = await get('LayerJob', `/api/v1/jobs/${job.id}`, {}, signal);
        tell(job);
      }
      if (job.step !== 'cancelled' || isLast) return job;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404 || isLast) throw error;
    }
  }
}

/** A job can come into being after its wish was given up; then it is given up too. */
async function begun({ layer, f, o }: Wish, signal: AbortSignal): Promise<LayerJob> {
  const job = await send('LayerJob', 'POST', `/api/v1/layers/${layer}/job`, { f, o });
  if (!signal.aborted) return job;
  if (!hasEnded(job)) void send('LayerJob', 'POST', `/api/v1/jobs/${job.id}/cancel`, {}).catch(() => undefined);
  throw signal.reason;
}

function hasEnded({ step }: LayerJob): boolean {
  return step === 'done' || step === 'failed' || step === 'cancelled';
}

function faultOf({ error = '', field }: LayerJob): Fault {
  return { kind: 'refused', code: 'failed', message: error, ...(field === undefined ? {} : { field }) };
}

function keyOf({ layer, f, o, version }: Wish): string {
  return [layer, f, o, version].join('?');
}

function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }, { once: true });
  });
}
