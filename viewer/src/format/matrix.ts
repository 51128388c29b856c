import type { ResultTable, TableCell } from '../api/types';
import type { Column } from './result-cells';

/** A table in long form, across: one value for each pair of bands. */
export interface CrossTable {
  readonly down: Column;
  readonly across: Column;
  /** What the cells show. */
  readonly shown: Column;
  /** Said beside it, where the table has it. */
  readonly beside: Column | null;
  /** What its shaded cells are, where it says that of any. */
  readonly shaded: Column | null;
  readonly downBands: readonly TableCell[];
  readonly acrossBands: readonly TableCell[];
  /** By place in the lists of bands; nothing where the table has no such pair. */
  readonly cells: readonly (readonly (CrossCell | null)[])[];
}

export interface CrossCell {
  readonly shown: TableCell;
  readonly beside: TableCell;
  readonly significant: boolean;
}

/** Of a table of distance by time, with a ratio or else an observed number; nothing where it is none. */
export function crossTable(table: ResultTable): CrossTable | null {
  const at = (...keys: string[]) => keys.map((key) => table.columns.findIndex((column) => column.key === key)).find((i) => i !== -1);
  const [down, across, shown] = [at('distance'), at('time', 'days', 'hours'), at('ratio', 'observed')];
  if (down === undefined || across === undefined || shown === undefined) return null;
  const beside = at('observed');
  const significant = at('significant');
  const cellsOf = (column: number) => [...new Set(table.rows.map((row) => row[column] ?? null))];
  const [downBands, acrossBands] = [cellsOf(down), cellsOf(across)];
  if (downBands.length * acrossBands.length > 400) return null;
  const cells = downBands.map((d) =>
    acrossBands.map((a): CrossCell | null => {
      const row = table.rows.find((one) => (one[down] ?? null) === d && (one[across] ?? null) === a);
      if (row === undefined) return null;
      return {
        shown: row[shown] ?? null,
        beside: beside === undefined || beside === shown ? null : (row[beside] ?? null),
        significant: significant !== undefined && row[significant] === 1,
      };
    }),
  );
  const column = (i: number) => table.columns[i] as Column;
  return {
    down: column(down),
    across: column(across),
    shown: column(shown),
    beside: beside === undefined || beside === shown ? null : column(beside),
    shaded: significant === undefined || !cells.flat().some((cell) => cell?.significant) ? null : column(significant),
    downBands,
    acrossBands,
    cells,
  };
}

/** Weight of each hour of the week: seven days from Monday, 24 hours each. */
export interface Week {
  readonly weights: readonly (readonly number[])[];
  readonly largest: number;
  readonly sum: number;
  /** The hours with most, largest first; hours without any are not among them. */
  readonly peaks: readonly WeekHour[];
}

export interface WeekHour {
  /** 0 is Monday. */
  readonly day: number;
  readonly hour: number;
  readonly weight: number;
}

const mostPeaks = 3;

/** Of a table by weekday, 1 to 7 from Monday, and hour; nothing where it is none. */
export function week(table: ResultTable): Week | null {
  const [weekday, hour, weight] = ['weekday', 'hour', 'weight'].map((key) => table.columns.findIndex((column) => column.key === key));
  if (weekday === undefined || hour === undefined || weight === undefined || [weekday, hour, weight].includes(-1)) return null;
  const weights = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const hours: WeekHour[] = [];
  for (const row of table.rows) {
    const [day, at, much] = [Number(row[weekday]) - 1, Number(row[hour]), Number(row[weight] ?? 0)];
    const ofDay = weights[day];
    if (ofDay?.[at] === undefined) return null;
    ofDay[at] = much;
    if (much > 0) hours.push({ day, hour: at, weight: much });
  }
  hours.sort((a, b) => b.weight - a.weight || a.day - b.day || a.hour - b.hour);
  return {
    weights,
    largest: hours[0]?.weight ?? 0,
    sum: hours.reduce((sum, { weight }) => sum + weight, 0),
    peaks: hours.slice(0, mostPeaks),
  };
}
