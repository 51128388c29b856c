import { ApiError, get, send, type Fault } from '../api/client';
import type { Import, Schemas } from '../api/types';
import { addDays } from '../format/times';
import { sheetsIn } from './sheets';

type Wish = Schemas['RunImport'];
type Source = Wish['source'];

export const sources = ['points', 'police', 'open311', 'gtfs-rt', 'shops', 'gtfs', 'osm', 'areas', 'figures'] as const satisfies readonly Source[];

/** What can be said of a file beside its source, and of which sources. */
const saidOf = {
  layer: ['points', 'figures', 'shops', 'areas'],
  set: ['areas', 'figures'],
  about: ['figures'],
  year: ['figures'],
  source_name: ['open311', 'gtfs-rt', 'shops', 'gtfs', 'osm', 'areas', 'figures'],
  observed: ['points', 'police', 'open311', 'gtfs-rt'],
} as const satisfies Partial<Record<keyof Wish, readonly Source[]>>;

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

/** The code of the kind that none is known of. */
export const unknown = 'unknown';

/** Of each pair a profile has one only. */
const instead: Readonly<Record<string, readonly string[]>> = {
  'time.from': ['time.fixed'],
  'time.fixed': ['time.from', 'time.to', 'time.clock', 'time.hour'],
  'kind.column': ['kind.fixed'],
  'kind.fixed': ['kind.column'],
};

/** Two days, both included; empty where none is given. */
export interface Period {
  readonly first: string;
  readonly last: string;
}

/** What is to be said or waited for before a file can be read. */
export type Lack = 'looking' | 'layer' | 'profile' | 'time' | 'set';

/** One file on its way into the store: sent, looked at, tried, taken in. */
export class FileImport {
  file = $state.raw<Import | null>(null);
  /** They came with the file, or while it was sent: one is taken at a time, and these wait. */
  others = $state.raw<readonly File[]>([]);
  sending = $state<string | null>(null);
  fault = $state.raw<Fault | null>(null);
  /** The file that was sent is looked at: what it seems to be is on its way. */
  looking = $state(false);
  source = $state<Source>('points');
  /** A built-in column profile, or `own`; empty: the suggested one with the changes. */
  profile = $state('');
  ownProfile = $state.raw<OwnProfile | null>(null);
  /** Sheet or layer, where there are several. */
  layer = $state('');
  /** Those to choose from, as far as the server named them. */
  sheets = $state.raw<readonly string[]>([]);
  observed = $state('');
  set = $state('');
  about = $state('');
  year = $state('');
  sourceName = $state('');
  changes = $state.raw<Readonly<Record<string, string>>>({});
  kinds = $state.raw<Readonly<Record<string, string>>>({});
  #kindColumn = '';
  /** What the suggestion is of. */
  #lookedAt = { layer: '', kindColumn: '' };
  #look: Promise<unknown> = Promise.resolve();
  /** Days of a period that is not whole yet, or ends before it begins. */
  #halfPeriod = $state.raw<Period | null>(null);
  #givenUp = $state<number | null>(null);
  /** How the file was read when it was tried out. */
  #tried = $state('');
  /** Grows with every file and every look; what was asked before is no longer wanted. */
  #turn = 0;
  #left: number | null = null;

  constructor(private readonly onTakenIn: () => Promise<void>) {}

  get isRunning(): boolean {
    return this.file?.step === 'running';
  }

  /** Somebody wants it ended, and it has not yet. */
  get isBeingCancelled(): boolean {
    return this.isRunning && this.#givenUp === this.file?.id;
  }

  /** How much of it is read, 0 to 1; nothing where its source does not tell. */
  get share(): number | null {
    const { bytes = 0, total_bytes = 0 } = this.file?.progress ?? {};
    return total_bytes > 0 ? Math.min(1, bytes / total_bytes) : null;
  }

  /** Whether something can be said of files of the chosen source. */
  isSaid(what: keyof typeof saidOf): boolean {
    return (saidOf[what] as readonly Source[]).includes(this.source);
  }

  /** No table, whatever is said of it: an empty file, a web page. An empty sheet may have others beside it. */
  get isUnreadable(): boolean {
    return this.file?.source === 'points' && this.file.no_suggestion?.code === 'unreadable' && this.file.layer === undefined;
  }

  /** What is missing until it is said how to read the file. A suggestion that tells no time is none yet. */
  get lacks(): Lack[] {
    if (this.file === null) return [];
    if (this.looking) return ['looking'];
    if (this.source === 'areas') return this.set === '' ? ['set'] : [];
    if (this.source !== 'points' || this.profile !== '') return [];
    if (this.file.suggestion === undefined) return [this.mustChooseSheet ? 'layer' : 'profile'];
    return this.tellsTime ? [] : ['time'];
  }

