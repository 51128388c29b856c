import type { Fault } from '../api/client';
import type { County } from '../api/types';
import { emptyFilter, type Filter } from './filters';

/** The part of the filter for which the server refuses an answer; nothing where it is something else. */
export function refusedPart(fault: Fault | null): keyof Filter | null {
  if (fault?.kind !== 'refused' || fault.code !== 'wrong_use') return null;
  return (Object.keys(emptyFilter) as (keyof Filter)[]).find((part) => part === fault.field) ?? null;
}

/** What a part of the filter names that the county does not have. */
export function unknownIn(filter: Filter, part: keyof Filter, county: County): string[] {
  const known = {
    areas: county.areas.map(({ code }) => code),
    kinds: county.kinds.map(({ code }) => code),
    sources: county.sources.map(({ name }) => name),
  };
  if (part !== 'areas' && part !== 'kinds' && part !== 'sources') return [];
  return filter[part].filter((name) => !known[part].includes(name));
}
