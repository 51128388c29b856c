import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, get } from './client';

const busy = (after?: string) =>
  Response.json({ code: 'busy', message: 'later' }, { status: 503, headers: after === undefined ? {} : { 'retry-after': after } });
const review = () => Response.json({ n: 0, pairs: [] });
let answers: Response[] = [];
const fetched = vi.fn(() => Promise.resolve(answers.shift() ?? review()));
const ask = (signal?: AbortSignal) => get('LinkReview', '/api/v1/link/review', { limit: 1 }, signal);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('fetch', fetched);
  fetched.mockClear();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a server that is too busy is asked again when it says so, and not for ever', async () => {
  answers = [busy('1'), busy('1')];
  const asked = ask();
  await vi.advanceTimersByTimeAsync(1999);
  expect(fetched).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(await asked).toEqual({ n: 0, pairs: [] });

  answers = Array.from({ length: 9 }, () => busy('86400'));
  const refused = ask().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await refused).toBeInstanceOf(ApiError);
  expect(answers).toHaveLength(5);
});

test('one that does not say when is not, nor one that refuses, nor when the answer is no longer wanted', async () => {
  answers = [busy(), Response.json({ code: 'wrong_use', message: 'no' }, { status: 400, headers: { 'retry-after': '1' } })];
  await expect(ask()).rejects.toMatchObject({ status: 503 });
  expect(fetched).toHaveBeenCalledTimes(1);
  const refused = ask().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5000);
  expect(await refused).toMatchObject({ status: 400 });
  expect(fetched).toHaveBeenCalledTimes(2);

  answers = [busy('1')];
  const abort = new AbortController();
  const dropped = ask(abort.signal).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(500);
  abort.abort();
  expect(await dropped).toBe(abort.signal.reason);
  expect(vi.getTimerCount()).toBe(0);
  expect(fetched).toHaveBeenCalledTimes(3);
});
