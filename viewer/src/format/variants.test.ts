import { expect, test } from 'vitest';
import type { Explanation } from '../api/types';
import { variantTables } from './variants';

const density = { key: 'density', sv: 'Täthet', en: 'Density', unit: 'incidents per km²' };

const explanation = (variants: Explanation['variants'], parameters: Record<string, string>) =>
  ({
    info: { parameters },
    facts: [{ ...density, sv: 'Täthet här', en: 'Density here', value: 1398 }],
    variants,
    total_incidents: 0,
    incidents: [],
  }) as unknown as Explanation;

const at = (option_value: string, value: number, option = 'radius') => ({ option, option_value, ...density, value });

test('a place is compared with half and twice the radius, the one in use between them', () => {
  const [table] = variantTables(explanation([at('250', 2267), at('1000', 599)], { radius: '500' }));
  expect(table?.rows).toEqual([
    { value: '250', inUse: false, cells: [2267] },
    { value: '500', inUse: true, cells: [1398] },
    { value: '1000', inUse: false, cells: [599] },
  ]);
  expect(table?.quantities.map(({ key }) => key)).toEqual(['density']);
});

test('each option that was varied has its table', () => {
  const tables = variantTables(explanation([at('250', 1), at('100', 2, 'cell')], {}));
  expect(tables.map(({ option, rows }) => [option, rows.length])).toEqual([['radius', 1], ['cell', 1]]);
  expect(variantTables(explanation([], { radius: '500' }))).toEqual([]);
});
