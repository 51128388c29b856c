import type { Schemas } from '../api/types';

/**
 * The sheets or layers of a file that has several, as the server's refusal to choose among them lists them. None where
 * their names leave it open which they are.
 */
export function sheetsIn(refusal: Schemas['Error'] | undefined): string[] {
  const said = /: holds (\d+) (?:sheets|layers); name one with --layer: (.*)$/s.exec(refusal?.message ?? '');
  const names = [...(said?.[2] ?? '').matchAll(/(.+?) \(\d+ rows?\)(?:, |$)/gs)].map(([, name = '']) => name);
  return names.length === Number(said?.[1]) && new Set(names).size === names.length ? names : [];
}
