import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hoursBetween } from './filters';
import { defaultState, parseUrl, radii, radiusAt, radiusLimits, urlOf, type ViewState } from './url-state';

const elsewhere: ViewState = {
  lang: 'en',
  filter: { ...defaultState.filter, kinds: ['theft'], hours: hoursBetween(22, 2), period: { from: '2025-01-01', to: '2025-02-01' } },
  surface: 'near_repeat',
  options: { distances: '0,100,200', seed: '7' },
  overlays: ['incidents', 'repeat_locations'],
  radius: 500,
  camera: { zoom: 12.5, lat: 59.8586, lng: 17.6389 },
  tab: 'places',
  incident: 'r00k3',
  place: { lng: 17.6389, lat: 59.8586 },
  area: '0382',
  onlyInMap: true,
  sort: 'name',
  order: { table: 'bands', column: 'ratio', descending: true },
  why: { lng: 17.64, lat: 59.86 },
  page: 'quality',
  row: 12,
  pair: { a: 'klotter:KL-000030', b: 'police:2025:7&c' },
};

describe('the address', () => {
  test('of the first picture is bare', () => {
    expect(urlOf(defaultState)).toBe('');
    expect(parseUrl('')).toEqual({ state: defaultState, rejected: [] });
  });

  test('carries every part of the state', () => {
    expect(parseUrl(urlOf(elsewhere))).toEqual({ state: elsewhere, rejected: [] });
  });

  test('carries a radius that the list does not offer', () => {
    expect(parseUrl('?radius=125').state.radius).toBe(125);
    expect(parseUrl('?radius=100000').state.radius).toBe(100_000);
  });

  test('has the filter in its canonical text, readable', () => {
    expect(urlOf(elsewhere)).toContain('f=hours=22..2;kinds=theft;period=2025-01-01..2025-02-01&');
  });

  test('has the options in their canonical text, readable', () => {
    expect(urlOf(elsewhere)).toContain('&o=distances=0,100,200;seed=7&');
    expect(urlOf(elsewhere)).toContain('&order=bands.-ratio&why=17.64000,59.86000&');
  });

  test('leaves out options that make no sense, and names them', () => {
    const { state, rejected } = parseUrl('?o=cell=100;colour=');
    expect(state.options).toEqual({ cell: '100' });
    expect(rejected).toEqual(['colour=']);
  });

  test('is the same for the same state, whatever the order of clicks', () => {
    expect(urlOf({ ...defaultState, overlays: ['repeat_locations', 'incidents'] })).toBe(
      urlOf({ ...defaultState, overlays: ['incidents', 'repeat_locations'] }),
    );
  });
});

describe('the search radius that follows the map', () => {
  test('never grows as one comes closer, and covers 20 to 70 pixels at 60° north', () => {
    let last = Infinity;
    for (let zoom = 7.5; zoom <= 13; zoom += 0.25) {
      const radius = radiusAt(zoom);
      expect(radii).toContain(radius);
      expect(radius).toBeLessThanOrEqual(last);
      last = radius;
      const metresPerPixel = (40_075_017 * Math.cos(Math.PI / 3)) / (512 * 2 ** zoom);
      expect(radius / metresPerPixel).toBeGreaterThan(20);
      expect(radius / metresPerPixel).toBeLessThan(70);
    }
  });
});

test('the radii that are taken are those that the server takes', () => {
  const header = readFileSync(new URL('../../../layers/density/density.hpp', import.meta.url), 'utf8');
  const metres = (constant: string) => Number(new RegExp(`${constant}\\{([\\d.']+)\\}`).exec(header)?.[1]?.replaceAll("'", ''));
  expect(radiusLimits).toEqual({ min: metres('kSmallestRadius'), max: metres('kLargestRadius') });
});

describe('an address that makes no sense', () => {
  test.each([
    ['lang', 'fi'],
    ['surface', 'Heat map'],
    ['surface', 'a'.repeat(41)],
    ['order', 'ratio'],
    ['order', 'bands.--ratio'],
    ['why', 'here'],
    ['overlays', 'incidents,dragons'],
    ['radius', '9'],
    ['radius', '100001'],
    ['radius', '2.5'],
    ['radius', 'auto'],
    ['map', '12/95/17'],
    ['map', 'here'],
    ['map', '4.9/59.8/17.6'],
    ['map', '18.1/59.8/17.6'],
    ['tab', 'settings'],
    ['incident', '<script>'],
    ['place', '17.6'],
    ['area', 'a b'],
    ['list', 'all'],
    ['sort', 'population'],
    ['a', 'police'],
    ['b', ':7'],
  ])('falls back for %s=%s and says so', (key, value) => {
    const { state, rejected } = parseUrl(`?${new URLSearchParams({ [key]: value })}`);
    expect(state).toEqual(defaultState);
    expect(rejected).toEqual([`${key}=${value}`]);
  });

  test('keeps what is right beside what is wrong', () => {
    const { state, rejected } = parseUrl('?f=kinds=theft;colour=red&lang=en');
    expect(state.lang).toBe('en');
    expect(state.filter.kinds).toEqual(['theft']);
    expect(rejected).toEqual(['colour=red']);
  });
});
