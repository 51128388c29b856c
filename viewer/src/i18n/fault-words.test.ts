import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Fault } from '../api/client';
import { faultWords, workFaultWords } from './fault-words';
import { messages } from './messages';

const refused = (code: string, field?: string): Fault => ({
  kind: 'refused',
  code,
  message: 'the server’s sentence',
  ...(field === undefined ? {} : { field }),
});

test('a refusal is said in the language of the page, with the server’s own sentence beside it', () => {
  expect(faultWords(refused('wrong_use', 'radius'), messages.sv)).toEqual({
    sentence: 'Servern förstår inte det som är valt: sökradie.',
    detail: 'the server’s sentence',
  });
  expect(faultWords(refused('busy'), messages.sv).sentence).toBe(
    'Servern har för mycket att göra. Försök igen om en stund.',
  );
});

test('a filter that the county cannot have is said to be wrong, without a word of English', () => {
  expect(faultWords(refused('wrong_use', 'kinds'), messages.sv)).toEqual({
    sentence: 'Filtret i adressen stämmer inte: brottstyp.',
    detail: null,
  });
});

test('a code or field that is not known has its sentence too', () => {
  expect(faultWords(refused('on_fire'), messages.sv).sentence).toBe('Servern kunde inte svara.');
  expect(faultWords(refused('wrong_use', 'shoe_size'), messages.en).sentence).toBe(
    'The server does not understand the question.',
  );
});

test('of what was to be done it is not said that the page tries again, nor that it was not understood', () => {
  expect(workFaultWords({ kind: 'unreachable' }, messages.sv).sentence).not.toMatch(/av sig själv/);
  expect(workFaultWords(refused('wrong_use'), messages.sv)).toEqual({ sentence: 'Det blev inte gjort.', detail: 'the server’s sentence' });
  expect(workFaultWords(refused('busy'), messages.sv)).toEqual(faultWords(refused('busy'), messages.sv));
});

test('an answer that breaks the contract is not called a silent server', () => {
  const fault: Fault = { kind: 'misunderstood', message: 'County.areas is missing' };
  expect(faultWords(fault, messages.sv).sentence).toMatch(/går inte att tolka/);
  expect(faultWords(fault, messages.sv).detail).toBe('County.areas is missing');
});

test('every code that the server answers with has its words', () => {
  const named = readFileSync(new URL('../../../geo_core/result.cpp', import.meta.url), 'utf8');
  const codes = [...named.matchAll(/return "(\w+)";/g)].map((match) => match[1] ?? '');
  expect(codes).toContain('too_slow');
  expect(codes.filter((code) => messages.sv.refusals[code] === undefined)).toEqual([]);
});

test('every language has words for every code that the other has', () => {
  expect(Object.keys(messages.en.refusals)).toEqual(Object.keys(messages.sv.refusals));
});
