import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FileImport, own } from './file-import.svelte';

interface Asked {
  readonly address: string;
  readonly body: unknown;
}

const suggestion = {
  form: 'fields separated by commas', title: 'Lista', rows_looked_at: 2, usable_rows: 2, columns: ['datum', 'typ'],
  guesses: [{ key: 'time.from', value: 'datum', confidence: 'certain', reason: 'r' }, { key: 'time.clock', value: 'kl', confidence: 'likely', reason: 'r' }],
  kinds: [], questions: [], preview: [],
};
const report = { read: 2, new: 2, revised: 0, unchanged: 0, outside: 0, set_aside: 0, source: 'lista', reasons: [], rows: [], notes: [] };
const sent = {
  id: 7, file: 'lista.csv', bytes: 30, step: 'waiting', source: 'points', dry_run: false, profiles: [],
  progress: { rows: 0, bytes: 0, total_bytes: 0 }, suggestion,
};
const running = { ...sent, step: 'running' };
const done = { ...sent, step: 'done', report };
const refusal = (code: string, status: number) => () => Response.json({ code, message: `it is ${code}` }, { status });

let asked: Asked[] = [];
/** What the server says of the import's progress, one after the other; the last for ever. */
let progress: (() => Response)[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  progress = [() => Response.json(done)];
  vi.stubGlobal('fetch', (address: string, { method, body }: { method?: string; body?: string | Blob }) => {
    asked.push({ address, body: typeof body === 'string' ? JSON.parse(body) : undefined });
    if (address.endsWith('/run')) return Promise.resolve(Response.json(running));
    if (address.endsWith('/profile')) return Promise.resolve(Response.json({ name: 'lista', toml: 'source = "lista"' }));
    if (method === 'POST') return Promise.resolve(Response.json(sent));
    const next = progress.length > 1 ? progress.shift() : progress[0];
    return Promise.resolve((next ?? refusal('internal', 500))());
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const takenIn = vi.fn(() => Promise.resolve());
const chosen = async () => {
  takenIn.mockClear();
  const load = new FileImport(takenIn);
  await load.choose(new File(['datum,typ\n'], 'lista.csv'));
  return load;
};
const ran = async (load: FileImport, dryRun = false) => {
  const run = load.run('Eva Ek', dryRun);
  await vi.runAllTimersAsync();
  await run;
};

test('a server without time is asked again, until the file is taken in', async () => {
  progress = [refusal('busy', 503), refusal('too_slow', 503), () => Promise.reject(new TypeError('offline')) as never, () => Response.json(running), () => Response.json(done)];
  const load = await chosen();
  await ran(load);
  expect(load.file?.step).toBe('done');
  expect(load.fault).toBeNull();
  expect(takenIn).toHaveBeenCalledTimes(1);
});

test('an import that the server no longer knows has failed, and says why', async () => {
  progress = [() => Response.json(running), refusal('not_found', 404)];
  const load = await chosen();
  await ran(load);
  expect(load.file).toMatchObject({ step: 'failed', error: { code: 'not_found', message: 'it is not_found' } });
  expect([load.isRunning, load.fault]).toEqual([false, null]);
  expect(takenIn).not.toHaveBeenCalled();
});

test('trying out needs no name and tells nobody that data changed', async () => {
  const load = await chosen();
  const run = load.run('', true);
  await vi.runAllTimersAsync();
  await run;
  expect(asked[1]?.body).toEqual({ source: 'points', dry_run: true, changes: {}, kinds: {} });
  expect(takenIn).not.toHaveBeenCalled();
});

test('a list without times is ready when a period is given, which takes the place of the columns', async () => {
  const load = await chosen();
  expect(load.isReady).toBe(true);
  load.change('time.from', '');
  expect(load.isReady).toBe(false);
  load.changePeriod('2025-01-01', '2025-12-31');
  expect(load.isReady).toBe(true);
  expect(load.changes).toEqual({ 'time.from': '', 'time.fixed': '2025-01-01..2026-01-01', 'time.clock': '' });
  load.change('time.from', 'datum');
  expect(load.valueOf('time.fixed')).toBe('');
});

test('a profile of one’s own is sent as it is, and the suggested one can be had as a file', async () => {
  const load = await chosen();
  load.changeKind('klotter', 'theft');
  expect(await load.profileText()).toEqual({ name: 'lista', toml: 'source = "lista"' });
  expect(asked.at(-1)).toEqual({ address: '/api/v1/imports/7/profile', body: { changes: {}, kinds: { klotter: 'theft' } } });
  await load.chooseProfile(new File(['source = "min"'], 'min.toml'));
  expect(load.profile).toBe(own);
  load.observed = '2025-04-01';
  await ran(load);
  expect(asked.find(({ address }) => address.endsWith('/run'))?.body).toEqual({
    by: 'Eva Ek', source: 'points', dry_run: false, profile_toml: 'source = "min"', observed: '2025-04-01',
  });
});

test('another sheet is looked at anew, and so are the words of another column of kinds', async () => {
  const load = await chosen();
  load.change('time.from', 'typ');
  await load.chooseKindColumn('typ');
  expect(asked.at(-1)).toEqual({ address: '/api/v1/imports/7/look', body: { kind_column: 'typ' } });
  expect(load.changes).toEqual({ 'time.from': 'typ', 'kind.column': 'typ' });
  await load.chooseLayer('Blad 2');
  expect(asked.at(-1)).toEqual({ address: '/api/v1/imports/7/look', body: { layer: 'Blad 2' } });
  expect([load.layer, load.changes]).toEqual(['Blad 2', {}]);
});
