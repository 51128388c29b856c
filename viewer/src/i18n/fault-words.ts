import type { Fault } from '../api/client';
import type { Filter } from '../state/filters';
import { refusedPart } from '../state/refused-filter';
import type { Messages } from './messages';

export interface FaultWords {
  readonly sentence: string;
  /** What the server itself says, in English, or the contract that it broke. */
  readonly detail: string | null;
}

/** Why an answer did not come, in the person's language. */
export function faultWords(fault: Fault, t: Messages): FaultWords {
  switch (fault.kind) {
    case 'unreachable':
      return { sentence: t.offline, detail: null };
    case 'misunderstood':
      return { sentence: t.misunderstood, detail: fault.message };
    case 'refused':
      return refusal(fault, t);
  }
}

/** Why something was not done that somebody wanted: nobody tries it again but them, and what was asked was understood. */
export function workFaultWords(fault: Fault, t: Messages): FaultWords {
  if (fault.kind === 'unreachable') return { sentence: t.offlineAtWork, detail: null };
  if (fault.kind === 'refused' && fault.code === 'wrong_use') return { sentence: t.notDone, detail: fault.message };
  return faultWords(fault, t);
}

/** The parts of a filter, as the filter panel calls them. */
export function partNames(t: Messages): Readonly<Record<keyof Filter, string>> {
  const { areas, hours, kinds, period, precision, sources, weekdays } = t.filter;
  return { areas, hours, kinds, period, precision, sources, weekdays };
}

function refusal(fault: Extract<Fault, { kind: 'refused' }>, t: Messages): FaultWords {
  const part = refusedPart(fault);
  if (part !== null) return { sentence: t.filter.wrong(partNames(t)[part].toLowerCase()), detail: null };
  const option = fault.code === 'wrong_use' && fault.field !== undefined ? t.parameters[fault.field] : undefined;
  return {
    sentence: option === undefined ? (t.refusals[fault.code] ?? t.refused) : t.refusedField(option),
    detail: fault.message,
  };
}
