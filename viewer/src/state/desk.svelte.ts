import { ApiError, get, send, type Fault } from '../api/client';
import type { DeskRow, RetryReport, Schemas, SetAsidePage, SetAsideRow } from '../api/types';
import { rememberedName, rememberName, cleanName } from './by-name';
import { Resource } from './resource.svelte';

export interface DeskQuery {
  readonly state: 'open' | 'taken' | 'dropped';
  readonly reason: string;
  readonly source: string;
  readonly text: string;
}

export type Done =
  | { readonly what: 'saved' | 'dropped' | 'undone' }
  | { readonly what: 'retried'; readonly report: RetryReport };

const pageLength = 50;
/** The server takes no more in one request. */
const mostRows = 1000;

/** Those that can be taken in again here: one that cannot would make all of them fail. */
export function retriableRows(rows: readonly SetAsideRow[]): number[] {
  return rows.filter((row) => row.state === 'open' && row.why_not === '').map((row) => row.id);
}

/** Rows that were set aside, and what is done about them. */
export class Desk {
  query = $state.raw<DeskQuery>({ state: 'open', reason: '', source: '', text: '' });
  readonly page: Resource<SetAsidePage>;
  readonly row: Resource<DeskRow>;
  /** New values of the open row by column, not saved yet. */
  edits = $state.raw<Readonly<Record<string, string>>>({});
  by = $state(rememberedName());
  doing = $state(false);
  fault = $state.raw<Fault | null>(null);
  /** Of which row the fault is, where that is no longer the open one. */
  faultOf = $state.raw<DeskRow | null>(null);
  done = $state.raw<Done | null>(null);
  #limit = $state(pageLength);
  /** Grows with every row that is opened or left: what is done of the one before is not said of the next. */
  #pagesTurned = 0;
  /** Grows with what is done, so that lists are asked for anew. */
  version = $state(0);

  constructor(
    private readonly onFault: (error: ApiError) => void,
    private readonly onChange: () => Promise<void>,
  ) {
    this.page = new Resource(onFault);
    this.row = new Resource(onFault);
  }

  load(row: number | null, version: string): void {
    const { query } = this;
    const limit = this.#limit;
    this.page.load(JSON.stringify(query), `${version}/${this.version}/${limit}`, (signal) =>
      get('SetAsidePage', '/api/v1/set-aside', { ...query, limit }, signal),
    );
    if (row === null) this.row.clear();
    else {
      this.row.load(String(row), `${version}/${this.version}`, (signal) =>
        get('DeskRow', `/api/v1/set-aside/${row}`, {}, signal),
      );
    }
  }

  ask(change: Partial<DeskQuery>): void {
    this.query = { ...this.query, ...change };
    this.#limit = pageLength;
    this.#forgetOutcome();
  }

  get canShowMore(): boolean {
    const page = this.page.data;
    return page !== null && page.rows.length < page.n && this.#limit < mostRows;
  }

  showMore(): void {
    this.#limit = Math.min(mostRows, this.#limit * 4);
  }

  setName(text: string): void {
    this.by = cleanName(text);
    rememberName(this.by);
  }

  /** Another row is looked at: what was typed for the one before is not its. */
  turnPage(): void {
    this.#pagesTurned += 1;
    this.edits = {};
    this.#forgetOutcome();
  }

  edit(column: string, value: string, present: string): void {
    const { [column]: _, ...others } = this.edits;
    this.edits = value === present ? others : { ...others, [column]: value };
  }

  get isEdited(): boolean {
    return Object.keys(this.edits).length > 0;
  }

  async save(row: number): Promise<void> {
    await this.#do(async () => {
      await this.#correct(row);
      return { what: 'saved' };
    });
  }

  async saveAndRetry(row: number): Promise<void> {
    await this.#do(async () => {
      if (this.isEdited) await this.#correct(row);
      return this.#retry([row]);
    });
  }

  async retry(rows: readonly number[]): Promise<void> {
    await this.#do(() => this.#retry(rows.slice(0, mostRows)));
  }

  async drop(row: number): Promise<void> {
    await this.#do(async () => {
      await send('Dropped', 'POST', '/api/v1/set-aside/drop', { by: this.by, rows: [row] });
      return { what: 'dropped' };
    });
  }

  async undo(row: number): Promise<void> {
    await this.#do(async () => {
      await this.#change(() => send('DeskRow', 'POST', `/api/v1/set-aside/${row}/undo`, { by: this.by }));
      return { what: 'undone' };
    });
  }

  async #correct(row: number): Promise<void> {
    const body: Schemas['CorrectRow'] = { by: this.by, values: { ...this.edits } };
    await this.#change(() => send('DeskRow', 'PUT', `/api/v1/set-aside/${row}/correction`, body));
  }

  /** What was typed is now kept, or undone; what was typed meanwhile for another row is neither. */
  async #change(ask: () => Promise<unknown>): Promise<void> {
    const page = this.#pagesTurned;
    await ask();
    if (page === this.#pagesTurned) this.edits = {};
  }

  async #retry(rows: readonly number[]): Promise<Done> {
    const report = await send('RetryReport', 'POST', '/api/v1/set-aside/retry', { by: this.by, rows: [...rows] });
    return { what: 'retried', report };
  }

  async #do(work: () => Promise<Done>): Promise<void> {
    if (this.doing) return;
    this.doing = true;
    this.#forgetOutcome();
    const page = this.#pagesTurned;
    const row = this.row.shown;
    const isOpen = () => page === this.#pagesTurned;
    try {
      const done = await work();
      if (isOpen()) this.done = done;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
      this.faultOf = isOpen() ? null : row;
      this.onFault(error);
    } finally {
      this.doing = false;
      this.version += 1;
    }
    await this.onChange();
  }

  #forgetOutcome(): void {
    this.fault = null;
    this.faultOf = null;
    this.done = null;
  }
}
