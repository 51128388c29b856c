import { ApiError, get, send, type Fault } from '../api/client';
import type { Import, Schemas } from '../api/types';
import { addDays } from '../format/times';

type Wish = Schemas['RunImport'];

/** A column profile of the person's own, from a file. */
export interface OwnProfile {
  readonly name: string;
  readonly toml: string;
}

/** The value of `profile` that stands for the person's own: no built-in one is called so. */
export const own = 'own.toml';

const askEvery = 400;
const askAgainAfter = 2000;
/** The server is there but has no time: it answers later. */
const isLater = (status: number) => status === 0 || status === 429 || status >= 500;

/** Of each pair a profile has one only. */
const instead: Readonly<Record<string, readonly string[]>> = {
  'time.from': ['time.fixed'],
  'time.fixed': ['time.from', 'time.to', 'time.clock', 'time.hour'],
  'kind.column': ['kind.fixed'],
  'kind.fixed': ['kind.column'],
};

/** One file on its way into the store: sent, looked at, tried, taken in. */
export class FileImport {
  file = $state.raw<Import | null>(null);
  sending = $state<string | null>(null);
  fault = $state.raw<Fault | null>(null);
  source = $state<Wish['source']>('points');
  /** A built-in column profile, or `own`; empty: the suggested one with the changes. */
  profile = $state('');
  ownProfile = $state.raw<OwnProfile | null>(null);
  /** Sheet or layer, where there are several. */
  layer = $state('');
  observed = $state('');
  set = $state('');
  about = $state('');
  year = $state('');
  sourceName = $state('');
  changes = $state.raw<Readonly<Record<string, string>>>({});
  kinds = $state.raw<Readonly<Record<string, string>>>({});
  #kindColumn = '';

  constructor(private readonly onTakenIn: () => Promise<void>) {}

  get isRunning(): boolean {
    return this.file?.step === 'running';
  }

  /** Whether it is said how to read the file. A suggestion that tells no time is none yet. */
  get isReady(): boolean {
    if (this.file === null) return false;
    if (this.source === 'areas') return this.set !== '';
    if (this.source !== 'points') return true;
    if (this.profile === own) return this.ownProfile !== null;
    return this.profile !== '' || (this.file.suggestion !== undefined && this.tellsTime);
  }

  get tellsTime(): boolean {
    return this.valueOf('time.from') !== '' || this.valueOf('time.fixed') !== '';
  }

  /** What a key of the column profile has: as changed, else as guessed. */
  valueOf(key: string): string {
    const suggestion = this.file?.suggestion;
    const guessed = suggestion?.guesses.find((guess) => guess.key === key)?.value ?? '';
    return this.changes[key] ?? (key === 'title' ? (suggestion?.title ?? '') : guessed);
  }

  async choose(file: File): Promise<void> {
    if (this.sending !== null || this.isRunning) return;
    this.forget();
    this.sending = file.name;
    const address = `/api/v1/imports?name=${encodeURIComponent(file.name)}`;
    await this.#ask(() => send('Import', 'POST', address, file));
    this.sending = null;
    if (this.file) this.source = this.file.source as Wish['source'];
  }

  /** Another of its sheets: other columns, so that what was changed is not about them. */
  async chooseLayer(layer: string): Promise<void> {
    if (layer === this.layer) return;
    this.layer = layer;
    this.#kindColumn = '';
    this.changes = {};
    await this.#look();
  }

  /** Another column holds the kinds: its words are to be seen, to be given kinds. */
  async chooseKindColumn(column: string): Promise<void> {
    this.change('kind.column', column);
    this.#kindColumn = column;
    if (column !== '') await this.#look();
  }

  async chooseProfile(file: File): Promise<void> {
    this.ownProfile = { name: file.name, toml: await file.text() };
    this.profile = own;
  }

