import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Review } from './review.svelte';

interface Asked {
  readonly address: string;
  readonly body: unknown;
}

const voice = (source: string, source_id: string) => ({
  source, source_id, kind: 'theft', kind_confidence: 100, precision: 'exact', versions: 1,
  from: '2025-01-02T13:05:00Z', to: '2025-01-02T13:06:00Z', first_seen: '2025-01-03T00:00:00Z', last_seen: '2025-01-03T00:00:00Z',
});
const comparison = (id: string) => ({ a: voice('police', id), b: voice('shops', id), incident_a: 'x', incident_b: 'y' });
const pair = (id: string) => ({ a: `police:${id}`, b: `shops:${id}` });

let asked: Asked[] = [];
let open: string[] = [];

beforeEach(() => {
  asked = [];
  open = ['1', '2', '3'];
  vi.stubGlobal('fetch', (address: string, { body }: { body?: string }) => {
    asked.push({ address, body: body === undefined ? undefined : JSON.parse(body) });
    const isList = address.startsWith('/api/v1/link/review');
    return Promise.resolve(Response.json(isList ? { n: open.length, pairs: open.map(comparison) } : comparison('1')));
  });
});
afterEach(() => vi.unstubAllGlobals());

const changed = vi.fn(() => Promise.resolve());
const reviewBy = (name: string) => new Review(() => name, () => undefined, changed);
const loaded = async (review: Review) => {
  review.load(null, String(review.version));
  await vi.waitFor(() => expect(review.list.loading).toBe(false));
};

test('a decision is sent with its reason and who decided, once', async () => {
  const review = reviewBy('Eva Ek');
  review.reason = ' samma vägg ';
  await Promise.all([review.decide(pair('1'), true), review.decide(pair('1'), false)]);
  expect(asked).toEqual([
    { address: '/api/v1/link/verdicts', body: { ...pair('1'), together: true, reason: 'samma vägg', by: 'Eva Ek' } },
  ]);
  expect(review.justDecided).toEqual(pair('1'));
  expect(review.reason).toBe('');
  expect(changed).toHaveBeenCalledTimes(1);
});

test('nobody decides without a name', async () => {
  const review = reviewBy('');
  await review.decide(pair('1'), true);
  await review.withdraw(pair('1'));
  expect(asked).toEqual([]);
});

test('what is undone is no longer what one step back undoes', async () => {
  const review = reviewBy('Eva Ek');
  await review.decide(pair('2'), false);
  await review.withdraw(pair('2'));
  expect(asked.at(-1)).toEqual({ address: '/api/v1/link/verdicts/withdraw', body: { ...pair('2'), by: 'Eva Ek' } });
  expect(review.justDecided).toBeNull();
});

test('a refused decision keeps its reason, to be sent again', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ code: 'busy', message: 'later' }, { status: 503 })));
  const review = reviewBy('Eva Ek');
  review.reason = 'samma vägg';
  await review.decide(pair('1'), true);
  expect(review.fault).toMatchObject({ kind: 'refused', code: 'busy' });
  expect(review.reason).toBe('samma vägg');
  expect(review.justDecided).toBeNull();
});

test('after a decided pair come those that stood after it, and the list is met where it was left', async () => {
  const review = reviewBy('Eva Ek');
  await loaded(review);
  review.turnPage(pair('2'));
  expect([review.beside(pair('2'), -1), review.beside(pair('2'), 1)]).toEqual([pair('1'), pair('3')]);
  await review.decide(pair('2'), true);
  open = ['1', '3'];
  await loaded(review);
  expect([review.beside(pair('2'), -1), review.beside(pair('2'), 1)]).toEqual([pair('1'), pair('3')]);
  expect(review.leave()).toBe(1);
  expect(review.leave()).toBeNull();
});

test('a decision that comes late leaves the reason typed for the next pair, and a refusal says which pair it is of', async () => {
  const review = reviewBy('Eva Ek');
  review.turnPage(pair('1'));
  const deciding = review.decide(pair('1'), true);
  review.turnPage(pair('2'));
  review.reason = 'annan vägg';
  await deciding;
  expect([review.reason, review.justDecided]).toEqual(['annan vägg', pair('1')]);

  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ code: 'busy', message: 'later' }, { status: 503 })));
  const refused = review.decide(pair('2'), true);
  review.turnPage(pair('3'));
  await refused;
  expect(review.faultOf).toEqual(pair('2'));
});
