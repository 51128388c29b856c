/** Two reports, named as the API does: `police:12345`. */
export interface ReportPair {
  readonly a: string;
  readonly b: string;
}

/** Whichever of the two stands first. */
export function samePair(one: ReportPair, other: ReportPair): boolean {
  return (one.a === other.a && one.b === other.b) || (one.a === other.b && one.b === other.a);
}

/**
 * The pair before or after one of a list. One that was decided is gone from the list: the pair that took its
 * place is the next then.
 * @param found where it is in the list, or -1
 * @param position where it was last
 */
export function pairBeside(
  pairs: readonly ReportPair[],
  found: number,
  position: number,
  step: 1 | -1,
): ReportPair | null {
  const at = found >= 0 ? found + step : step === 1 ? position : position - 1;
  return pairs[at] ?? null;
}

export function parseReport(text: string): string | undefined {
  return /^[^:]+:.+$/s.test(text) && text.length <= 500 ? text : undefined;
}
