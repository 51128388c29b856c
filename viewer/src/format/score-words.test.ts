import { expect, test } from 'vitest';
import type { LinkScore } from '../api/types';
import { messages } from '../i18n/messages';
import { bitsText, passages, scoreWords, wholeWords } from './score-words';

const score: LinkScore = {
  bits: 16.49,
  outcome: 'same',
  of: { prior: -9, time: -1, place: 7.49, kind: 4, source: 0, words: 15 },
  gap_seconds: 0,
  withheld: false,
  metres_apart: 7.087,
  uncertainty_metres: 80,
  kinds: 'same',
  one_source: false,
  other_case_numbers: false,
  same_wording: true,
  other_numbers: false,
  shared_words: ['sprayf', 'taggar'],
  explanation: [],
};
const swedish = (of: Partial<LinkScore>, shared: string[] = []) =>
  scoreWords({ ...score, ...of }, shared, (code) => `<${code}>`, messages.sv, 'sv').map((part) => part.text);

test('a score is told part by part, and the parts add up to it', () => {
  const parts = scoreWords(score, ['sprayfärg', 'taggar'], String, messages.sv, 'sv');
  expect(parts.map(({ of, text }) => [of, text])).toEqual([
    ['time', 'tiderna överlappar eller möts'],
    ['place', '7\u00a0m isär; platserna är kända på ungefär 80\u00a0m'],
    ['kind', 'samma brottstyp, eller ett finare ord för den'],
    ['words', 'båda säger sprayfärg, taggar; samma ordalydelse'],
    ['prior', 'två rapporter nära i tiden är sällan om samma händelse'],
  ]);
  expect(parts.reduce((sum, part) => sum + part.bits, 0)).toBeCloseTo(score.bits, 6);
});

test('what speaks against is told too', () => {
  const of = { ...score.of, source: -12 };
  expect(swedish({ of: { ...of, words: -3.2 }, one_source: true, other_case_numbers: true, same_wording: false, other_numbers: true })).toEqual(
    expect.arrayContaining([
      'samma källa, som oftast berättar en gång; två olika ärendenummer',
      'inga gemensamma ord av betydelse; andra nummer på vägar eller hus',
    ]),
  );
});

test('places and words that may not be shown are not said to be absent, and weigh', () => {
  const parts = scoreWords({ ...score, withheld: true, of: { ...score.of, place: 0, words: 22.49 } }, [], String, messages.sv, 'sv');
  expect(parts.map(({ of }) => of)).toEqual(['time', 'kind', 'words', 'prior']);
  expect(parts[2]).toEqual({ of: 'words', bits: 22.49, text: 'platser och ord, som inte visas: den ena är av en skyddad brottstyp' });
  expect(parts.reduce((sum, part) => sum + part.bits, 0)).toBeCloseTo(score.bits, 6);
});

test('the same wording without a telling word is told', () => {
  const words = (of: Partial<LinkScore>) => swedish(of)[3];
  expect(words({ same_wording: true })).toBe('samma ordalydelse');
  expect(words({ same_wording: false, of: { ...score.of, words: 0 } })).toBe('inga gemensamma ord av betydelse');
});

test('what lies between is told in minutes, then in hours', () => {
  const between = (gap_seconds: number) => swedish({ gap_seconds })[0];
  expect([20, 60, 1800, 7140, 7200, 86_400].map(between)).toEqual([
    '1 minut emellan', '1 minut emellan', '30 minuter emellan', '119 minuter emellan', '2 timmar emellan', '24 timmar emellan',
  ]);
});

test('a place known to the kommun alone is told by its name', () => {
  const { metres_apart: _, uncertainty_metres: __, ...unplaced } = score;
  const words = (of: LinkScore) => scoreWords(of, [], (code) => `<${code}>`, messages.en, 'en')[1]?.text;
  expect(words({ ...unplaced, common_area: '0380' })).toBe('both in <0380>, one known no better');
  expect(words(unplaced)).toBe('one is known only to the county');
  expect(words({ ...score, metres_apart: 1234.5, uncertainty_metres: 500 })).toBe('1.23\u00a0km apart; the places are known to about 500\u00a0m');
});

test('bits have their sign', () => {
  expect([16.49, -9, 0, -0.04].map((bits) => bitsText(bits, 'sv'))).toEqual(['+16,5', '−9,0', '0,0', '0,0']);
});

test('shared words are marked by how they begin, whole words alone', () => {
  expect(passages('Taggar med sprayfärg, sprayade väggen.', ['sprayf', 'taggar', 'vägg'])).toEqual([
    { text: 'Taggar', isShared: true },
    { text: ' med ', isShared: false },
    { text: 'sprayfärg', isShared: true },
    { text: ', sprayade väggen.', isShared: false },
  ]);
  expect(passages('', ['taggar'])).toEqual([]);
  expect(passages('E4:an', ['e4']).filter((part) => part.isShared)).toEqual([{ text: 'E4', isShared: true }]);
});

test('beginnings are written out as the reports write them', () => {
  expect(wholeWords(['sprayf', 'vägg', 'okänt'], 'Klotter på vägg. Sprayfärg.')).toEqual(['sprayfärg', 'vägg', 'okänt']);
});
