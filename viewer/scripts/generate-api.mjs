// Types and run-time shapes of the API, from its contract. `--check` writes nothing and fails on drift.
import { readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { parse } from 'yaml';

const contract = new URL('../../docs/api/openapi.yaml', import.meta.url);
const head = '// Generated from docs/api/openapi.yaml by `npm run types`. Do not edit.\n\n';

const types = head + astToString(await openapiTS(contract));
const schemas = parse(await readFile(contract, 'utf8')).components.schemas;
const shapes =
  head + `export const shapes = ${JSON.stringify(withoutProse(schemas), null, 2)} as const;\n`;

const files = [
  [new URL('../src/api/schema.ts', import.meta.url), types],
  [new URL('../src/api/shapes.ts', import.meta.url), shapes],
];

let drifted = false;
for (const [file, wanted] of files) {
  if (process.argv.includes('--check')) {
    const found = await readFile(file, 'utf8').catch(() => '');
    if (found !== wanted) {
      console.error(`${file.pathname} does not fit docs/api/openapi.yaml: run \`npm run types\``);
      drifted = true;
    }
  } else {
    await writeFile(file, wanted);
  }
}
process.exitCode = drifted ? 1 : 0;

/** The schemas without what only people read; a property may itself be called `description`. */
function withoutProse(schemaOrMap, insideProperties = true) {
  if (Array.isArray(schemaOrMap)) return schemaOrMap;
  return Object.fromEntries(
    Object.entries(schemaOrMap)
      .filter(([key]) => insideProperties || !['description', 'default'].includes(key))
      .map(([key, value]) => [
        key,
        value !== null && typeof value === 'object' ? withoutProse(value, key === 'properties') : value,
      ]),
  );
}
