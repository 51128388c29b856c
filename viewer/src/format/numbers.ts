import type { Lang } from '../state/url-state';

const locales: Record<Lang, string> = { sv: 'sv-SE', en: 'en-GB' };

export function localeOf(lang: Lang): string {
  return locales[lang];
}

/** `12 403` */
export function wholeNumber(value: number, lang: Lang): string {
  return new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 0 }).format(value);
}

/** All its decimals: what somebody chose is not rounded. */
export function plainNumber(value: number, lang: Lang): string {
  return new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 10 }).format(value);
}

/** Metres below a kilometre, then kilometres: `500 m`, `2,5 km`. */
export function distance(metres: number, lang: Lang): string {
  const [value, unit] = metres < 1000 ? [metres, 'm'] : [metres / 1000, 'km'];
  return `${new Intl.NumberFormat(locales[lang], { maximumFractionDigits: 3 }).format(value)}\u00a0${unit}`;
}

/** Three significant digits, or all of the whole part: `0,0123`, `4,57`, `1 235`. */
export function measured(value: number, lang: Lang): string {
  const options: Intl.NumberFormatOptions =
    Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 };
  return new Intl.NumberFormat(locales[lang], options).format(value);
}

/** So many decimals, always: figures of a column line up. */
export function withDecimals(value: number, decimals: number, lang: Lang): string {
  return new Intl.NumberFormat(locales[lang], { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}

/** Decimals that give the largest figure of a column two digits, and one decimal below a hundred: 2 for 0.118, 1 for 21.6. */
export function decimalsFor(largest: number): number {
  if (largest <= 0 || largest >= 100) return 0;
  return Math.min(8, Math.max(1, 1 - Math.floor(Math.log10(largest))));
}

/** `12,5 %` of a share 0..1, with one decimal unless told otherwise, always: shares that are compared line up. */
export function percent(share: number, lang: Lang, decimals = 1): string {
  return new Intl.NumberFormat(locales[lang], {
    style: 'percent',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(share);
}

/** `a, b eller c` */
export function either(parts: readonly string[], lang: Lang): string {
  return new Intl.ListFormat(locales[lang], { type: 'disjunction' }).format(parts);
}
