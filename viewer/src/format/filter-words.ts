import type { Messages } from '../i18n/messages';
import { hourRuns, weekdaysIn, type Filter } from '../state/filters';
import type { Lang } from '../state/url-state';
import { periodText } from './times';

export interface FilterPart {
  readonly key: keyof Filter;
  readonly text: string;
  /** The change that takes this part away. */
  readonly without: Partial<Filter>;
}

export interface Names {
  kind(code: string): string;
  source(name: string): string;
  area(code: string): string;
}

/** A filter in words, part by part, in the order of the filter panel. */
export function filterWords(filter: Filter, names: Names, t: Messages, lang: Lang): FilterPart[] {
  const parts: FilterPart[] = [];
  const add = (key: keyof Filter, label: string, text: string, without: Partial<Filter>) =>
    parts.push({ key, text: `${label}: ${text}`, without });
  const list = (all: readonly string[]) =>
    all.length > 2 ? t.filter.more(all[0] ?? '', String(all.length - 1)) : all.join(', ');

  if (filter.period) add('period', t.filter.period, periodText(filter.period, lang), { period: null });
  if (filter.kinds.length > 0) add('kinds', t.filter.kinds, list(filter.kinds.map(names.kind)), { kinds: [] });
  if (filter.sources.length > 0) {
    add('sources', t.filter.sources, list(filter.sources.map(names.source)), { sources: [] });
  }
  if (filter.areas.length > 0) add('areas', t.filter.areas, list(filter.areas.map(names.area)), { areas: [] });
  if (filter.hours !== 0) add('hours', t.filter.hours, t.filter.hoursText(hoursWords(filter.hours)), { hours: 0 });
  if (filter.weekdays !== 0) {
    const days = weekdaysIn(filter.weekdays).map((day) => t.weekdays[day]);
    add('weekdays', t.filter.weekdays, days.join(', '), { weekdays: 0 });
  }
  if (filter.precision) {
    add('precision', t.filter.precision, t.precision[filter.precision], { precision: null });
  }
  return parts;
}

/** `18–24, 22–2` */
export function hoursWords(hours: number): string {
  return hourRuns(hours)
    .map((run) => `${run.from}–${run.to}`)
    .join(', ');
}
