import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SetAsideRow } from '../api/types';
import { Desk, retriableRows } from './desk.svelte';

const row = (id: number, why_not = ''): SetAsideRow => ({
  id, source: 's', file: 'f.csv', row: id, column: '', reason: 'bad_time', first_reason: 'bad_time', message: 'm', state: 'open', why_not,
});

let asked: { address: string; body: unknown }[] = [];
let answer: () => Response = () => Response.json({ taken: 1, outside: 0, set_aside: 0, rows: [], revision: 2 });

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (address: string, { body }: { body?: string }) => {
    asked.push({ address, body: body === undefined ? undefined : JSON.parse(body) });
    return Promise.resolve(answer());
  });
});
afterEach(() => vi.unstubAllGlobals());

const deskOf = (changed = () => Promise.resolve()) => {
  const desk = new Desk(() => undefined, changed);
  desk.by = 'Eva Ek';
  return desk;
};

test('rows that cannot be taken in again do not keep the others from it', () => {
  expect(retriableRows([row(1), row(2, 'rows of shops are corrected where they come from'), row(3), { ...row(4), state: 'dropped' }])).toEqual([1, 3]);
});

test('rows are taken in again by name, once, and the lists are asked for anew', async () => {
  const changed = vi.fn(() => Promise.resolve());
  const desk = deskOf(changed);
  await Promise.all([desk.retry([1, 3]), desk.retry([1, 3])]);
  expect(asked).toEqual([{ address: '/api/v1/set-aside/retry', body: { by: 'Eva Ek', rows: [1, 3] } }]);
  expect(desk.done).toMatchObject({ what: 'retried', report: { taken: 1 } });
  expect([desk.version, changed.mock.calls.length]).toEqual([1, 1]);
});

test('a refusal is kept to be read, and what was typed stays', async () => {
  answer = () => Response.json({ code: 'busy', message: 'later' }, { status: 503 });
  const desk = deskOf();
  desk.edit('datum', '2025-03-01', 'igår');
  await desk.saveAndRetry(1);
  expect(desk.fault).toMatchObject({ kind: 'refused', code: 'busy' });
  expect(desk.edits).toEqual({ datum: '2025-03-01' });
  expect([desk.doing, desk.done]).toEqual([false, null]);
});

test('a value typed back to what it was is no edit', () => {
  const desk = deskOf();
  desk.edit('datum', '2025-03-01', 'igår');
  expect(desk.isEdited).toBe(true);
  desk.edit('datum', 'igår', 'igår');
  expect(desk.isEdited).toBe(false);
});

test('an answer for one row neither wipes what is typed for the next nor is said of it', async () => {
  let reply: (response: Response) => void = () => undefined;
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => (reply = resolve)));
  for (const work of ['save', 'undo'] as const) {
    const desk = deskOf();
    desk.turnPage();
    desk.edit('datum', '2025-03-01', 'igår');
    const working = desk[work](1);
    desk.turnPage();
    desk.edit('datum', '2025-04-01', 'förrgår');
    reply(Response.json({ ...row(1), columns: [], read_by: '' }));
    await working;
    expect(desk.edits).toEqual({ datum: '2025-04-01' });
    expect([desk.done, desk.fault]).toEqual([null, null]);
  }
});

test('a refusal that comes when another row is open says of which row it is', async () => {
  const opened = { ...row(1), columns: [], read_by: '' };
  answer = () => Response.json(opened);
  const desk = deskOf();
  desk.load(1, '1');
  await vi.waitFor(() => expect(desk.row.data).not.toBeNull());
  answer = () => Response.json({ code: 'busy', message: 'later' }, { status: 503 });
  const saving = desk.save(1);
  desk.turnPage();
  await saving;
  expect(desk.fault).toMatchObject({ code: 'busy' });
  expect(desk.faultOf).toMatchObject({ file: 'f.csv', row: 1 });
});
