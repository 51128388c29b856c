import { wholeNumber } from '../format/numbers';
import type { Lang } from '../state/url-state';
import { messages } from './messages';

/** A parameter by name and value, with its unit where it is a length. What is not known is shown as it came. */
export function parameterWords(key: string, value: string, lang: Lang): { name: string; value: string } {
  const t = messages[lang];
  const isFigure = /^[\d.]+$/.test(value);
  const isLength = isFigure && ['cell', 'radius', 'sigma', 'tolerance'].includes(key);
  return {
    name: t.parameters[key] ?? key,
    value: isFigure
      ? `${wholeNumber(Number(value), lang)}${isLength ? '\u00a0m' : ''}`
      : (t.parameterValues[value] ?? value),
  };
}
