import type { ResultTable, TableCell } from '../api/types';
import { measured, percent, plainNumber, wholeNumber } from './numbers';
import { dateText } from './times';
import type { Lang, Order } from '../state/url-state';

export type Column = ResultTable['columns'][number];

const leastProbability = 0.0001;
const span = /^[[(](-?[\d.]+), (-?[\d.]+)[)\]]$/;

/** A value as people write it. A band `[100, 200)` is 100–200. */
export function cellText(cell: TableCell, type: Column['type'], lang: Lang): string {
  if (cell === null) return '–';
  if (typeof cell === 'number') return type === 'whole' ? wholeNumber(cell, lang) : measured(cell, lang);
  const [, from, to] = span.exec(cell) ?? [];
  if (from !== undefined && to !== undefined) return `${plainNumber(Number(from), lang)}–${plainNumber(Number(to), lang)}`;
  return /^\d{4}-\d{2}-\d{2}$/.test(cell) ? dateText(cell, lang) : cell;
}

/** A quantity by its key: shares in percent, and a probability as it came of a test, which is never none at all. */
export function quantityText(key: string, value: TableCell, type: Column['type'], lang: Lang): string {
  if (typeof value !== 'number') return cellText(value, type, lang);
  if (key === 'share') return percent(value, lang);
  if (/^p(_|$)/.test(key) && value < leastProbability) return `<\u00a0${plainNumber(leastProbability, lang)}`;
  return cellText(value, type, lang);
}

/** A number about the whole, of which the answer does not say the type. */
export function factText({ key, value }: { readonly key: string; readonly value: TableCell }, lang: Lang): string {
  return quantityText(key, value, Number.isInteger(value) ? 'whole' : 'real', lang);
}

export function isNumber({ type }: Column): boolean {
  return type !== 'text';
}

/** The places of a table's rows in the order that is asked for: bands by where they begin, what is absent last. */
export function sortedRows(table: ResultTable, order: Order | null): number[] {
  const rows = table.rows.map((_, at) => at);
  const column = order?.table === table.key ? table.columns.findIndex(({ key }) => key === order.column) : -1;
  if (column === -1) return rows;
  const sign = order?.descending ? -1 : 1;
  const valueOf = (row: number) => sortable(table.rows[row]?.[column] ?? null);
  return rows.sort((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b;
    return sign * compare(one, other) || a - b;
  });
}

/** What a click on a column's head leads to: numbers downwards first, texts upwards, then the other way, then as it came. */
export function nextOrder(table: ResultTable, column: Column, order: Order | null): Order | null {
  const first = isNumber(column);
  const isHere = order?.table === table.key && order.column === column.key;
  if (isHere && order.descending !== first) return null;
  return { table: table.key, column: column.key, descending: isHere ? !first : first };
}

function sortable(cell: TableCell): number | string | null {
  const from = typeof cell === 'string' ? span.exec(cell)?.[1] : undefined;
  return from === undefined ? cell : Number(from);
}

function compare(one: number | string, other: number | string): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one).localeCompare(String(other), 'sv', { numeric: true });
}
