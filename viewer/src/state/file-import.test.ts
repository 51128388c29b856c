import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Schemas } from '../api/types';
import { FileImport, own, sources } from './file-import.svelte';

interface Asked {
  readonly address: string;
  readonly body: unknown;
}

const suggestion = {
  form: 'fields separated by commas', title: 'Lista', source: 'lista', rows_looked_at: 2, usable_rows: 2, columns: ['datum', 'typ'],
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
/** What the server says to a look, and of the file that was sent last. */
let looked: () => Promise<Response>;
let last: object;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  progress = [() => Response.json(done)];
  looked = () => Promise.resolve(Response.json(sent));
  last = {};
  vi.stubGlobal('fetch', (address: string, { method, body }: { method?: string; body?: string | Blob }) => {
    asked.push({ address, body: typeof body === 'string' ? JSON.parse(body) : undefined });
    if (address.endsWith('/run')) return Promise.resolve(Response.json(running));
    if (address.endsWith('/profile')) return Promise.resolve(Response.json({ name: 'lista', toml: 'source = "lista"' }));
    if (address.endsWith('/look')) return looked();
    if (address === '/api/v1/imports') return Promise.resolve(Response.json(last));
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
  await load.choose([new File(['datum,typ\n'], 'lista.csv')]);
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

/** Looks that are answered when the test says so. */
const openLooks = () => {
  const open: ((answer: Response) => void)[] = [];
  looked = () => new Promise((resolve) => open.push(resolve));
  return open;
};

test('while a file is looked at it is said, nothing is taken in, and a refused look loses nothing', async () => {
  const looks = openLooks();
  const load = await chosen();
  load.change('id', 'nr');
  load.changeKind('klotter', 'theft');
  for (const look of [() => load.chooseLayer('Mars'), () => load.chooseKindColumn('typ')]) {
    const looking = look();
    await vi.advanceTimersByTimeAsync(0);
    expect([load.looking, load.isReady]).toEqual([true, false]);
    await load.run('Eva Ek', false);
    expect(asked.at(-1)?.address).toMatch(/look$/);
    looks.shift()?.(refusal('busy', 503)());
    await looking;
    expect([load.looking, load.isReady, load.layer]).toEqual([false, true, '']);
    expect(load.fault).toMatchObject({ code: 'busy' });
    expect([load.changes, load.kinds]).toEqual([{ id: 'nr' }, { klotter: 'theft' }]);
  }
});

test('a file that is left for another is given up at the server too, unless it has ended', async () => {
  const load = await chosen();
  await load.leave('Eva Ek');
  expect(asked.at(-1)).toEqual({ address: '/api/v1/imports/7/cancel', body: { by: 'Eva Ek' } });
  expect([load.file, load.fault]).toEqual([null, null]);
  const ended = await chosen();
  await ran(ended);
  await ended.leave('Eva Ek');
  expect(asked.at(-1)?.address).toBe('/api/v1/imports/7');
});

test('of several files the first is opened, and the others wait for their turn, also those that come meanwhile', async () => {
  const file = (name: string) => new File(['x'], name);
  const names = (load: FileImport) => load.others.map(({ name }) => name);
  const load = new FileImport(takenIn);
  const choosing = load.choose([file('a.csv'), file('b.csv')]);
  await load.choose([file('c.csv')]);
  await choosing;
  expect(asked.map(({ address }) => address)).toEqual(['/api/v1/imports?name=a.csv']);
  expect(names(load)).toEqual(['b.csv', 'c.csv']);
  await load.chooseNext('');
  expect(asked.slice(1).map(({ address }) => address)).toEqual(['/api/v1/imports/7/cancel', '/api/v1/imports?name=b.csv']);
  expect(names(load)).toEqual(['c.csv']);
  await load.choose([file('d.csv'), file('e.csv')]);
  expect(names(load)).toEqual(['e.csv', 'c.csv']);
});

test('a file goes on with a source that the store has, under its title, or is of its own', async () => {
  const load = await chosen();
  expect(load.valueOf('source')).toBe('lista');
  load.goOnWith('butiker', 'Butikerna');
  expect(load.changes).toEqual({ source: 'butiker', title: 'Butikerna' });
  expect(load.isChanged).toBe(false);
  load.goOnWith('lista', 'x');
  expect([load.valueOf('source'), load.valueOf('title')]).toEqual(['lista', 'Lista']);
});

/** With doubts, and words that some kind is called like and others not. */
const doubtful = {
  ...sent,
  suggestion: {
    ...suggestion,
    guesses: [{ key: 'time.from', value: 'datum', confidence: 'unsure', reason: 'r' }],
    kinds: [
      { value: 'klotter', rows: 3, code: 'damage.graffiti', reason: 'r' },
      { value: 'K7', rows: 4, code: '', reason: 'r' },
      { value: 'K8', rows: 1, code: '', reason: 'r' },
    ],
    questions: ['time.from: 1 of 8 values of datum are no times', 'kind.values: 5 of 8 rows', 'position: no two columns', 'id: no column'],
  },
};
const keysAsked = (load: FileImport) => load.openQuestions.map((question) => question.split(':')[0]);

test('what is changed is no guess any more, answers its question, and is not what the preview shows', async () => {
  looked = () => Promise.resolve(Response.json(doubtful));
  const load = await chosen();
  await load.chooseLayer('Blad 2');
  expect([load.isUnsure('time.from'), load.isUnsure('id'), load.isChanged]).toEqual([true, false, false]);
  load.change('title', 'En lista');
  expect(load.isChanged).toBe(false);
  load.change('time.from', 'typ');
  load.change('position.area', 'typ');
  expect([load.isUnsure('time.from'), load.isChanged]).toEqual([false, true]);
  expect(keysAsked(load)).toEqual(['kind.values', 'id']);
  load.change('time.from', 'datum');
  load.change('position.area', '');
  expect([load.isUnsure('time.from'), load.isChanged]).toEqual([true, false]);
  expect(keysAsked(load)).toEqual(['time.from', 'kind.values', 'position', 'id']);
});

test('words without a kind are unknown until each is given one, and the rows of each kind are summed up', async () => {
  looked = () => Promise.resolve(Response.json(doubtful));
  const load = await chosen();
  await load.chooseLayer('Blad 2');
  expect(load.kindsOfRows).toEqual([{ code: 'unknown', rows: 5 }, { code: 'damage.graffiti', rows: 3 }]);
  load.changeKind('K7', 'damage.graffiti');
  expect(load.kindsOfRows).toEqual([{ code: 'damage.graffiti', rows: 7 }, { code: 'unknown', rows: 1 }]);
  expect([load.isChanged, keysAsked(load).includes('kind.values')]).toEqual([true, true]);
  load.changeKind('K8', 'theft');
  expect(keysAsked(load).includes('kind.values')).toBe(false);
  load.change('kind.fixed', 'theft');
  expect(load.kindsOfRows).toEqual([]);
});

test('what came of a trial holds until something else is said of the file', async () => {
  progress = [() => Response.json({ ...done, dry_run: true })];
  const load = await chosen();
  await ran(load, true);
  expect(load.isTrialOutdated).toBe(false);
  load.change('id', 'typ');
  expect(load.isTrialOutdated).toBe(true);
  await ran(load, true);
  expect(load.isTrialOutdated).toBe(false);
  load.observed = '2025-04-01';
  expect(load.isTrialOutdated).toBe(true);
});

test('what a file lacks is said: a sheet of those named, a time, a set of areas; an empty sheet is no reason to give the file up', async () => {
  const { suggestion: _, ...unread } = sent;
  const several = { code: 'wrong_use', field: 'layer', message: 'a.xlsx: holds 2 sheets; name one with --layer: Januari (5 rows), Maj (2 rows)' };
  last = { import: { ...unread, no_suggestion: several } };
  const load = new FileImport(takenIn);
  await load.takeUp();
  expect([load.lacks, load.sheets]).toEqual([['layer'], ['Januari', 'Maj']]);
  await load.chooseLayer('Maj');
  expect([load.lacks, load.sheets, load.isReady]).toEqual([[], ['Januari', 'Maj'], true]);
  load.change('time.from', '');
  expect(load.lacks).toEqual(['time']);
  load.source = 'areas';
  expect(load.lacks).toEqual(['set']);

  const unreadable = { ...unread, no_suggestion: { code: 'unreadable', message: 'a.xlsx: is empty, expected rows' } };
  looked = () => Promise.resolve(Response.json({ ...unreadable, layer: 'Januari' }));
  await load.chooseLayer('Januari');
  expect(load.isUnreadable).toBe(false);
  await load.leave('');
  expect(load.sheets).toEqual([]);
  last = { import: unreadable };
  const empty = new FileImport(takenIn);
  await empty.takeUp();
  expect(empty.isUnreadable).toBe(true);
});

test('an answer about a file that was left changes nothing of the next, whatever it is', async () => {
  const looks = openLooks();
  for (const answer of [Response.json(sent), refusal('not_found', 404)()]) {
    const load = await chosen();
    const looking = load.chooseLayer('Mars');
    await vi.advanceTimersByTimeAsync(0);
    load.forget();
    expect(load.looking).toBe(false);
    looks.shift()?.(answer);
    await looking;
    expect([load.file, load.fault, load.layer]).toEqual([null, null, '']);
  }
});

test('of two looks in a row the first is let end before the second is asked for, which alone counts', async () => {
  const looks = openLooks();
  const load = await chosen();
  const first = load.chooseLayer('Januari');
  await vi.advanceTimersByTimeAsync(0);
  const both = [first, load.chooseLayer('Februari')];
  await vi.advanceTimersByTimeAsync(0);
  expect(looks).toHaveLength(1);
  looks.shift()?.(Response.json({ ...sent, layer: 'Januari' }));
  await vi.advanceTimersByTimeAsync(0);
  expect([load.file?.layer, load.looking]).toEqual([undefined, true]);
  looks.shift()?.(Response.json({ ...sent, layer: 'Februari' }));
  await Promise.all(both);
  expect([load.layer, load.file?.layer, load.looking]).toEqual(['Februari', 'Februari', false]);
});

test('what somebody said the file is stays when they choose the column of the kinds', async () => {
  looked = () => Promise.resolve(Response.json({ ...sent, source: 'figures' }));
  const load = await chosen();
  await load.chooseKindColumn('typ');
  expect(load.source).toBe('points');
  await load.chooseLayer('Blad 2');
  expect(load.source).toBe('figures');
});

test('a half typed period stays in sight, and goes with the sheet that it was of', async () => {
  const load = await chosen();
  load.changePeriod('2025-01-01', '');
  expect(load.period).toEqual({ first: '2025-01-01', last: '' });
  load.changePeriod('2025-01-01', '2025-12-31');
  expect(load.period).toEqual({ first: '2025-01-01', last: '2025-12-31' });
  load.changePeriod('2025-01-01', '');
  expect([load.period, load.valueOf('time.fixed')]).toEqual([{ first: '2025-01-01', last: '' }, '']);
  load.changePeriod('2025-01-01', '2025-12-31');
  await load.chooseLayer('Blad 2');
  expect(load.period).toEqual({ first: '', last: '' });
  load.changePeriod('2025-01-01', '2025-12-31');
  load.change('time.from', 'datum');
  expect(load.period).toEqual({ first: '', last: '' });
});

test('a page that is opened again takes up an import that runs, and can end it', async () => {
  last = { import: { ...running, source: 'gtfs' } };
  progress = [() => Response.json(running), () => Response.json({ ...sent, step: 'cancelled' })];
  const load = new FileImport(takenIn);
  const taking = load.takeUp();
  await vi.advanceTimersByTimeAsync(0);
  expect([load.isRunning, load.source, load.share]).toEqual([true, 'gtfs', null]);
  const cancelling = load.cancel('');
  expect(load.isBeingCancelled).toBe(true);
  await vi.runAllTimersAsync();
  await Promise.all([taking, cancelling]);
  expect([load.file?.step, load.isBeingCancelled]).toEqual(['cancelled', false]);
});

test('of what the server has, what waits or was tried out is as if just sent; what has ended or was left is not met again', async () => {
  const met = async (found: object, load = new FileImport(takenIn)) => {
    last = { import: found };
    await load.takeUp();
    return load;
  };
  expect(await met({ ...sent, layer: 'Mars' })).toMatchObject({ file: { step: 'waiting' }, layer: 'Mars', isReady: true });
  const tried = await met({ ...done, dry_run: true });
  expect(tried.file).toMatchObject({ step: 'waiting', dry_run: false });
  expect(tried.file?.report).toBeUndefined();
  tried.forget();
  expect((await met({ ...done, dry_run: true }, tried)).file).toBeNull();
  const refused = await met({ ...sent, step: 'failed', error: { code: 'wrong_use', message: 'is it the right file?', field: 'replace' } });
  expect(refused.file?.error).toEqual({ code: 'wrong_use', message: 'is it the right file?' });
  for (const ended of [done, { ...sent, step: 'cancelled' }]) expect((await met(ended)).file).toBeNull();
});

test('a file that the server was still looking at is waited for', async () => {
  const { suggestion: _, ...unseen } = sent;
  last = { import: { ...unseen, source: '' } };
  progress = [() => Response.json({ ...unseen, source: '' }), () => Response.json({ ...sent, source: 'figures' })];
  const load = new FileImport(takenIn);
  const taking = load.takeUp();
  await vi.advanceTimersByTimeAsync(0);
  expect([load.looking, load.isReady]).toEqual([true, false]);
  await vi.runAllTimersAsync();
  await taking;
  expect([load.looking, load.source]).toEqual([false, 'figures']);
});

test('of the fields only those in sight are sent', async () => {
  const sentFor = async (source: Schemas['RunImport']['source']) => {
    const load = await chosen();
    await load.chooseLayer('Blad 2');
    Object.assign(load, { observed: '2025-04-01', set: 'regso', about: 'inbrott', year: '2024', sourceName: 'min', source });
    await ran(load);
    const body = asked.findLast(({ address }) => address.endsWith('/run'))?.body as object;
    return Object.keys(body).filter((key) => !['by', 'source', 'dry_run', 'changes', 'kinds'].includes(key)).sort();
  };
  const found: Record<string, string[]> = {};
  for (const source of sources) found[source] = await sentFor(source);
  expect(found).toEqual({
    points: ['layer', 'observed'],
    police: ['observed'],
    open311: ['observed', 'source_name'],
    'gtfs-rt': ['observed', 'source_name'],
    shops: ['layer', 'source_name'],
    gtfs: ['source_name'],
    osm: ['source_name'],
    areas: ['layer', 'set', 'source_name'],
    figures: ['about', 'layer', 'set', 'source_name', 'year'],
  });
});
