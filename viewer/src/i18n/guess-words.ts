import type { Messages } from './messages';

const flags = ['kind.codes', 'position.geometry', 'position.whole_county_without_position'];

/** What a column profile has under a key, as the field for it says it; a column is called as it is. */
export function guessWords(key: string, value: string, t: Messages, kindName: (code: string) => string): string {
  if (flags.includes(key)) return value === 'true' ? t.fileImport.yes : value;
  switch (key) {
    case 'time.style':
      return t.fileImport.dateStyles[value] ?? value;
    case 'time.resolution':
      return t.fileImport.resolutions[value] ?? value;
    case 'position.precision':
      return (t.precision as Readonly<Record<string, string>>)[value] ?? value;
    case 'kind.fixed':
      return kindName(value);
    default:
      return value;
  }
}
