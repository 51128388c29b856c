/** Which incidents are meant. The same idea and the same text form as `geo_core/filter.hpp`. */
export interface Filter {
  readonly areas: readonly string[];
  /** Bit h = hour [h, h+1) of the local day; 0 = all. */
  readonly hours: number;
  readonly kinds: readonly string[];
  /** Local dates, half-open. */
  readonly period: Period | null;
  readonly precision: Precision | null;
  readonly sources: readonly string[];
  /** Bit 0 = Monday; 0 = all. */
  readonly weekdays: number;
}

export interface Period {
  readonly from: string;
  readonly to: string;
}

export const precisions = ['exact', 'address', 'street', 'locality', 'kommun', 'lan'] as const;
export type Precision = (typeof precisions)[number];

export const weekdayCodes = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const emptyFilter: Filter = {
  areas: [],
  hours: 0,
  kinds: [],
  period: null,
  precision: null,
  sources: [],
  weekdays: 0,
};

const allHours = 0xffffff;
const allWeekdays = 0x7f;
const longestText = 64 * 1024;

/** The canonical text, byte for byte what the server makes of the same filter. */
export function filterText(filter: Filter): string {
  const parts: string[] = [];
  const addList = (key: string, list: readonly string[]) => {
    if (list.length > 0) parts.push(`${key}=${sortedNames(list).join(',')}`);
  };
  addList('areas', filter.areas);
  if (filter.hours !== 0) parts.push(`hours=${hoursText(filter.hours)}`);
  addList('kinds', filter.kinds);
  if (filter.period) parts.push(`period=${filter.period.from}..${filter.period.to}`);
  if (filter.precision) parts.push(`precision=${filter.precision}`);
  addList('sources', filter.sources);
  if (filter.weekdays !== 0) parts.push(`weekdays=${weekdaysIn(filter.weekdays).join(',')}`);
  return parts.join(';');
}

/**
 * Reads the text form. What cannot be understood is left out and named in `rejected`, so that an old
 * or mistyped link still opens, and the person is told.
 */
export function parseFilter(text: string): { filter: Filter; rejected: string[] } {
  let filter = emptyFilter;
  const rejected: string[] = [];
  if (text.length > longestText) return { filter, rejected: [`${text.slice(0, 40)}…`] };
  const parts = text.split(';').filter((p) => p !== '');
  const keyOf = (part: string) => part.slice(0, Math.max(0, part.indexOf('=')));
  const keys = parts.map(keyOf);
  for (const part of parts) {
    const key = keyOf(part);
    // Of a key that is there twice nobody knows which was meant; the server refuses it too.
    const isTwice = keys.indexOf(key) !== keys.lastIndexOf(key);
    const read = key === '' || isTwice ? null : parsePart(key, part.slice(key.length + 1));
    if (read) filter = { ...filter, ...read };
    else rejected.push(part.slice(0, 80));
  }
  return { filter, rejected };
}

export function sameFilter(a: Filter, b: Filter): boolean {
  return filterText(a) === filterText(b);
}

/** Whether a filter asks for an area at all; without any, for all of them. */
export function asksForArea({ areas }: Filter, code: string): boolean {
  return areas.length === 0 || areas.includes(code);
}

/** Hours as half-open runs; one that goes through midnight is written last. */
export function hourRuns(hours: number): { from: number; to: number }[] {
  const has = (hour: number) => ((hours >> (hour % 24)) & 1) === 1;
  const runs: { from: number; to: number }[] = [];
  for (let hour = 0; hour < 24; ++hour) {
    if (!has(hour) || has(hour + 23)) continue;
    let end = hour + 1;
    while (has(end)) ++end;
    runs.push({ from: hour, to: end > 24 ? end - 24 : end });
  }
  return runs;
}

/** The hours from one to the other, through midnight where `to` is not later; all of them is 0. */
export function hoursBetween(from: number, to: number): number {
  let hours = 0;
  let hour = from;
  do {
    hours |= 1 << hour;
    hour = (hour + 1) % 24;
  } while (hour !== to % 24);
  return hours === allHours ? 0 : hours;
}

export function weekdaysIn(weekdays: number): (typeof weekdayCodes)[number][] {
  return weekdayCodes.filter((_, day) => ((weekdays >> day) & 1) === 1);
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function parsePart(key: string, value: string): Partial<Filter> | null {
  switch (key) {
    case 'areas':
    case 'kinds':
    case 'sources': {
      const names = value.split(',');
      return names.length <= 1000 && names.every((n) => /^[\w.-]{1,100}$/.test(n))
        ? { [key]: sortedNames(names) }
        : null;
    }
    case 'hours': {
      const hours = parseHours(value);
      return hours === null ? null : { hours };
    }
    case 'weekdays': {
      const days = value.split(',').map((d) => weekdayCodes.findIndex((code) => code === d));
      if (days.includes(-1)) return null;
      const weekdays = days.reduce((bits, day) => bits | (1 << day), 0);
      return { weekdays: weekdays === allWeekdays ? 0 : weekdays };
    }
    case 'period': {
      const [from, to, more] = value.split('..');
      return from && to && more === undefined && isDate(from) && isDate(to) && from < to
        ? { period: { from, to } }
        : null;
    }
    case 'precision': {
      const precision = precisions.find((p) => p === value);
      return precision ? { precision } : null;
    }
    default:
      return null;
  }
}

function parseHours(value: string): number | null {
  let hours = 0;
  for (const part of value.split(',')) {
    const match = /^(\d{1,2})(?:\.\.(\d{1,2}))?$/.exec(part);
    if (!match) return null;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from + 1 : Number(match[2]);
    if (from > 23 || to > 24 || from === to) return null;
    hours |= from === 0 && to === 24 ? allHours : hoursBetween(from, to) || allHours;
  }
  return hours === allHours ? 0 : hours;
}

function hoursText(hours: number): string {
  return hourRuns(hours)
    .map((run) => `${run.from}..${run.to}`)
    .join(',');
}

/** In order of bytes, as the server sorts, and each once. */
function sortedNames(names: readonly string[]): string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
