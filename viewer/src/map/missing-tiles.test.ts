import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MissingTiles } from './missing-tiles.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('what did not come is asked for again, each time after twice the wait', () => {
  const asked: string[] = [];
  const missing = new MissingTiles((sources) => asked.push(...sources));
  missing.note('density');
  missing.note('density');
  missing.note('background');
  expect(missing.any).toBe(true);
  vi.advanceTimersByTime(999);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(asked).toEqual(['density', 'background']);

  missing.note('density');
  vi.advanceTimersByTime(1_999);
  expect(asked).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(asked).toEqual(['density', 'background', 'density']);
});

test('the wait stops growing at half a minute', () => {
  let asked = 0;
  const missing = new MissingTiles(() => (asked += 1));
  for (let round = 0; round < 10; ++round) {
    missing.note('density');
    vi.advanceTimersByTime(30_000);
  }
  expect(asked).toBe(10);
});

test('nothing is missing once the map is drawn without a new failure', () => {
  const missing = new MissingTiles(() => undefined);
  missing.note('density');
  missing.settled();
  expect(missing.any).toBe(true);
  vi.advanceTimersByTime(1_000);
  expect(missing.any).toBe(true);
  missing.settled();
  expect(missing.any).toBe(false);
});

test('a server that is back is asked at once', () => {
  const asked: string[] = [];
  const missing = new MissingTiles((sources) => asked.push(...sources));
  missing.note('density');
  missing.askAgain();
  expect(asked).toEqual(['density']);
  vi.advanceTimersByTime(60_000);
  expect(asked).toEqual(['density']);
});
