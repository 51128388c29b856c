import type { OptionDescription } from '../api/types';

/** Options of a layer by their keys, as addresses carry them: those alone that differ from the defaults. */
export type LayerOptions = Readonly<Record<string, string>>;

export const noOptions: LayerOptions = {};

const longestText = 1000;

/** `key=value` joined by `;`, in the order of keys: byte for byte what the server makes of the same options. */
export function optionsText(options: LayerOptions): string {
  return Object.keys(options)
    .sort()
    .map((key) => `${key}=${options[key]}`)
    .join(';');
}

/** Reads the text form. What cannot be understood is left out and named in `rejected`. */
export function parseOptions(text: string): { options: LayerOptions; rejected: string[] } {
  if (text.length > longestText) return { options: noOptions, rejected: [`${text.slice(0, 40)}…`] };
  const parts = text.split(';').filter((part) => part !== '');
  const keys = parts.map((part) => part.slice(0, Math.max(0, part.indexOf('='))));
  const options: Record<string, string> = {};
  const rejected: string[] = [];
  for (const [at, part] of parts.entries()) {
    const key = keys[at] ?? '';
    const isTwice = keys.indexOf(key) !== keys.lastIndexOf(key);
    if (/^[a-z_]+=[\w.,+-]+$/.test(part) && !isTwice) options[key] = part.slice(key.length + 1);
    else rejected.push(part.slice(0, 80));
  }
  return { options, rejected };
}

/** With some values changed. */
export function changed(options: LayerOptions, change: LayerOptions, known: readonly OptionDescription[]): LayerOptions {
  return ownOptions({ ...options, ...change }, known).options;
}

/** Without what the layer takes anyway, and without options that it does not have, which are named. */
export function ownOptions(options: LayerOptions, known: readonly OptionDescription[]): { options: LayerOptions; unknown: string[] } {
  const own: Record<string, string> = {};
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(options)) {
    const description = known.find((option) => option.key === key);
    if (description === undefined) unknown.push(`${key}=${value}`);
    else if (value !== description.default) own[key] = value;
  }
  return { options: own, unknown };
}

/** A kernel of the density has one measure of its reach; the server refuses the other. */
export function settledDensity(options: LayerOptions): LayerOptions {
  const { radius, sigma, ...others } = options;
  const reach = options.kernel === 'gaussian' ? { sigma } : { radius };
  return { ...others, ...Object.fromEntries(Object.entries(reach).filter(([, value]) => value !== undefined)) } as LayerOptions;
}

/** In the canonical text that addresses carry. A radius among the options is a rule that chooses it, and goes before `radius`. */
export function densityOptions(radius: number, options: LayerOptions = noOptions): string {
  const own = settledDensity(options);
  return optionsText(own.kernel === 'gaussian' ? own : { radius: String(radius), ...own });
}
