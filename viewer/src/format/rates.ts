import type { Rates } from '../api/types';
import type { Lang } from '../state/url-state';
import { decimalsFor, withDecimals } from './numbers';

/**
 * Writes every rate of a table, and of the map beside it, with the same decimals: those of the largest.
 * Where nothing happened the ends of the intervals are all there is. Nothing at all is 0, however many they are.
 */
export function rateText({ areas }: Rates, lang: Lang): (rate: number) => string {
  const largest = (of: 'rate' | 'high') => Math.max(0, ...areas.map((area) => area[of] ?? 0));
  const decimals = decimalsFor(largest('rate') || largest('high'));
  return (rate) => withDecimals(rate, rate === 0 ? 0 : decimals, lang);
}
