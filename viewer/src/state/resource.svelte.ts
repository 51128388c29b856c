import { ApiError, type Fault } from '../api/client';

/**
 * Something fetched for the present state. While newer data are on their way the older stay readable, and
 * `current` says whether they answer the present question; an answer that is no longer wanted is dropped.
 */
export class Resource<T> {
  data = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  loading = $state(false);
  /** `data` answer what is asked now, though perhaps at an older version. */
  current = $state(false);
  #question: string | null = null;
  #version: string | null = null;
  #answered: string | null = null;
  #abort: AbortController | null = null;

  constructor(private readonly onFault: (error: ApiError) => void) {}

  /** What may stay in sight: the answer, or the one before it while it is on its way. */
  get shown(): T | null {
    return this.current || this.loading ? this.data : null;
  }

  /** Fetches unless the answer to the question, at this version of the data, is here or under way. */
  load(question: string, version: string, fetch: (signal: AbortSignal) => Promise<T>): void {
    if (question === this.#question && version === this.#version) return;
    if (question !== this.#question) this.fault = null;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#question = question;
    this.#version = version;
    this.current = question === this.#answered;
    this.loading = true;
    fetch(abort.signal).then(
      (data) => {
        if (abort.signal.aborted) return;
        this.data = data;
        this.fault = null;
        this.loading = false;
        this.current = true;
        this.#answered = this.#question;
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        this.loading = false;
        this.#version = null;
        if (!(error instanceof ApiError)) throw error;
        this.fault = error.fault;
        this.onFault(error);
      },
    );
  }

  /** The present question is from now on asked in other words: what is here or under way answers it. */
  rename(question: string): void {
    if (this.#answered === this.#question) this.#answered = question;
    this.#question = question;
  }

  /** Forgets data that belong to something else than what comes next. */
  clear(): void {
    this.#abort?.abort();
    this.#question = null;
    this.#version = null;
    this.#answered = null;
    this.data = null;
    this.fault = null;
    this.loading = false;
    this.current = false;
  }
}
