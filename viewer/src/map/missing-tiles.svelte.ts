const firstWait = 1_000;
const longestWait = 30_000;

/** Sources with tiles that did not come. They are asked for again, at growing intervals, until they do. */
export class MissingTiles {
  /** Something is missing from the map at present. */
  any = $state(false);
  readonly #sources = new Set<string>();
  #wait = firstWait;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly ask: (sources: readonly string[]) => void) {}

  /** A tile of the source did not come. */
  note(source: string): void {
    this.any = true;
    this.#sources.add(source);
    this.#timer ??= setTimeout(() => this.askAgain(), this.#wait);
  }

  askAgain(): void {
    this.stop();
    if (this.#sources.size === 0) return;
    this.#wait = Math.min(this.#wait * 2, longestWait);
    const sources = [...this.#sources];
    this.#sources.clear();
    this.ask(sources);
  }

  /** Everything asked for has come, or was noted. */
  settled(): void {
    if (this.#sources.size > 0) return;
    this.any = false;
    this.#wait = firstWait;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
