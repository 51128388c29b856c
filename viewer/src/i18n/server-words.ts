import { wholeNumber } from '../format/numbers';
import { periodText } from '../format/times';
import type { Lang } from '../state/url-state';
import { counted } from './counted';
import { messages } from './messages';

/**
 * The server says units and notes in English, as command line and exports do. Here they are in the
 * person's language; a sentence that is not known is shown as it came.
 */
export function unitWords(unit: string, lang: Lang): string {
  return translated(unit, units, lang) ?? unit;
}

export function noteWords(note: string, lang: Lang): string {
  return translated(note, notes, lang) ?? note;
}

/** A parameter by name and value, with its unit where it is a length. */
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

type Words = readonly [pattern: RegExp, words: Record<Lang, (parts: readonly string[], lang: Lang) => string>];

const figure = (text: string | undefined, lang: Lang) => wholeNumber(Number(text), lang);
const say = (pattern: RegExp, sv: (p: readonly string[]) => string, en?: (p: readonly string[]) => string): Words => [
  pattern,
  { sv, en: en ?? (([whole = '']) => whole) },
];

const periodAfter = (from: string | undefined, to: string | undefined, lang: Lang) =>
  from === undefined || to === undefined ? '' : `, ${periodText({ from, to }, lang)}`;

const units: readonly Words[] = [
  say(/^incidents$/, () => 'händelser'),
  say(/^incidents per km²$/, () => 'händelser per km²'),
  say(/^weighted incidents per km²$/, () => 'vägda händelser per km²'),
  say(/^incidents per place$/, () => 'händelser per plats'),
  say(/^incidents per area$/, () => 'händelser per område'),
  [
    /^incidents per (\d+) inhabitants and year$/,
    {
      sv: ([, per]) => `händelser per ${figure(per, 'sv')} invånare och år`,
      en: ([, per]) => `incidents per ${figure(per, 'en')} inhabitants and year`,
    },
  ],
  [
    /^incidents per (\d+) inhabitants(?: over the period (\S+) to (\S+))?$/,
    {
      sv: ([, per, from, to]) => `händelser per ${figure(per, 'sv')} invånare${periodAfter(from, to, 'sv')}`,
      en: ([, per, from, to]) => `incidents per ${figure(per, 'en')} inhabitants${periodAfter(from, to, 'en')}`,
    },
  ],
];

const notes: readonly Words[] = [
  say(
    /^Fewer than two incidents: the (\w+) is the default, not chosen from the data\.$/,
    () => 'Färre än två händelser: sökradien är den förvalda, inte vald efter data.',
  ),
  say(
    /^The rule (\w+) wanted (\S+) m; the nearest allowed is used\.$/,
    ([, rule = '', metres]) =>
      `Regeln ${messages.sv.parameterValues[rule] ?? rule} gav ${metres} m; närmaste tillåtna används.`,
  ),
  say(
    /^The cells are larger than the radius: incidents between their centres do not show\.$/,
    () => 'Rutorna är större än sökradien: händelser mellan deras mittpunkter syns inte.',
  ),
  say(
    /^Published counts\. Cells with fewer than (\d+) incidents, and those that would reveal them, are shown as empty\.$/,
    ([, few]) => `Publicerade antal. Rutor med färre än ${few} händelser, och de som skulle avslöja dem, visas som tomma.`,
  ),
  say(
    /^Corrected at the county's border\. Outside it nothing is computed\.$/,
    () => 'Rättat vid länsgränsen. Utanför den är ingenting beräknat.',
  ),
  say(
    /^The borders may lie up to (\S+) m from the true ones; so does the correction\.$/,
    ([, metres]) => `Gränserna kan ligga upp till ${metres} m fel, och rättningen likaså.`,
  ),
  say(
    /^One place: coordinates within (\S+) m of its most frequent one\.$/,
    ([, metres]) => `En plats: koordinater inom ${metres} m från dess vanligaste.`,
  ),
  say(
    /^(\d+) incidents are known only to the street: at the street's own place they can look like repeats\.$/,
    ([, n]) =>
      `${counted(figure(n, 'sv'), 'händelse är bara känd', 'händelser är bara kända')} till gata: på gatans egen plats kan sådana se ut som upprepningar.`,
    ([, n]) =>
      `${counted(figure(n, 'en'), 'incident is', 'incidents are')} known only to the street: at the street’s own place such can look like repeats.`,
  ),
  say(
    /^(\d+) incidents have a time known only to more than a day: its start is used\.$/,
    ([, n]) =>
      `${counted(figure(n, 'sv'), 'händelse', 'händelser')} har en tid som är osäker med mer än ett dygn: dess början används.`,
    ([, n]) =>
      `${counted(figure(n, 'en'), 'incident has', 'incidents have')} a time known only to more than a day: its start is used.`,
  ),
  say(/^Not smoothed, because some counts are withheld\.$/, () => 'Inte utjämnat, eftersom några antal inte visas.'),
  say(/^Inhabitants of (\d{4})\.$/, ([, year]) => `Invånare ${year}.`),
  say(
    /^(\d+) incidents are known only to the county and are in no area\.$/,
    ([, n]) =>
      `${counted(figure(n, 'sv'), 'händelse är bara känd', 'händelser är bara kända')} till län och ingår inte i något område.`,
    ([, n]) =>
      `${counted(figure(n, 'en'), 'incident is', 'incidents are')} known only to the county and in no area.`,
  ),
  say(
    /^(\d+) areas have no known population and therefore no rate\.$/,
    ([, n = '']) => `${counted(n, 'område', 'områden')} saknar känd folkmängd och därför tal per invånare.`,
    ([, n = '']) =>
      `${counted(n, 'area has', 'areas have')} no known population and therefore no rate.`,
  ),
  say(
    /^(\d+) areas have counts too small to publish, or that would reveal one\.$/,
    ([, n = '']) =>
      `${counted(n, 'område', 'områden')} har antal som är för små för att visas, eller som skulle avslöja ett sådant.`,
    ([, n = '']) =>
      `${counted(n, 'area has a count', 'areas have counts')} too small to publish, or that would reveal one.`,
  ),
  say(/^Borders may lie up to (\S+) m from the true ones\.$/, ([, metres]) => `Gränserna kan ligga upp till ${metres} m fel.`),
];

function translated(text: string, table: readonly Words[], lang: Lang): string | null {
  for (const [pattern, words] of table) {
    const match = pattern.exec(text);
    if (match) return words[lang](match, lang);
  }
  return null;
}
