import { ApiError, get, send, type Fault } from '../api/client';
import type { Import, Schemas } from '../api/types';

type Wish = Schemas['RunImport'];

const askEvery = 400;

/** One file on its way into the store: sent, looked at, tried, taken in. */
export class FileImport {
  file = $state.raw<Import | null>(null);
  sending = $state<string | null>(null);
  fault = $state.raw<Fault | null>(null);
  source = $state<Wish['source']>('points');
  /** A built-in column profile; empty: the suggested one with the changes. */
  profile = $state('');
  set = $state('');
  changes = $state.raw<Readonly<Record<string, string>>>({});
  kinds = $state.raw<Readonly<Record<string, string>>>({});

  constructor(private readonly onTakenIn: () => Promise<void>) {}

  get isRunning(): boolean {
    return this.file?.step === 'running';
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

  change(key: string, value: string): void {
    this.changes = { ...this.changes, [key]: value };
  }

  changeKind(word: string, code: string): void {
    this.kinds = { ...this.kinds, [word]: code };
  }

  async run(by: string, dryRun: boolean): Promise<void> {
    if (this.file === null || this.isRunning) return;
    const { id } = this.file;
    const isTable = this.source === 'points';
    const wish: Wish = {
      by,
      source: this.source,
      dry_run: dryRun,
      ...(isTable && this.profile !== '' ? { profile: this.profile } : {}),
      ...(isTable && this.profile === '' ? { changes: { ...this.changes }, kinds: { ...this.kinds } } : {}),
      ...(this.set === '' ? {} : { set: this.set }),
    };
    await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/run`, wish));
    await this.#follow(id);
    if (this.file?.step === 'done' && !dryRun) await this.onTakenIn();
  }

  async cancel(by: string): Promise<void> {
    if (this.file === null) return;
    const { id } = this.file;
    await this.#ask(() => send('Import', 'POST', `/api/v1/imports/${id}/cancel`, { by }));
  }

  forget(): void {
    this.file = null;
    this.fault = null;
    this.profile = '';
    this.set = '';
    this.changes = {};
    this.kinds = {};
  }

  async #follow(id: number): Promise<void> {
    while (this.isRunning && this.file?.id === id) {
      await new Promise((resolve) => setTimeout(resolve, askEvery));
      await this.#ask(() => get('Import', `/api/v1/imports/${id}`, {}));
      if (this.fault?.kind === 'refused') return;
    }
  }

  async #ask(question: () => Promise<Import>): Promise<void> {
    try {
      this.file = await question();
      this.fault = null;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.fault = error.fault;
    }
  }
}