  get isReady(): boolean {
    return this.file !== null && this.lacks.length === 0;
  }

  /** It has several, and nothing can be said of it before one is chosen. */
  get mustChooseSheet(): boolean {
    return this.file?.no_suggestion?.field === 'layer';
  }

  get tellsTime(): boolean {
    return this.valueOf('time.from') !== '' || this.valueOf('time.fixed') !== '';
  }

  /** What a key of the column profile has: as changed, else as guessed. */
  valueOf(key: string): string {
    return this.changes[key] ?? this.#suggested(key);
  }

  /** Whether what a key has is a guess that somebody should look at. */
  isUnsure(key: string): boolean {
    const guess = this.file?.suggestion?.guesses.find((one) => one.key === key);
    return guess?.confidence === 'unsure' && !this.#isChanged(key);
  }

  kindOf({ value, code }: Schemas['KindProposal']): string {
    const kind = this.kinds[value] ?? code;
    return kind === '' ? unknown : kind;
  }

  /** Whether rows are to be read otherwise than the server did when it looked at them. */
  get isChanged(): boolean {
    return (
      Object.keys(this.changes).some((key) => key !== 'title' && key !== 'source' && this.#isChanged(key)) ||
      this.#proposals.some((kind) => this.kindOf(kind) !== (kind.code || unknown))
    );
  }

  /** What the suggestion asks for and nobody has said yet. */
  get openQuestions(): string[] {
    return (this.file?.suggestion?.questions ?? []).filter((question) => !this.#isAnswered(question));
  }

  /** How many of the rows looked at are of which kind, most first; nothing where not their words tell it. */
  get kindsOfRows(): { code: string; rows: number }[] {
    if (this.source !== 'points' || this.profile !== '' || this.valueOf('kind.fixed') !== '') return [];
    const rowsOf = new Map<string, number>();
    for (const kind of this.#proposals) rowsOf.set(this.kindOf(kind), (rowsOf.get(this.kindOf(kind)) ?? 0) + kind.rows);
    return [...rowsOf].map(([code, rows]) => ({ code, rows })).sort((a, b) => b.rows - a.rows);
  }

  /** Whether it was tried out as something else than it is now said to be. */
  get isTrialOutdated(): boolean {
    return this.file?.report !== undefined && this.file.dry_run && this.#tried !== JSON.stringify(this.#asSaid());
  }

  /** The days between which all of it happened, as far as they are given. */
  get period(): Period {
    if (this.#halfPeriod !== null) return this.#halfPeriod;
    const [first = '', after = ''] = this.valueOf('time.fixed').split('..');
    return { first, last: after === '' ? '' : addDays(after, -1) };
  }

  /** Takes the first of some files; the others wait. */
  async choose(files: readonly File[]): Promise<void> {
    if (this.sending !== null || this.isRunning) {
      this.others = [...this.others, ...files];
      return;
    }
    const [file, ...others] = files;
    if (file === undefined) return;
    this.forget();
    this.others = [...others, ...this.others];
    const turn = this.#turn;
    this.sending = file.name;
    const address = `/api/v1/imports?name=${encodeURIComponent(file.name)}`;
    await this.#ask(() => send('Import', 'POST', address, file));
    this.sending = null;
    if (turn === this.#turn && this.file) this.source = sourceOf(this.file);
  }

  /** The next of the files that wait, in place of this one. */
  async chooseNext(by: string): Promise<void> {
    const waiting = this.others;
    this.others = [];
    await this.leave(by);
    await this.choose(waiting);
  }

  /**
   * The file that the server has already, as after the page was opened again: one that runs is followed, one that
   * waits or was only tried out is as if just sent. One that was left for another is not met again.
   */
  async takeUp(): Promise<void> {
    if (this.file !== null || this.sending !== null) return;
    const turn = this.#turn;
    const last = await get('LastImport', '/api/v1/imports', {}).catch((error: unknown) => {
      if (error instanceof ApiError) return {} as Schemas['LastImport'];
      throw error;
    });
    const found = last.import;
    if (turn !== this.#turn || found === undefined || found.id === this.#left || hasEnded(found)) return;
    this.forget();
    this.file = found.step === 'running' ? found : asMet(found);
    this.#rememberSheets();
    this.layer = found.layer ?? '';
    this.#lookedAt = { layer: this.layer, kindColumn: '' };
    this.source = sourceOf(found);
    if (found.step === 'running') {
      await this.#followToItsEnd(found.id, found.dry_run);
      if (this.file?.id === found.id && !hasEnded(this.file)) this.file = asMet(this.file);
    } else if (found.source === '') await this.#awaitFirstLook(found.id);
  }

  /** Another of its sheets: other columns, so that what was changed is not about them. */
  async chooseLayer(layer: string): Promise<void> {
    if (layer === this.layer) return;
    this.layer = layer;
    this.#kindColumn = '';
    const isSeen = await this.#lookAgain();
    if (isSeen && this.file && this.file.source !== 'points') this.source = sourceOf(this.file);
  }

  /** Another column holds the kinds: its words are to be seen, to be given kinds. */
  async chooseKindColumn(column: string): Promise<void> {
    const before = this.changes;
    this.change('kind.column', column);
    this.#kindColumn = column;
    if (column === '' || (await this.#lookAgain()) !== false) return;
    const { 'kind.column': _column, 'kind.fixed': _fixed, ...others } = this.changes;
    const former = Object.entries(before).filter(([key]) => key === 'kind.column' || key === 'kind.fixed');
    this.changes = { ...others, ...Object.fromEntries(former) };
  }

  async chooseProfile(file: File): Promise<void> {
    this.ownProfile = { name: file.name, toml: await file.text() };
    this.profile = own;
  }

  change(key: string, value: string): void {
    if (key === 'time.from' && value !== '') this.#halfPeriod = null;
    const without = value === '' ? [] : (instead[key] ?? []).filter((other) => this.valueOf(other) !== '');
    this.changes = { ...this.changes, ...Object.fromEntries(without.map((other) => [other, ''])), [key]: value };
  }

  /** All of it happened from the one day to the other, both included; without them a column tells. */
  changePeriod(first: string, last: string): void {
    const isWhole = first !== '' && last !== '' && first <= last;
    this.change('time.fixed', isWhole ? `${first}..${addDays(last, 1)}` : '');
    this.#halfPeriod = isWhole ? null : { first, last };
  }

  /** The file goes on with a source that the store has, under its title, or begins the one suggested. */
  goOnWith(source: string, title: string): void {
    this.change('source', source);
    this.change('title', source === this.#suggested('source') ? this.#suggested('title') : title);
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
    if (this.file === null || this.isRunning || this.looking) return;
    const { id } = this.file;
    const said = this.#asSaid();
    const wish: Wish = { ...(by === '' ? {} : { by }), ...said, dry_run: dryRun, ...(replace ? { replace } : {}) };
    const refused = await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/run`, wish));
    if (refused === null) this.#tried = JSON.stringify(said);
    await this.#followToItsEnd(id, dryRun);
  }

  async cancel(by: string): Promise<void> {
    if (this.file === null || this.isBeingCancelled) return;
    const { id } = this.file;
    this.#givenUp = id;
    const status = await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/cancel`, by === '' ? {} : { by }));
    if (status !== null) this.#givenUp = null;
  }

  /** For another file. The server need not keep this one either; if it cannot be told, the next takes its place. */
  async leave(by: string): Promise<void> {
    const left = this.file;
    this.forget();
    if (left === null || hasEnded(left)) return;
    await send('Import', 'POST', `/api/v1/imports/${left.id}/cancel`, by === '' ? {} : { by }).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error;
    });
  }

  forget(): void {
    this.#turn += 1;
    this.#left = this.file?.id ?? this.#left;
    this.file = null;
    this.#kindColumn = '';
    this.#lookedAt = { layer: '', kindColumn: '' };
    this.#halfPeriod = null;
    this.#givenUp = null;
    this.looking = false;
    this.fault = null;
    this.profile = '';
    this.ownProfile = null;
    for (const field of ['layer', 'observed', 'set', 'about', 'year', 'sourceName'] as const) this[field] = '';
    this.sheets = [];
    this.changes = {};
    this.kinds = {};
  }

  get #proposals(): readonly Schemas['KindProposal'][] {
    return this.file?.suggestion?.kinds ?? [];
  }

  #suggested(key: string): string {
    const suggestion = this.file?.suggestion;
    const guessed = suggestion?.guesses.find((guess) => guess.key === key)?.value ?? '';
    if (key === 'source') return suggestion?.source ?? '';
    return key === 'title' ? (suggestion?.title ?? '') : guessed;
  }

  #isChanged(key: string): boolean {
    return this.valueOf(key) !== this.#suggested(key);
  }

  /** A question has in front the key that it is about, such as `time.from: …`, or a group of them. */
  #isAnswered(question: string): boolean {
    const key = question.slice(0, Math.max(0, question.indexOf(': ')));
    if (key === 'kind.values') return this.#proposals.every((kind) => this.kindOf(kind) !== unknown) || this.valueOf('kind.fixed') !== '';
    const about = (changed: string) => changed === key || changed.startsWith(`${key}.`) || (instead[key] ?? []).includes(changed);
    return Object.entries(this.changes).some(([changed, value]) => about(changed) && value !== '' && this.#isChanged(changed));
  }

  /** They are named until one is chosen, and kept to choose another. */
  #rememberSheets(): void {
    if (this.mustChooseSheet) this.sheets = sheetsIn(this.file?.no_suggestion);
  }

  /**
   * Looks at the file as it is now said to be, after a look that is under way. What was said of what it was stays
   * until the new is seen.
   * @returns whether it was seen; nothing where something else is wanted by now.
   */
  async #lookAgain(): Promise<boolean | null> {
    if (this.file === null || this.isRunning) return null;
    const { id } = this.file;
    const wanted = { layer: this.layer, kindColumn: this.#kindColumn };
    const turn = (this.#turn += 1);
    this.looking = true;
    await this.#look;
    if (turn !== this.#turn) return null;
    const known = given({ layer: wanted.layer, kind_column: wanted.kindColumn });
    const asking = this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/look`, known));
    this.#look = asking;
    const status = await asking;
    if (turn !== this.#turn) return null;
    this.looking = false;
    if (status !== null) {
      this.layer = this.#lookedAt.layer;
      this.#kindColumn = this.#lookedAt.kindColumn;
      return false;
    }
    if (wanted.layer !== this.#lookedAt.layer) {
      this.changes = {};
      this.#halfPeriod = null;
    }
    this.kinds = {};
    this.#lookedAt = wanted;
    return true;
  }

  /** The page was opened again while the file was looked at for the first time. */
  async #awaitFirstLook(id: number): Promise<void> {
    const turn = this.#turn;
    this.looking = true;
    await this.#askUntil(id, () => this.file?.source !== '');
    if (turn !== this.#turn) return;
    this.looking = false;
    if (this.file) this.source = sourceOf(this.file);
  }

  /** Of the fields only those that are in sight: others are of a source that was chosen before. */
  #said(): Partial<Wish> {
    const { layer, set, about, year, sourceName, observed } = this;
    const all = given({ layer, observed, set, about, year, source_name: sourceName });
    return Object.fromEntries(Object.entries(all).filter(([what]) => this.isSaid(what as keyof typeof saidOf)));
  }

  #asSaid(): Pick<Wish, 'source'> & Partial<Wish> {
    return { source: this.source, ...(this.source === 'points' ? this.#howToRead() : {}), ...this.#said() };
  }

  #howToRead(): Partial<Wish> {
    if (this.profile === own) return { profile_toml: this.ownProfile?.toml ?? '' };
    if (this.profile !== '') return { profile: this.profile };
    return { changes: { ...this.changes }, kinds: { ...this.kinds } };
  }

  async #followToItsEnd(id: number, dryRun: boolean): Promise<void> {
    await this.#askUntil(id, () => !this.isRunning);
    if (this.file?.id === id && this.file.step === 'done' && !dryRun) await this.onTakenIn();
  }

  /** A server that has no time is asked again; one that knows nothing of it has lost it. */
  async #askUntil(id: number, isOver: () => boolean): Promise<void> {
    let pause = askEvery;
    while (this.file?.id === id && this.file.step !== 'failed' && !isOver()) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (this.file?.id !== id) return;
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

  /**
   * An answer that comes when another file or another look is wanted changes nothing.
   * @returns the status of a refusal, 0 where no answer came, null where all went well.
   */
  async #ask(question: () => Promise<Import>): Promise<number | null> {
    const turn = this.#turn;
    const isWanted = () => turn === this.#turn;
    try {
      const file = await question();
      if (!isWanted()) return null;
      this.file = file;
      this.#rememberSheets();
      this.fault = null;
      return null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!isWanted()) return null;
      this.fault = error.fault;
      return error.status;
    }
  }
}

/** Without what is empty. */
function given<Fields extends Record<string, string>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<Fields>;
}

/** What it seems to be; a table of incidents while nobody can tell. */
function sourceOf({ source }: Import): Source {
  return sources.find((known) => known === source) ?? 'points';
}

/** Nothing of the file is left to be done. */
function hasEnded({ step, dry_run }: Import): boolean {
  return step === 'cancelled' || (step === 'done' && !dry_run);
}

/** As it is when met again: a refusal is kept, whatever else came of a run is not. */
function asMet(found: Import): Import {
  if (found.step !== 'failed' || found.error === undefined) return asSent(found);
  // Without the field there is nothing to press: it would be done with other choices than those of the run.
  const { code, message } = found.error;
  return { ...found, error: { code, message } };
}

/** Without what came of a run whose mapping is not known any more. */
function asSent({ report: _report, error: _error, ...sent }: Import): Import {
  return { ...sent, step: 'waiting', dry_run: false };
}
