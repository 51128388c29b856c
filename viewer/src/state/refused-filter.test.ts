import { expect, test } from 'vitest';
import type { County } from '../api/types';
import { emptyFilter } from './filters';
import { refusedPart, unknownIn } from './refused-filter';

const county = {
  areas: [{ code: '0380' }],
  kinds: [{ code: 'theft' }],
  sources: [{ name: 'police' }],
} as unknown as County;

test('a filter that is refused is told from everything else that is', () => {
  const refused = (code: string, field?: string) =>
    refusedPart({ kind: 'refused', code, message: '', ...(field === undefined ? {} : { field }) });
  expect(refused('wrong_use', 'areas')).toBe('areas');
  expect(refused('wrong_use', 'radius')).toBeNull();
  expect(refused('wrong_use')).toBeNull();
  expect(refused('internal', 'areas')).toBeNull();
  expect(refusedPart({ kind: 'unreachable' })).toBeNull();
  expect(refusedPart(null)).toBeNull();
});

test('what the county does not have is named', () => {
  const filter = { ...emptyFilter, areas: ['0114', '0380'], kinds: ['nonsense', 'theft'] };
  expect(unknownIn(filter, 'areas', county)).toEqual(['0114']);
  expect(unknownIn(filter, 'kinds', county)).toEqual(['nonsense']);
  expect(unknownIn(filter, 'sources', county)).toEqual([]);
  expect(unknownIn(filter, 'hours', county)).toEqual([]);
});
