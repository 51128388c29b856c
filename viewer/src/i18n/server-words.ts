import type { OptionDescription } from '../api/types';
import { either, plainNumber } from '../format/numbers';
import type { Lang } from '../state/url-state';
import { messages } from './messages';

/** The name of an option: a short one where there is, else the sentence with which the catalogue describes it. */
export function optionName(key: string, option: OptionDescription | undefined, lang: Lang): string {
  const t = messages[lang];
  return t.parameters[key] ?? option?.[lang].replace(/\.$/, '') ?? key;
}

/** Whether its sentence still has something to say beside its name. */
export function hasShortName(key: string, lang: Lang): boolean {
  const t = messages[lang];
  return t.parameters[key] !== undefined;
}

/** A value of an option: its words in the language where they are known, figures with their unit. */
export function optionValue(value: string, option: OptionDescription | undefined, lang: Lang): string {
  const t = messages[lang];
  const words = t.parameterValues[value];
  if (words !== undefined) return words;
  const figures = value.split(',');
  if (!figures.every((text) => /^[+-]?\d+(\.\d+)?$/.test(text))) return value;
  const unit = unitWords(option?.unit ?? '', lang);
  return figures.map((text) => plainNumber(Number(text), lang)).join(figures.length > 1 ? '; ' : '') + (unit === '' ? '' : `\u00a0${unit}`);
}

/** The server says units of single quantities in English. One that is not known is shown as it came. */
export function unitWords(unit: string, lang: Lang): string {
  const t = messages[lang];
  return t.units[unit] ?? unit;
}

/** What an option takes, in the words of a form. */
export function allowedWords(option: OptionDescription, lang: Lang): string {
  const t = messages[lang];
  const { low = 0, high = 0, whole = false, most_edges: most } = option;
  const unit = unitWords(option.unit, lang);
  const span = `${plainNumber(low, lang)}–${plainNumber(high, lang)}${unit === '' ? '' : `\u00a0${unit}`}`;
  const typed =
    most !== undefined ? [t.options.edges(String(most), span)]
    : option.date === true ? [t.options.day]
    : option.low === undefined ? []
    : [whole ? t.options.whole(span) : span];
  return t.options.allowed(either([...typed, ...option.words.map((word) => optionValue(word, option, lang))], lang));
}
