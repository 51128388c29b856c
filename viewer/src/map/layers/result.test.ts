import { expect, test } from 'vitest';
import type { Legend } from '../../api/types';
import { classColours, resultLayer } from './result';

const legend = {
  classes: [
    { from: 0, to: 1, colour: '#aa0000', sv: 'het', en: 'hot' },
    { from: 1, to: 2, colour: '#0000aa', sv: 'kall', en: 'cold' },
  ],
} as unknown as Legend;

type Feature = Parameters<NonNullable<ReturnType<typeof resultLayer>['click']>>[0];
const at = { lng: 17.6, lat: 59.8 };
const areas = { name: 'clusters', has_grid: false, drawing: 'amount', explains: false } as const;
const clicked = (feature: object) => resultLayer(areas).click?.(feature as Feature, at);

test('a feature has the colour of the class that it names by number', () => {
  expect(classColours(legend)).toEqual(['match', ['get', 'class'], 0, '#aa0000', 1, '#0000aa', expect.any(String)]);
});

test('without classes there is one colour', () => {
  expect(classColours(null)).toEqual(expect.any(String));
  expect(classColours({ ...legend, classes: [] })).toEqual(expect.any(String));
});

test('a click on a feature means its row: a point where it lies, an area where it was clicked', () => {
  const point = { geometry: { type: 'Point', coordinates: [17.1, 59.1] }, properties: { row: 3 } };
  expect(clicked(point)).toEqual({ what: 'row', row: 3, lng: 17.1, lat: 59.1 });
  const area = { geometry: { type: 'Polygon', coordinates: [] }, properties: { row: 0 } };
  expect(clicked(area)).toEqual({ what: 'row', row: 0, ...at });
});

test('cells that can be asked why are not chosen as rows', () => {
  const clickable = (about: object) => resultLayer({ ...areas, ...about }).clickable.map((id) => id.split('-').at(-1));
  expect(clickable({})).toContain('fill');
  expect(clickable({ explains: true })).toContain('fill');
  expect(clickable({ has_grid: true })).toContain('fill');
  expect(clickable({ has_grid: true, explains: true })).toEqual(['points', 'line']);
});
