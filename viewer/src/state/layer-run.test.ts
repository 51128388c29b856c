import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LayerJob } from '../api/types';
import { LayerRun } from './layer-run.svelte';

type Step = LayerJob['step'];

/** What the server tells, one answer after another, of each job that is begun; the last one again and again. */
let tells: Step[][];
let asked: string[];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  const left = new Map<number, Step[]>();
  vi.stubGlobal('fetch', (path: string, { method = 'GET' }: RequestInit) => {
    asked.push(`${method} ${path.replace('/api/v1/', '')}`);
    const isBeginning = path.endsWith('/job');
    const id = isBeginning ? left.size + 1 : Number(/jobs\/(\d+)/.exec(path)?.[1]);
    if (isBeginning) left.set(id, [...(tells[id - 1] ?? [])]);
    const steps = left.get(id) ?? [];
    const step = steps.length > 1 ? steps.shift() : steps[0];
    return Promise.resolve(
      step === undefined
        ? Response.json({ code: 'not_found', message: 'there is no job', field: 'job' }, { status: 404 })
        : Response.json({ id, layer: 'near_repeat', filter: '', options: '', revision: 1, step, progress: 0.4, ...(step === 'failed' ? { error: 'too many', field: 'bands' } : {}) }),
    );
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const wish = { layer: 'near_repeat', f: 'kinds=theft', o: '', version: '1' };
const other = { ...wish, f: 'kinds=burglary' };
const later = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('a job is asked for until it is done', async () => {
  tells = [['waiting', 'running', 'done']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(0);
  expect([run.isUnderWay, run.isDone(wish), run.job?.progress]).toEqual([true, false, 0.4]);
  await later(1000);
  expect([run.isUnderWay, run.isDone(wish), run.isDone(other)]).toEqual([false, true, false]);
  await later(5000);
  expect(asked).toEqual(['POST layers/near_repeat/job', 'GET jobs/1', 'GET jobs/1']);
});

test('the same is not begun twice, and anew for newer data', async () => {
  tells = [['done'], ['done']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  run.load({ ...wish });
  await later(0);
  expect(asked).toHaveLength(1);
  run.load({ ...wish, version: '2' });
  expect(run.isDone(wish)).toBe(false);
  await later(0);
  expect(asked).toHaveLength(2);
});

test('what is no longer wanted is given up on the server, also where it had not answered yet', async () => {
  tells = [['running'], ['running'], ['running']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(0);
  run.load(other);
  run.clear();
  await later(0);
  expect(asked.filter((path) => path.endsWith('cancel'))).toEqual(['POST jobs/1/cancel', 'POST jobs/2/cancel']);
  await later(5000);
  expect(run.job).toBeNull();
});

test('whoever cancels sees no more of it, until it is begun again', async () => {
  tells = [['running'], ['done']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(0);
  run.cancel();
  expect([run.cancelled, run.isUnderWay]).toEqual([true, false]);
  await later(5000);
  expect(asked).toEqual(['POST layers/near_repeat/job', 'POST jobs/1/cancel']);
  run.again();
  await later(0);
  expect([run.cancelled, run.isDone(wish)]).toEqual([false, true]);
});

test('a job that another gave up is begun anew, but not for ever', async () => {
  tells = [['running', 'cancelled'], ['done']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(500);
  expect(run.isDone(wish)).toBe(true);
  tells = Array.from({ length: 5 }, (): Step[] => ['cancelled']);
  run.load(other);
  await later(0);
  expect([run.isDone(other), run.fault?.kind]).toEqual([false, 'refused']);
  expect(asked.filter((path) => path.endsWith('/job'))).toHaveLength(2 + 3);
});

test('a server that has forgotten the job is told of it again', async () => {
  tells = [['running'], ['done']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(0);
  vi.stubGlobal('fetch', forgetfulOnce(globalThis.fetch));
  await later(500);
  expect(run.isDone(wish)).toBe(true);
});

test('why a job failed is told, with the option that is to blame', async () => {
  tells = [['failed']];
  const run = new LayerRun(() => undefined);
  run.load(wish);
  await later(0);
  expect(run.fault).toEqual({ kind: 'refused', code: 'failed', message: 'too many', field: 'bands' });
  expect(run.isUnderWay).toBe(false);
});

function forgetfulOnce(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  let asked = 0;
  return (path, init) => {
    asked += 1;
    return asked === 1 ? Promise.resolve(Response.json({ code: 'not_found', message: 'no job' }, { status: 404 })) : fetch(path, init);
  };
}
