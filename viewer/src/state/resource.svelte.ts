import { ApiError, type Fault } from '../api/client';

/**
 * Something fetched for the present state. While newer data are on their way the older stay readable;
 * an answer that is no longer wanted is dropped.
 */
export class Resource<T> {
  data = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  #key: string | null = null;
  #abort: AbortController | null = null;

  constructor(private readonly onFault: (error: ApiError) => void) {}

  /** Fetches unless `key` is what is here or under way. */
  load(key: string, fetch: (signal: AbortSignal) => Promise<T>): void {
    if (key === this.#key) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#key = key;
    this.loading = true;
    fetch(abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        this.data = data;
        this.fault = null;
        this.loading = false;
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        this.loading = false;
        this.#key = null;
        if (!(error instanceof ApiError)) throw error;
        this.fault = error.fault;
        this.onFault(error);
      },
    );
  }

  /** Forgets data that belong to something else than what comes next. */
  clear(): void {
    this.#abort?.abort();
    this.#key = null;
    this.data = null;
    this.fault = null;
    this.loading = false;
  }
}
