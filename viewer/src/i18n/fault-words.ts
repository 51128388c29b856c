import type { Fault } from '../api/client';
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
      return { sentence: refusal(fault.code, fault.field, t), detail: fault.message };
  }
}

function refusal(code: string, field: string | undefined, t: Messages): string {
  const fields: Readonly<Record<string, string>> = {
    areas: t.filter.areas,
    hours: t.filter.hours,
    kinds: t.filter.kinds,
    period: t.filter.period,
    precision: t.filter.precision,
    sources: t.filter.sources,
    weekdays: t.filter.weekdays,
    radius: t.layers.radius,
  };
  const name = field === undefined ? undefined : fields[field];
  return code === 'wrong_use' && name !== undefined ? t.refusedField(name) : (t.refusals[code] ?? t.refused);
}
