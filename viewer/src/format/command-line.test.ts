import { expect, test } from 'vitest';
import { exportCommand } from './command-line';

test('all rows come by one line, under the filter and options of now', () => {
  expect(exportCommand('near_repeat', 'bands', 'kinds=theft;period=2025-01-01..2026-01-01', { seed: '7', days: '7,14' })).toBe(
    "riskbild layer near_repeat --store county.gpkg --out near_repeat-bands.csv --table bands --filter 'kinds=theft;period=2025-01-01..2026-01-01' --option days=7,14 --option seed=7",
  );
});

test('what is not chosen is not said, and nothing breaks out of its quotes', () => {
  expect(exportCommand('clusters', 'clusters', '', {})).toBe('riskbild layer clusters --store county.gpkg --out clusters-clusters.csv --table clusters');
  expect(exportCommand('clusters', 'clusters', "areas='; rm", {})).toContain("--filter 'areas='\\''; rm'");
});
