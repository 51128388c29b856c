import { ApiError, get, send, type Fault } from '../api/client';
import type { LinkComparison, LinkReview, LinkVerdicts, Voice } from '../api/types';
import { Resource } from './resource.svelte';
import { pairBeside, samePair, type ReportPair } from './report-pair';

export interface ReviewQuery {
  readonly show: 'open' | 'decided';
  readonly source: string;
}

export interface Decided {
  readonly what: 'joined' | 'parted' | 'withdrawn';
  readonly pair: ReportPair;
}

/** The server takes no more in one request. */
const mostPairs = 200;

/** Pairs of reports that may tell of one event, and what is decided of them. */
export class Review {
  query = $state.raw<ReviewQuery>({ show: 'open', source: '' });
  readonly list: Resource<LinkReview>;
  readonly verdicts: Resource<LinkVerdicts>;
  readonly comparison: Resource<LinkComparison>;
  reason = $state('');
  doing = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** Of which pair the fault is, where that is no longer the open one. */
  faultOf = $state.raw<ReportPair | null>(null);
  done = $state.raw<Decided | null>(null);
  /** Grows with what is decided, so that lists are asked for anew. */
  version = $state(0);
  /** Where in the list a pair was before it was decided and so went from it. */
  #position = 0;
  #opened: ReportPair | null = null;
  /** Grows with every pair that is opened: what was typed for the next stays when the one before is decided. */
  #pagesTurned = 0;

  constructor(
    private readonly by: () => string,
    private readonly onFault: (error: ApiError) => void,
    private readonly onChange: () => Promise<void>,
  ) {
    this.list = new Resource(onFault);
    this.verdicts = new Resource(onFault);
    this.comparison = new Resource(onFault);
  }

  readonly pairs: readonly LinkComparison[] = $derived.by(() => this.list.shown?.pairs ?? []);

  load(pair: ReportPair | null, version: string): void {
    const at = `${version}/${this.version}`;
    const { show, source } = this.query;
    this.list.load(source, at, (signal) => get('LinkReview', '/api/v1/link/review', { source, limit: mostPairs }, signal));
    if (show === 'decided') {
      this.verdicts.load('', at, (signal) => get('LinkVerdicts', '/api/v1/link/verdicts', {}, signal));
    }
    if (pair === null) this.comparison.clear();
    else {
      this.comparison.load(JSON.stringify(pair), at, (signal) =>
        get('LinkComparison', '/api/v1/link/comparison', { ...pair }, signal),
      );
    }
  }

  ask(change: Partial<ReviewQuery>): void {
    this.query = { ...this.query, ...change };
    this.#forgetOutcome();
  }

  /** Another pair is looked at: the reason typed for the one before is not its. */
  turnPage(pair: ReportPair): void {
    this.#opened = pair;
    this.#pagesTurned += 1;
    this.reason = '';
    this.fault = null;
    this.faultOf = null;
  }

  /** Where in the list one comes back to from a pair; nothing where none was open. */
  leave(): number | null {
    const opened = this.#opened;
    this.#opened = null;
    if (opened === null) return null;
    const found = this.#find(opened);
    return found >= 0 ? found : this.#position;
  }

  /** How many pairs wait, listed or not. */
  get waiting(): number {
    return this.list.shown?.n ?? 0;
  }

  beside(pair: ReportPair, step: 1 | -1): ReportPair | null {
    return pairBeside(this.pairs.map(pairOf), this.#find(pair), this.#position, step);
  }

  /** What one step back undoes. */
  get justDecided(): ReportPair | null {
    return this.done !== null && this.done.what !== 'withdrawn' ? this.done.pair : null;
  }

  get mayDecide(): boolean {
    return !this.doing && this.by() !== '';
  }

  async decide(pair: ReportPair, together: boolean): Promise<void> {
    const { reason } = this;
    this.#position = Math.max(0, this.#find(pair));
    await this.#do({ what: together ? 'joined' : 'parted', pair }, () =>
      send('LinkComparison', 'POST', '/api/v1/link/verdicts', { ...pair, together, reason: reason.trim(), by: this.by() }),
    );
  }

  async withdraw(pair: ReportPair): Promise<void> {
    await this.#do({ what: 'withdrawn', pair }, () =>
      send('LinkComparison', 'POST', '/api/v1/link/verdicts/withdraw', { ...pair, by: this.by() }),
    );
  }

  async #do(decided: Decided, work: () => Promise<unknown>): Promise<void> {
    if (!this.mayDecide) return;
    this.doing = true;
    this.#forgetOutcome();
    const page = this.#pagesTurned;
    const isOpen = () => page === this.#pagesTurned;
    try {
      await work();
      this.done = decided;
      if (isOpen()) this.reason = '';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
      this.faultOf = isOpen() ? null : decided.pair;
      this.onFault(error);
    } finally {
      this.doing = false;
      this.version += 1;
    }
    await this.onChange();
  }

  #find(pair: ReportPair): number {
    return this.pairs.findIndex((listed) => samePair(pairOf(listed), pair));
  }

  #forgetOutcome(): void {
    this.fault = null;
    this.faultOf = null;
    this.done = null;
  }
}

/** How the API names a report: `police:12345`. */
export function reportKey(voice: Pick<Voice, 'source' | 'source_id'>): string {
  return `${voice.source}:${voice.source_id}`;
}

export function pairOf(comparison: Pick<LinkComparison, 'a' | 'b'>): ReportPair {
  return { a: reportKey(comparison.a), b: reportKey(comparison.b) };
}
