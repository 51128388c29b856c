import { expect, test } from 'vitest';
import { ApiError } from '../api/client';
import { Resource } from './resource.svelte';

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const answer = (text: string) => () => Promise.resolve(text);
const failing = () => Promise.reject(new ApiError({ kind: 'unreachable' }, 0));
const never = () => new Promise<string>(() => undefined);
const resource = () => new Resource<string>(() => undefined);

test('data are current only while they answer what is asked', async () => {
  const one = resource();
  one.load('theft', '1', answer('12 thefts'));
  expect(one.current).toBe(false);
  await settled();
  expect([one.data, one.current]).toEqual(['12 thefts', true]);
  one.load('burglary', '1', never);
  expect([one.data, one.current, one.shown]).toEqual(['12 thefts', false, '12 thefts']);
});

test('what was asked before is not shown for a question that failed', async () => {
  const one = resource();
  one.load('theft', '1', answer('12 thefts'));
  await settled();
  one.load('burglary', '1', failing);
  await settled();
  expect([one.current, one.shown, one.fault]).toEqual([false, null, { kind: 'unreachable' }]);
  one.load('theft', '1', never);
  expect([one.current, one.fault]).toEqual([true, null]);
});

test('a newer version of the data does not take away the answer that is here', async () => {
  const one = resource();
  one.load('theft', '1', answer('12 thefts'));
  await settled();
  one.load('theft', '2', never);
  expect([one.current, one.shown]).toEqual([true, '12 thefts']);
});

test('a question is asked once, and again after it failed', async () => {
  let asked = 0;
  const one = resource();
  const ask = (how: () => Promise<string>) =>
    one.load('theft', '1', () => {
      asked += 1;
      return how();
    });
  ask(failing);
  ask(failing);
  await settled();
  expect(asked).toBe(1);
  ask(answer('12 thefts'));
  await settled();
  ask(answer('12 thefts'));
  expect(asked).toBe(2);
});

test('an answer that is no longer wanted is dropped', async () => {
  const one = resource();
  one.load('theft', '1', async () => {
    await settled();
    return 'late';
  });
  one.load('burglary', '1', answer('3 burglaries'));
  await settled();
  await settled();
  expect(one.data).toBe('3 burglaries');
});

test('a question that gets another name is not asked anew', async () => {
  let asked = 0;
  const one = resource();
  const ask = (name: string) =>
    one.load(name, '1', () => {
      asked += 1;
      one.rename('r00k3');
      return Promise.resolve('the incident');
    });
  ask('17');
  await settled();
  ask('r00k3');
  expect([asked, one.current, one.data]).toEqual([1, true, 'the incident']);
});
