import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Store } from './store.svelte';

/** Answers to the county, given when the test says so. */
let open: { answer: (revision: number) => void }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  open = [];
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) =>
    new Promise<Response>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      open.push({ answer: (revision) => resolve(Response.json(county(revision))) });
    }),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const county = (revision: number) => ({
  profile: 'uppsala',
  title_sv: 'Uppsala län',
  title_en: 'Uppsala County',
  time_zone: 'Europe/Stockholm',
  revision,
  view: { name: 'analyst', digest: 'd' },
  bounds: [17, 59, 18, 60],
  kinds: [],
  sources: [],
  areas: [],
  areas_title: 'kommuner',
  areas_source: '',
  areas_generalised_m: 100,
  layers: [],
  incidents: 0,
  accounts: false,
  example_data: true,
});

test('the county is asked for once at a time, so that no delayed answer takes the place of a newer', async () => {
  const store = new Store();
  const first = store.refreshCounty();
  void store.refreshCounty();
  expect(open).toHaveLength(1);
  open[0]?.answer(7);
  await first;
  expect(store.county?.revision).toBe(7);
  void store.refreshCounty();
  expect(open).toHaveLength(2);
});

test('a server that is silent for long counts as gone, and is asked again', async () => {
  const store = new Store();
  const first = store.refreshCounty();
  await vi.advanceTimersByTimeAsync(15_000);
  await first;
  expect(store.countyFault).toEqual({ kind: 'unreachable' });
  const second = store.refreshCounty();
  open[1]?.answer(7);
  await second;
  expect(store.countyFault).toBeNull();
  expect(store.county?.revision).toBe(7);
});
