import type { Explanation, TableCell } from '../api/types';

/** A place with other values of one option, the one in use among them. */
export interface Variants {
  readonly option: string;
  readonly quantities: readonly Quantity[];
  readonly rows: readonly VariantRow[];
}

type Quantity = Pick<Explanation['variants'][number], 'key' | 'sv' | 'en' | 'unit'>;

export interface VariantRow {
  readonly value: string;
  readonly inUse: boolean;
  /** In the order of the quantities. */
  readonly cells: readonly TableCell[];
}

/** A table for each option that was varied, from the smallest value to the largest. */
export function variantTables({ info, facts, variants }: Explanation): Variants[] {
  const options = [...new Set(variants.map(({ option }) => option))];
  return options.map((option) => {
    const of = variants.filter((variant) => variant.option === option);
    const quantities = of.filter((variant, at) => of.findIndex(({ key }) => key === variant.key) === at);
    const rows = [...new Set(of.map(({ option_value }) => option_value))].map((value): VariantRow => ({
      value,
      inUse: false,
      cells: quantities.map(({ key }) => of.find((one) => one.option_value === value && one.key === key)?.value ?? null),
    }));
    const used = info.parameters[option];
    if (used !== undefined && !rows.some(({ value }) => value === used)) {
      rows.push({ value: used, inUse: true, cells: quantities.map(({ key }) => facts.find((fact) => fact.key === key)?.value ?? null) });
    }
    return { option, quantities, rows: rows.sort((a, b) => a.value.localeCompare(b.value, 'sv', { numeric: true })) };
  });
}
