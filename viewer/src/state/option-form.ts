import type { OptionDescription } from '../api/types';
import { isDate } from './filters';

/** What may be typed for an option, beside its words. */
export type Typed = 'number' | 'edges' | 'date';

export function typedIn(option: OptionDescription): Typed | null {
  if (option.most_edges !== undefined) return 'edges';
  if (option.date === true) return 'date';
  return option.low === undefined ? null : 'number';
}

/** What the controls of an option hold: one of its words, or nothing and what was typed. */
export interface Entry {
  readonly word: string | null;
  readonly text: string;
}

export function entryOf(option: OptionDescription, value: string): Entry {
  return option.words.includes(value) ? { word: value, text: '' } : { word: null, text: edgesForPeople(option, value) };
}

/** The value as the server writes it, or nothing where it would refuse it. */
export function valueOf(option: OptionDescription, { word, text }: Entry): string | null {
  if (word !== null) return option.words.includes(word) ? word : null;
  switch (typedIn(option)) {
    case 'number':
      return allNumbers(option, [text])?.[0]?.toString() ?? null;
    case 'edges': {
      const edges = allNumbers(option, text.trim().split(/\s*[,;]\s*|\s+/));
      const rise = edges?.every((edge, at) => at === 0 || edge > (edges[at - 1] ?? Infinity)) ?? false;
      return edges !== null && rise && edges.length >= 2 && edges.length <= (option.most_edges ?? 0) ? edges.join(',') : null;
    }
    case 'date':
      return isDate(text) ? text : null;
    case null:
      return null;
  }
}

/** What is typed first, where somebody chooses to type: the default, if that is no word. */
export function firstText(option: OptionDescription): string {
  return option.words.includes(option.default) ? '' : edgesForPeople(option, option.default);
}

function allNumbers(option: OptionDescription, texts: readonly string[]): number[] | null {
  const numbers = texts.map((text) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : NaN));
  const { low = -Infinity, high = Infinity, whole = false } = option;
  return numbers.every((n) => n >= low && n <= high && (!whole || Number.isInteger(n))) ? numbers : null;
}

function edgesForPeople(option: OptionDescription, value: string): string {
  return typedIn(option) === 'edges' ? value.replaceAll(',', ', ') : value;
}
