import { en } from './en';
import { sv } from './sv';
import type { Lang } from '../state/url-state';

/** What every language must say. Swedish is the pattern. */
export type Messages = Saying<typeof sv>;

type Saying<T> = T extends string
  ? string
  : T extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof T]: Saying<T[Key]> };

export const messages: Readonly<Record<Lang, Messages>> = { sv, en };
