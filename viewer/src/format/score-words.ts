import type { LinkScore } from '../api/types';
import type { Messages } from '../i18n/messages';
import type { Lang } from '../state/url-state';
import { distance, localeOf, wholeNumber } from './numbers';

export interface ScorePart {
  readonly of: keyof LinkScore['of'];
  readonly bits: number;
  readonly text: string;
}

/** What speaks for and against two reports being of one event, part by part; the bits add up to those of the score. */
export function scoreWords(
  score: LinkScore,
  sharedWords: readonly string[],
  areaName: (code: string) => string,
  t: Messages,
  lang: Lang,
): ScorePart[] {
  const source = [
    ...(score.one_source ? [t.review.words.oneSource] : []),
    ...(score.other_case_numbers ? [t.review.words.otherCaseNumbers] : []),
  ];
  const said = score.withheld ? [t.review.words.withheld] : [
    ...sharedWordsWords(score, sharedWords, t),
    ...(score.same_wording ? [t.review.words.sameWording] : []),
    ...(score.other_numbers ? [t.review.words.otherNumbers] : []),
  ];
  const part = (of: ScorePart['of'], text: string): ScorePart => ({ of, bits: score.of[of], text });
  return [
    part('time', timeWords(score.gap_seconds, t, lang)),
    ...(score.withheld ? [] : [part('place', placeWords(score, areaName, t, lang))]),
    part('kind', t.review.words.kinds[score.kinds]),
    part('words', said.join('; ')),
    ...(source.length > 0 || score.of.source !== 0 ? [part('source', source.join('; ') || t.review.words.sources)] : []),
    part('prior', t.review.words.prior),
  ];
}

/** `+7,5`, `−9,0` */
export function bitsText(bits: number, lang: Lang): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const;
  return new Intl.NumberFormat(localeOf(lang), options).format(bits).replace('-', '−');
}

export interface Passage {
  readonly text: string;
  readonly isShared: boolean;
}

/** A text in passages, those apart whose words both reports say. The server names words by how they begin. */
export function passages(text: string, stems: readonly string[]): Passage[] {
  return text
    .split(wordBounds)
    .filter((part) => part !== '')
    .map((part) => ({ text: part, isShared: stems.includes(stemOf(part)) }))
    .reduce<Passage[]>((joined, part) => {
      const last = joined.at(-1);
      return last !== undefined && !last.isShared && !part.isShared
        ? [...joined.slice(0, -1), { text: last.text + part.text, isShared: false }]
        : [...joined, part];
    }, []);
}

/** Beginnings of words as the words that a text has for them, each once, in lower case. */
export function wholeWords(stems: readonly string[], text: string): string[] {
  const words = text.toLowerCase().split(wordBounds);
  return stems.map((stem) => words.find((word) => stemOf(word) === stem) ?? stem);
}

/** What the server takes for a word, and the letters by which it compares: geo_core/linkage/report_words.cpp. */
const wordBounds = /([a-z0-9\u0080-\u{10ffff}]+)/iu;
const stemLetters = 6;

function stemOf(word: string): string {
  return [...word.toLowerCase()].slice(0, stemLetters).join('');
}

function sharedWordsWords(score: LinkScore, sharedWords: readonly string[], t: Messages): string[] {
  if (sharedWords.length > 0) return [t.review.words.shared(sharedWords.join(', '))];
  return score.same_wording ? [] : [t.review.words.noneShared];
}

function timeWords(seconds: number, t: Messages, lang: Lang): string {
  if (seconds === 0) return t.review.words.time.overlap;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 120) return t.review.words.time.minutes(wholeNumber(minutes, lang));
  return t.review.words.time.hours(wholeNumber(Math.round(minutes / 60), lang));
}

function placeWords(score: LinkScore, areaName: (code: string) => string, t: Messages, lang: Lang): string {
  const { metres_apart: apart, uncertainty_metres: uncertainty, common_area: area } = score;
  if (apart !== undefined) {
    return t.review.words.place.apart(distance(rounded(apart), lang), distance(rounded(uncertainty ?? 0), lang));
  }
  return area !== undefined ? t.review.words.place.commonArea(areaName(area)) : t.review.words.place.county;
}

/** Whole metres, and tens of them beyond a kilometre. */
function rounded(metres: number): number {
  return metres < 1000 ? Math.round(metres) : Math.round(metres / 10) * 10;
}