  change(key: string, value: string): void {
    const without = value === '' ? [] : (instead[key] ?? []).filter((other) => this.valueOf(other) !== '');
    this.changes = { ...this.changes, ...Object.fromEntries(without.map((other) => [other, ''])), [key]: value };
  }

  /** All of it happened from the one day to the other, both included; without them a column tells. */
  changePeriod(first: string, last: string): void {
    this.change('time.fixed', first === '' || last === '' || last < first ? '' : `${first}..${addDays(last, 1)}`);
  }

  changeKind(word: string, code: string): void {
    this.kinds = { ...this.kinds, [word]: code };
  }

  /** The suggested column profile with the changes, to be kept for the next file of the sort. */
  async profileText(): Promise<Schemas['ProfileText'] | null> {
    if (this.file === null) return null;
    const { id } = this.file;
    const body = { changes: { ...this.changes }, kinds: { ...this.kinds } };
    try {
      const text = await send('ProfileText', 'POST', `/api/v1/imports/${id}/profile`, body);
      this.fault = null;
      return text;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
      return null;
    }
  }

  async run(by: string, dryRun: boolean, replace = false): Promise<void> {
    if (this.file === null || this.isRunning) return;
    const { id } = this.file;
    const wish: Wish = {
      ...(by === '' ? {} : { by }),
      source: this.source,
      dry_run: dryRun,
      ...(this.source === 'points' ? this.#howToRead() : {}),
      ...given({ layer: this.layer, observed: this.observed, set: this.set, about: this.about, year: this.year }),
      ...given({ source_name: this.sourceName }),
      ...(replace ? { replace } : {}),
    };
    await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/run`, wish));
    await this.#follow(id);
    if (this.file?.id === id && this.file.step === 'done' && !dryRun) await this.onTakenIn();
  }

  async cancel(by: string): Promise<void> {
    if (this.file === null) return;
    const { id } = this.file;
    await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/cancel`, by === '' ? {} : { by }));
  }

  forget(): void {
    this.file = null;
    this.#kindColumn = '';
    this.fault = null;
    this.profile = '';
    this.ownProfile = null;
    for (const field of ['layer', 'observed', 'set', 'about', 'year', 'sourceName'] as const) this[field] = '';
    this.changes = {};
    this.kinds = {};
  }

  async #look(): Promise<void> {
    if (this.file === null || this.isRunning) return;
    const { id } = this.file;
    const known = given({ layer: this.layer, kind_column: this.#kindColumn });
    this.kinds = {};
    await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/look`, known));
    if (this.file.source !== 'points') this.source = this.file.source as Wish['source'];
  }

  #howToRead(): Partial<Wish> {
    if (this.profile === own) return { profile_toml: this.ownProfile?.toml ?? '' };
    if (this.profile !== '') return { profile: this.profile };
    return { changes: { ...this.changes }, kinds: { ...this.kinds } };
  }

  /** Until it has ended. A server that has no time is asked again; one that knows nothing of it has lost it. */
  async #follow(id: number): Promise<void> {
    let pause = askEvery;
    while (this.isRunning && this.file?.id === id) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const status = await this.#ask(() => get('Import', `/api/v1/imports/${id}`, {}));
      pause = status === null ? askEvery : askAgainAfter;
      if (status !== null && !isLater(status)) this.#fail();
    }
  }

  #fail(): void {
    if (this.file === null || this.fault === null) return;
    const { fault } = this;
    const error = fault.kind === 'refused' ? fault : { code: fault.kind, message: fault.kind === 'misunderstood' ? fault.message : '' };
    this.file = { ...this.file, step: 'failed', error: { code: error.code, message: error.message } };
    this.fault = null;
  }

  /** @returns the status of a refusal, 0 where no answer came, null where all went well. */
  async #ask(question: () => Promise<Import>): Promise<number | null> {
    try {
      this.file = await question();
      this.fault = null;
      return null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
      return error.status;
    }
  }
}

/** Without what is empty. */
function given<Fields extends Record<string, string>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<Fields>;
}
