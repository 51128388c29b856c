import { get, type ApiError } from '../api/client';
import type { IncidentPage, IncidentRow } from '../api/types';
import { Resource } from './resource.svelte';

export interface IncidentQuery {
  readonly f: string;
  readonly limit: number;
  readonly box?: string;
}

/** A first page with the question that it answers: later pages are of that one, whatever is asked since. */
interface FirstPage {
  readonly query: IncidentQuery;
  readonly page: IncidentPage;
}

interface LaterPages {
  readonly of: FirstPage;
  readonly rows: readonly IncidentRow[];
  readonly next: string | undefined;
}

/** The list of incidents, which grows page by page. Another first page, once it is here, begins it anew. */
export class IncidentList {
  readonly first: Resource<FirstPage>;
  /** The page under way after those that are here. */
  readonly more: Resource<IncidentPage>;
  #all = $state.raw<LaterPages | null>(null);

  constructor(onFault: (error: ApiError) => void) {
    this.first = new Resource(onFault);
    this.more = new Resource(onFault);
  }

  get #later(): LaterPages | null {
    return this.#all !== null && this.#all.of === this.first.data ? this.#all : null;
  }

  get rows(): readonly IncidentRow[] {
    return [...(this.first.data?.page.incidents ?? []), ...(this.#later?.rows ?? [])];
  }

  /** There are pages after the first. */
  get isGrown(): boolean {
    return this.#later !== null;
  }

  /** Where the next page begins; nothing after the last. */
  get next(): string | undefined {
    return this.#later === null ? this.first.data?.page.next : this.#later.next;
  }

  load(query: IncidentQuery, version: string): void {
    this.first.load(JSON.stringify(query), version, async (signal) => {
      this.more.clear();
      return { query, page: await get('IncidentPage', '/api/v1/incidents', { ...query }, signal) };
    });
  }

  loadMore(): void {
    const [first, after] = [this.first.data, this.next];
    if (first === null || this.first.loading || after === undefined) return;
    this.more.load(after, '', async (signal) => {
      const page = await get('IncidentPage', '/api/v1/incidents', { ...first.query, after }, signal);
      // An incident whose time changed between the two pages would be in both.
      const known = new Set(this.rows.map((row) => row.number));
      const rows = page.incidents.filter((row) => !known.has(row.number));
      this.#all = { of: first, rows: [...(this.#later?.rows ?? []), ...rows], next: page.next };
      return page;
    });
  }
}
