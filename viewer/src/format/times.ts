import { localeOf } from './numbers';
import type { Lang } from '../state/url-state';
import type { Period } from '../state/filters';

const hour = 3_600_000;

/** `2025-01-31` as `31 jan. 2025`. Dates without a time have no zone. */
export function dateText(date: string, lang: Lang): string {
  return new Intl.DateTimeFormat(localeOf(lang), { dateStyle: 'medium', timeZone: 'UTC' }).format(utc(date));
}

/** A half-open period with its last day: `1 jan. 2025 – 31 jan. 2025`. */
export function periodText(period: Period, lang: Lang): string {
  const last = addDays(period.to, -1);
  return last === period.from
    ? dateText(last, lang)
    : `${dateText(period.from, lang)} – ${dateText(last, lang)}`;
}

/** How an interval is told: a minute, a span within a day or across days, or whole days without an hour. */
export type Told =
  | { readonly form: 'moment'; readonly at: string }
  | { readonly form: 'span'; readonly from: string; readonly to: string }
  | { readonly form: 'day'; readonly day: string }
  | { readonly form: 'days'; readonly from: string; readonly to: string };

/**
 * An uncertain time `[from, to)` in the county's civil time. A time known to the minute is one minute
 * long, a date without a time one civil day (23 to 25 hours).
 */
export function toldInterval(from: string, to: string, lang: Lang, timeZone: string): Told {
  const [begin, end] = [new Date(from), new Date(to)];
  const beginsAtMidnight = isMidnight(begin, timeZone);
  if (beginsAtMidnight && isMidnight(end, timeZone)) {
    const last = new Date(end.getTime() - hour);
    return dayIn(begin, lang, timeZone) === dayIn(last, lang, timeZone)
      ? { form: 'day', day: dayIn(begin, lang, timeZone) }
      : { form: 'days', from: dayIn(begin, lang, timeZone), to: dayIn(last, lang, timeZone) };
  }
  if (end.getTime() - begin.getTime() <= 60_000) return { form: 'moment', at: momentIn(begin, lang, timeZone) };
  return {
    form: 'span',
    from: momentIn(begin, lang, timeZone),
    to:
      dayIn(begin, lang, timeZone) === dayIn(end, lang, timeZone)
        ? clockIn(end, lang, timeZone)
        : momentIn(end, lang, timeZone),
  };
}

/** `2 jan. 2025 14:05` */
export function momentText(instant: string, lang: Lang, timeZone: string): string {
  return momentIn(new Date(instant), lang, timeZone);
}

export function addDays(date: string, days: number): string {
  const day = utc(date);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((utc(to).getTime() - utc(from).getTime()) / (24 * hour));
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

function dayIn(instant: Date, lang: Lang, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(lang), { dateStyle: 'medium', timeZone }).format(instant);
}

function clockIn(instant: Date, lang: Lang, timeZone: string): string {
  return new Intl.DateTimeFormat(localeOf(lang), { timeStyle: 'short', timeZone }).format(instant);
}

function momentIn(instant: Date, lang: Lang, timeZone: string): string {
  return `${dayIn(instant, lang, timeZone)} ${clockIn(instant, lang, timeZone)}`;
}

function isMidnight(instant: Date, timeZone: string): boolean {
  return (
    new Intl.DateTimeFormat('sv-SE', { timeStyle: 'medium', timeZone }).format(instant) === '00:00:00'
  );
}

/** A date on an axis: `2025`, `mars 2025`, `3 mars`. */
export function tickText(date: string, unit: 'year' | 'month' | 'day', lang: Lang): string {
  const options: Intl.DateTimeFormatOptions =
    unit === 'year'
      ? { year: 'numeric' }
      : unit === 'month'
        ? date.slice(5, 7) === '01'
          ? { month: 'short', year: 'numeric' }
          : { month: 'short' }
        : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(localeOf(lang), { ...options, timeZone: 'UTC' }).format(utc(date));
}
