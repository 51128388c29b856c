import { expect, test } from 'vitest';
import { reviewKey } from './review-keys';

const pressed = (key: string, also: object = {}) => ({
  key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...also,
});
const meaning = (key: string, where: 'list' | 'pair') => reviewKey(pressed(key), where, false);

test('a pair is decided, undone and left with one key', () => {
  expect(['1', '2', 'u', 'Escape'].map((key) => meaning(key, 'pair'))).toEqual(['join', 'part', 'undo', 'back']);
});

test('nothing is decided from the list, where the texts are not in sight', () => {
  expect(['1', '2', 'Escape'].map((key) => meaning(key, 'list'))).toEqual([null, null, null]);
});

test('one goes from pair to pair, and up and down scroll a pair', () => {
  expect(['j', 'k', 'J', 'ArrowDown', 'ArrowUp', 'ArrowRight'].map((key) => meaning(key, 'list'))).toEqual([
    'next', 'previous', 'next', 'next', 'previous', null,
  ]);
  expect(['j', 'k', 'ArrowRight', 'ArrowLeft', 'ArrowDown'].map((key) => meaning(key, 'pair'))).toEqual([
    'next', 'previous', 'next', 'previous', null,
  ]);
});

test('what is typed decides nothing', () => {
  const typed = ['1', '2', 'j', 'u', 'ArrowLeft', 'Escape'].map((key) => reviewKey(pressed(key), 'pair', true));
  expect(typed).toEqual([null, null, null, null, null, 'back']);
});

test('keys of the browser stay its own, and a key held down decides once', () => {
  expect(reviewKey(pressed('1', { ctrlKey: true }), 'pair', false)).toBeNull();
  expect(reviewKey(pressed('1', { repeat: true }), 'pair', false)).toBeNull();
  expect(reviewKey(pressed('j', { repeat: true }), 'pair', false)).toBe('next');
});
