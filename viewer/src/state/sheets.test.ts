import { expect, test } from 'vitest';
import { sheetsIn } from './sheets';

const refused = (message: string) => ({ code: 'wrong_use', message, field: 'layer' });

test('the sheets to choose from are those that the refusal lists, and none where their names are unclear', () => {
  expect(sheetsIn(refused('a.xlsx: holds 3 sheets; name one with --layer: Januari (5 rows), Maj, juni (1 rows), Tom (0 rows)'))).toEqual([
    'Januari',
    'Maj, juni',
    'Tom',
  ]);
  expect(sheetsIn(refused('a.gpkg: holds 2 layers; name one with --layer: brott (2 rows), hus (9 rows)'))).toEqual(['brott', 'hus']);
  expect(sheetsIn(refused('a.ods: holds 2 sheets; name one with --layer: A (1 rows), B (2 rows), C (3 rows)'))).toEqual([]);
  expect(sheetsIn(refused('a.ods: there is no sheet "Mars"; there are Januari, Februari'))).toEqual([]);
  expect(sheetsIn(refused('a.kml: holds 2 layers; name one with --layer: A (1 rows), A (2 rows)'))).toEqual([]);
  expect(sheetsIn(undefined)).toEqual([]);
});
