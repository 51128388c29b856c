import type { LayerOptions } from '../state/layer-options';

/** How all rows of a table come into a file, with what is chosen now. For a POSIX shell. */
export function exportCommand(layer: string, table: string, f: string, options: LayerOptions): string {
  const parts = [
    `riskbild layer ${layer}`,
    '--store county.gpkg',
    `--out ${layer}-${table}.csv`,
    `--table ${table}`,
    ...(f === '' ? [] : [`--filter ${quoted(f)}`]),
    ...Object.keys(options)
      .sort()
      .map((key) => `--option ${quoted(`${key}=${options[key]}`)}`),
  ];
  return parts.join(' ');
}

function quoted(text: string): string {
  return /^[\w.,=+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
