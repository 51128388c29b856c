import type { Timeline } from '../api/types';
import { addDays, daysBetween } from '../format/times';
import type { Period } from './filters';

/** The dates between the bars of a timeline: one more than there are bars. */
export function edgesOf({ bins, step }: Timeline): string[] {
  const last = bins.at(-1);
  return last === undefined ? [] : [...bins.map((bin) => bin.from), endOf(last.from, step)];
}

/** Where a date lies, 0..1 from the first edge to the last. Bars are equally wide. */
export function positionOf(date: string, edges: readonly string[]): number {
  const bars = edges.length - 1;
  const at = edges.findIndex((edge) => edge > date);
  if (bars < 1 || at === 0) return 0;
  if (at < 0) return 1;
  const [before, after] = [edges[at - 1] ?? date, edges[at] ?? date];
  return (at - 1 + daysBetween(before, date) / daysBetween(before, after)) / bars;
}

/** The edge nearest to a place 0..1. */
export function nearestEdge(position: number, edges: readonly string[]): number {
  return Math.min(edges.length - 1, Math.max(0, Math.round(position * (edges.length - 1))));
}

/** The bar at a place 0..1. */
export function barAt(position: number, edges: readonly string[]): number {
  return Math.min(edges.length - 2, Math.max(0, Math.floor(position * (edges.length - 1))));
}

/** The period between two edges, whichever is first; all of it is no period. At least one bar. */
export function periodBetween(a: number, b: number, edges: readonly string[]): Period | null {
  const first = Math.min(a, b, edges.length - 2);
  const last = Math.max(a, b, first + 1);
  const [from, to] = [edges[first], edges[last]];
  if (from === undefined || to === undefined) return null;
  return first <= 0 && last >= edges.length - 1 ? null : { from, to };
}

/** One end of a period set to an edge; the other stays where it is, and a period without a day is not made. */
export function withEnd(period: Period | null, end: 'from' | 'to', edge: number, edges: readonly string[]): Period | null {
  const [first, last, date] = [edges[0], edges.at(-1), edges[edge]];
  if (first === undefined || last === undefined || date === undefined) return period;
  const moved = { ...(period ?? { from: first, to: last }), [end]: date };
  if (moved.from >= moved.to) return period;
  return moved.from <= first && moved.to >= last ? null : moved;
}

/** The edge so many bars before or after a date, or the last that way; within a bar its side is the first. */
export function steppedEdge(date: string, steps: number, edges: readonly string[]): number | null {
  const nearest = steps < 0 ? edges.findLastIndex((edge) => edge < date) : edges.findIndex((edge) => edge > date);
  if (nearest < 0) return null;
  return steps < 0 ? Math.max(0, nearest + steps + 1) : Math.min(edges.length - 1, nearest + steps - 1);
}

export interface Tick {
  readonly position: number;
  /** `2025` or `2025-03` */
  readonly date: string;
  readonly unit: 'year' | 'month' | 'day';
}

/** Where the axis is written, at most `most` ticks. */
export function ticksOf(edges: readonly string[], most: number): Tick[] {
  const first = edges[0];
  const end = edges.at(-1);
  if (first === undefined || end === undefined || most < 1) return [];
  const candidates: [Tick['unit'], (date: string) => boolean][] = [
    ['day', () => true],
    ['day', (d) => ['01', '11', '21'].includes(d.slice(8))],
    ['month', (d) => d.endsWith('-01')],
    ['month', (d) => /-(01|04|07|10)-01$/.test(d)],
    ['month', (d) => /-(01|07)-01$/.test(d)],
    ['year', (d) => d.endsWith('-01-01')],
    ['year', (d) => d.endsWith('-01-01') && Number(d.slice(0, 4)) % 2 === 0],
    ['year', (d) => d.endsWith('-01-01') && Number(d.slice(0, 4)) % 5 === 0],
    ['year', (d) => d.endsWith('-01-01') && Number(d.slice(0, 4)) % 10 === 0],
  ];
  const days = Array.from({ length: Math.max(0, daysBetween(first, end)) }, (_, day) => addDays(first, day));
  for (const [unit, wanted] of candidates) {
    const dates = days.filter(wanted);
    if (dates.length <= most) return dates.map((date) => ({ date, unit, position: positionOf(date, edges) }));
  }
  return [];
}

function endOf(date: string, step: Timeline['step']): string {
  if (step === 'day') return addDays(date, 1);
  if (step === 'week') return addDays(date, 7);
  const next = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 10);
}
