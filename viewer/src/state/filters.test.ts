import { describe, expect, test } from 'vitest';
import { asksForArea, emptyFilter, filterText, hourRuns, hoursBetween, parseFilter, type Filter } from './filters';

const everything: Filter = {
  areas: ['0380', '0305'],
  hours: hoursBetween(18, 24),
  kinds: ['theft', 'damage.graffiti'],
  period: { from: '2025-01-01', to: '2025-02-01' },
  precision: 'street',
  sources: ['police'],
  weekdays: 0b0110000,
};

describe('the text of a filter', () => {
  test('is the canonical one of geo_core/filter.hpp', () => {
    expect(filterText(everything)).toBe(
      'areas=0305,0380;hours=18..24;kinds=damage.graffiti,theft;period=2025-01-01..2025-02-01;' +
        'precision=street;sources=police;weekdays=fri,sat',
    );
  });

  test('is empty for no filter', () => {
    expect(filterText(emptyFilter)).toBe('');
    expect(parseFilter('')).toEqual({ filter: emptyFilter, rejected: [] });
  });

  test('comes back the same from what it means', () => {
    const { filter, rejected } = parseFilter(filterText(everything));
    expect(rejected).toEqual([]);
    expect(filterText(filter)).toBe(filterText(everything));
  });

  test('does not depend on the order in which a link was written', () => {
    const { filter } = parseFilter('weekdays=sat,fri;kinds=theft,burglary,theft');
    expect(filterText(filter)).toBe('kinds=burglary,theft;weekdays=fri,sat');
  });

  test('sorts by byte, as the server does, not by Swedish', () => {
    expect(filterText({ ...emptyFilter, sources: ['b', 'B', 'a_1', 'a-1'] })).toBe('sources=B,a-1,a_1,b');
  });
});

test('a filter without areas asks for all of them', () => {
  expect(asksForArea(emptyFilter, '0380')).toBe(true);
  expect(asksForArea(everything, '0380')).toBe(true);
  expect(asksForArea(everything, '0382')).toBe(false);
});

describe('hours', () => {
  test('go through midnight', () => {
    const night = hoursBetween(22, 2);
    expect(hourRuns(night)).toEqual([{ from: 22, to: 2 }]);
    expect(filterText({ ...emptyFilter, hours: night })).toBe('hours=22..2');
    expect(parseFilter('hours=22..2').filter.hours).toBe(night);
  });

  test('are written as runs, the one through midnight last', () => {
    const { filter } = parseFilter('hours=23..1,7,12..14');
    expect(filterText(filter)).toBe('hours=7..8,12..14,23..1');
  });

  test('that are all of the day are no filter', () => {
    expect(parseFilter('hours=0..24').filter.hours).toBe(0);
    expect(hoursBetween(5, 5)).toBe(0);
  });
});

describe('what cannot be understood', () => {
  test.each([
    'period=2025-02-30..2025-03-01',
    'period=2025-02-01..2025-01-01',
    'period=2025-01-01',
    'hours=25',
    'hours=7..7',
    'weekdays=lör',
    'kinds=a b',
    'colour=red',
    'precision=exactly',
    'nonsense',
  ])('%s is left out and named', (part) => {
    const { filter, rejected } = parseFilter(`${part};sources=police`);
    expect(filterText(filter)).toBe('sources=police');
    expect(rejected).toEqual([part]);
  });

  test('a key that is there twice is left out both times: nobody knows which was meant', () => {
    const { filter, rejected } = parseFilter('kinds=theft;sources=police;kinds=fire');
    expect(filterText(filter)).toBe('sources=police');
    expect(rejected).toEqual(['kinds=theft', 'kinds=fire']);
  });
});
