import { expect, test } from 'vitest';
import { messages } from '../i18n/messages';
import { emptyFilter, hoursBetween, type Filter } from '../state/filters';
import { filterWords } from './filter-words';

const names = {
  kind: (code: string) => `<${code}>`,
  source: (name: string) => name.toUpperCase(),
  area: (code: string) => `area ${code}`,
};

test('each part of a filter is one phrase that can be taken away', () => {
  const filter: Filter = {
    ...emptyFilter,
    kinds: ['a', 'b', 'c'],
    hours: hoursBetween(22, 2),
    weekdays: 0b1000001,
    sources: ['police'],
  };
  const parts = filterWords(filter, names, messages.sv, 'sv');
  expect(parts.map((part) => part.text)).toEqual([
    'Brottstyp: <a> och 2 till',
    'Källa: POLICE',
    'Tid på dygnet: kl. 22–2',
    'Veckodagar: mån, sön',
  ]);
  const without = parts.reduce<Filter>((left, part) => ({ ...left, ...part.without }), filter);
  expect(without).toEqual(emptyFilter);
});

test('no filter is no words', () => {
  expect(filterWords(emptyFilter, names, messages.en, 'en')).toEqual([]);
});
