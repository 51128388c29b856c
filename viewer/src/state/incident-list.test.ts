import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IncidentList } from './incident-list.svelte';

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

/** A server that answers when it is told to. */
let open: { address: string; answer: (numbers: number[], next?: string) => Promise<void> }[] = [];

beforeEach(() => {
  open = [];
  vi.stubGlobal('fetch', (address: string, { signal }: { signal: AbortSignal }) =>
    new Promise<Response>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      open.push({
        address,
        answer: (numbers, next) => {
          resolve(Response.json({ n: 1000, incidents: numbers.map(row), ...(next === undefined ? {} : { next }) }));
          return settled();
        },
      });
    }),
  );
});
afterEach(() => vi.unstubAllGlobals());

const row = (number: number) => ({
  id: `r${number}`,
  number,
  kind: 'theft',
  from: '2025-01-01T00:00:00Z',
  to: '2025-01-01T00:01:00Z',
  precision: 'address',
  sources: ['police'],
  reports: 1,
});
const list = () => new IncidentList(() => undefined);
const numbers = (of: IncidentList) => of.rows.map(({ number }) => number);

test('the list grows by one page however often it is asked while the page is under way', async () => {
  const incidents = list();
  incidents.load({ f: 'kinds=theft', limit: 2 }, '1');
  await open[0]?.answer([9, 8], 'after-8');
  incidents.loadMore();
  incidents.loadMore();
  expect(open).toHaveLength(2);
  expect(open[1]?.address).toContain('f=kinds%3Dtheft&limit=2&after=after-8');
  await open[1]?.answer([7]);
  expect(numbers(incidents)).toEqual([9, 8, 7]);
  expect(incidents.next).toBeUndefined();
});

test('it does not grow while another first page is on its way, and keeps its rows until that is here', async () => {
  const incidents = list();
  incidents.load({ f: 'kinds=theft', limit: 2 }, '1');
  await open[0]?.answer([9, 8], 'after-8');
  incidents.loadMore();
  await open[1]?.answer([7], 'after-7');
  incidents.load({ f: 'kinds=burglary', limit: 2 }, '1');
  incidents.loadMore();
  expect(open).toHaveLength(3);
  expect(numbers(incidents)).toEqual([9, 8, 7]);
  await open[2]?.answer([7, 5], 'after-5');
  expect(numbers(incidents)).toEqual([7, 5]);
  expect(incidents.next).toBe('after-5');
});

test('a later page that comes after another filter was chosen is not taken', async () => {
  const incidents = list();
  incidents.load({ f: 'kinds=theft', limit: 2 }, '1');
  await open[0]?.answer([9, 8], 'after-8');
  incidents.loadMore();
  incidents.load({ f: 'kinds=burglary', limit: 2 }, '1');
  await open[2]?.answer([7], 'after-7');
  await open[1]?.answer([6]);
  expect(numbers(incidents)).toEqual([7]);
  incidents.loadMore();
  expect(open[3]?.address).toContain('f=kinds%3Dburglary&limit=2&after=after-7');
});

test('an incident whose time changed between two pages is listed once', async () => {
  const incidents = list();
  incidents.load({ f: '', limit: 2 }, '1');
  await open[0]?.answer([9, 8], 'after-8');
  incidents.loadMore();
  await open[1]?.answer([8, 7]);
  expect(numbers(incidents)).toEqual([9, 8, 7]);
});
