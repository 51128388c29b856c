import { afterAll, expect, test } from 'vitest';
import { optionName, optionValue } from '../src/i18n/server-words';
import { closeBrowser, Viewer } from './viewer-driver';

afterAll(closeBrowser);

/** Layers with the options that make them say something else than by default. */
const asked = {
  density: ['', 'adaptive=yes', 'edge=uniform', 'edge=diggle', 'kernel=epanechnikov', 'kernel=gaussian', 'kernel=triangular', 'kernel=uniform', 'radius=auto', 'radius=nrd', 'radius=scott'],
  kommuner: ['', 'smoothing=global', 'smoothing=neighbours', 'yearly=yes'],
  incidents: [''],
  clusters: ['', 'method=st_dbscan'],
  getis_ord: ['', 'tail=both', 'correction=none', 'test=analytic', 'own_cell=no'],
  near_repeat: ['', 'metric=manhattan', 'closed=right'],
  repeat_locations: ['', 'places=1000000', 'tolerance=0'],
};

test('whatever the server says of a layer is said in Swedish', async () => {
  const viewer = await Viewer.open();
  const { layers } = await viewer.catalogueOfServer();
  const untranslated: string[] = [];
  for (const [layer, options] of Object.entries(asked)) {
    for (const option of options) {
      const { info } = await viewer.legendOfServer(layer, option);
      if (info.unit_sv === info.unit) untranslated.push(`${layer} ${option}: unit ${info.unit}`);
      for (const note of info.notes) {
        if (note.sv === note.en) untranslated.push(`${layer} ${option}: note ${note.en}`);
      }
      const known = layers.find(({ name }) => name === info.layer)?.options ?? [];
      for (const [key, value] of Object.entries(info.parameters)) {
        const description = known.find((one) => one.key === key);
        const isWord = description === undefined ? !/^[\d.]+$/.test(value) : description.words.includes(value);
        const isSaid = optionName(key, description, 'sv') !== key && (!isWord || optionValue(value, description, 'sv') !== value);
        if (!isSaid) untranslated.push(`${layer} ${option}: ${key}=${value}`);
      }
    }
  }
  expect(untranslated).toEqual([]);
  await viewer.close();
});
