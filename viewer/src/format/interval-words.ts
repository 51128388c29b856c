import type { Messages } from '../i18n/messages';
import type { Lang } from '../state/url-state';
import { toldInterval } from './times';

/** When something happened, in words that say how well it is known. */
export function intervalWords(
  when: { readonly from: string; readonly to: string },
  t: Messages,
  lang: Lang,
  timeZone: string,
): string {
  const told = toldInterval(when.from, when.to, lang, timeZone);
  switch (told.form) {
    case 'moment':
      return told.at;
    case 'span':
      return t.incident.between(told.from, told.to);
    case 'day':
      return t.incident.day(told.day);
    case 'days':
      return t.incident.days(told.from, told.to);
  }
}
