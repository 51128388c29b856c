import { afterAll, expect, test } from 'vitest';
import { wholeNumber } from '../src/format/numbers';
import { closeBrowser, desktop, phone, Viewer, withJson, type Tampering } from './viewer-driver';

afterAll(closeBrowser);

const uppsala = 'map=12.00/59.86000/17.64000';

test('the analyses of the catalogue are offered beside what has panels of its own, in both languages', async () => {
  const viewer = await Viewer.open();
  const { layers } = await viewer.catalogueOfServer();
  const offered = layers.filter(({ name }) => !['density', 'rates', 'repeat_locations'].includes(name));
  expect(offered.length).toBeGreaterThan(1);
  expect(await viewer.results.analyses()).toEqual(offered.map(({ title_sv }) => title_sv));
  expect(await viewer.results.mayShowResults()).toBe(false);
  await viewer.chooseLanguage('English');
  expect(await viewer.results.analyses('Analyses')).toEqual(offered.map(({ title_en }) => title_en));
  await viewer.close();
});

test('an analysis is drawn, explained by its legend, and listed', async () => {
  const viewer = await Viewer.open(`?surface=none&${uppsala}`);
  const town = { lng: 17.64, lat: 59.86 };
  const bare = await viewer.pictureAround(town, 150);
  await viewer.results.chooseAnalysis('Kluster');
  expect(viewer.address()).toContain('surface=clusters');
  const legend = await viewer.legendOfServer('clusters');
  const said = await viewer.legend('clusters');
  expect([said.n, said.classes]).toEqual([legend.info.n, legend.classes.length]);
  expect(said.text).toContain(legend.info.unit_sv);
  expect((await viewer.pictureAround(town, 150)).difference(bare)).toBeGreaterThan(2000);

  await viewer.results.showResults();
  expect(viewer.address()).toContain('tab=results');
  const { facts, tables } = await viewer.resultOfServer('clusters');
  expect(await viewer.results.facts()).toEqual(Object.fromEntries(facts.map(({ sv, value }) => [sv, wholeNumber(Number(value), 'sv')])));
  const [table] = tables;
  if (table === undefined) throw new Error('there is no table');
  const rows = await viewer.results.rows('clusters');
  expect(rows.length).toBe(Math.min(100, table.total));
  const n = table.columns.findIndex(({ key }) => key === 'n') + (table.labels === undefined ? 0 : 1);
  const numbers = table.rows.slice(0, 100).map((row) => wholeNumber(Number(row[table.columns.findIndex(({ key }) => key === 'n')]), 'sv'));
  expect(rows.map((row) => row[n])).toEqual(numbers);
  // Kinds by their names, not by their codes.
  expect(rows[0]?.join(' ')).not.toMatch(/[a-z]\.[a-z]/);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('every analysis of the catalogue opens without a word of this page about it', async () => {
  const viewer = await Viewer.open();
  const { layers } = await viewer.catalogueOfServer();
  for (const { title_sv } of layers.filter(({ name }) => !['density', 'rates', 'repeat_locations'].includes(name))) {
    await viewer.openTab('Lager');
    await viewer.results.chooseAnalysis(title_sv);
    await viewer.results.showResults();
    expect(await viewer.alerts(), title_sv).toEqual([]);
    expect(Object.keys(await viewer.results.facts()).length + (await viewer.results.titles()).length, title_sv).toBeGreaterThan(0);
    expect(await viewer.overhang(), title_sv).toBe(0);
  }
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('all of an analysis is said in the language of the page', async () => {
  const viewer = await Viewer.open('?surface=near_repeat&tab=results');
  await viewer.openDetails();
  const { info, facts } = await viewer.resultOfServer('near_repeat');
  const swedish = await viewer.wholeText();
  for (const words of [...info.notes, ...facts]) expect(swedish).toContain(words.sv);
  await viewer.chooseLanguage('English');
  await viewer.openDetails();
  const english = await viewer.wholeText();
  for (const words of [...info.notes, ...facts]) expect(english).toContain(words.en);
  expect(english.match(/.*\b(dygn|rader|Avstånd|Kedja|Tillåtet|Närliggande)\b.*/)?.[0] ?? null).toBeNull();
  await viewer.close();
});

test('classes with names are named in the legend', async () => {
  const viewer = await Viewer.open('?surface=getis_ord');
  expect(await viewer.alerts()).toEqual([]);
  const { classes } = await viewer.legendOfServer('getis_ord');
  expect((await viewer.classesInLegend('getis_ord')).map((text) => text.trim())).toEqual(classes.map(({ sv }) => sv));
  await viewer.chooseLanguage('English');
  expect((await viewer.classesInLegend('getis_ord')).map((text) => text.trim())).toEqual(classes.map(({ en }) => en));
  await viewer.close();
});

test('an option is in the address once it is written, and gone from it when it is reset', async () => {
  const viewer = await Viewer.open('?surface=clusters');
  const { layers } = await viewer.catalogueOfServer();
  const options = layers.find(({ name }) => name === 'clusters')?.options ?? [];
  expect(await viewer.results.optionKeys()).toEqual(options.map(({ key }) => key));
  const before = await viewer.classesInLegend('clusters');

  await viewer.results.typeOption('min_points', '25');
  expect(viewer.address()).toContain('o=min_points=25');
  await viewer.results.writeOption('eps', '100');
  expect(viewer.address()).toContain('o=eps=100;min_points=25');
  expect(await viewer.classesInLegend('clusters')).not.toEqual(before);

  await viewer.reload();
  expect([await viewer.results.option('eps'), await viewer.results.option('min_points')]).toEqual(['100', '25']);
  // What is as by default is not said.
  await viewer.results.writeOption('eps', options.find(({ key }) => key === 'eps')?.default ?? '');
  expect(viewer.address()).toContain('o=min_points=25');
  await viewer.results.resetOptions();
  expect(viewer.address()).not.toContain('o=');
  expect(await viewer.classesInLegend('clusters')).toEqual(before);
  await viewer.close();
});

test('what an option does not take is said at the option, and not asked for', async () => {
  const viewer = await Viewer.open('?surface=clusters');
  const asked = viewer.countRequests('/api/v1/layers/clusters');
  await viewer.results.writeOption('min_points', '1.5');
  expect(await viewer.results.troubleOf('min_points')).toMatch(/^Tillåtet: heltal /);
  expect(viewer.address()).not.toContain('o=');
  expect(asked()).toBe(0);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.results.writeOption('min_points', '12');
  expect(await viewer.results.troubleOf('min_points')).toBeNull();
  expect(viewer.address()).toContain('o=min_points=12');
  await viewer.close();
});

test('what the server says against options is said at the one that is to blame', async () => {
  const viewer = await Viewer.open('?surface=near_repeat&o=distance=2,4;same_place=50', { unsettled: true });
  await viewer.results.computationSays(/./);
  await viewer.settled();
  const trouble = await viewer.results.troubleOf('distance');
  expect(trouble).toContain('Tillåtet: ');
  expect(trouble).toContain('same_place');
  await viewer.results.resetOptions();
  expect(await viewer.results.troubleOf('distance')).toBeNull();
  expect((await viewer.legend('near_repeat')).n).toBeGreaterThan(0);
  await viewer.close();
});

test('a link to what the server does not have opens all the same, and says so', async () => {
  const viewer = await Viewer.open('?surface=crystal_ball&o=radius=scott&tab=results');
  expect(await viewer.notices()).toContain('surface=crystal_ball');
  expect(viewer.address()).not.toMatch(/surface|o=/);
  expect((await viewer.legend('density')).n).toBeGreaterThan(0);
  await viewer.close();

  const other = await Viewer.open('?surface=clusters&o=colour=red;eps=100&why=17.64,59.86');
  expect(await other.notices()).toContain('colour=red');
  expect(await other.notices()).toContain('why=17.64000,59.86000');
  expect(other.address()).toBe('?surface=clusters&o=eps=100');
  await other.close();
});

test('the density has all its options, and never two measures of reach', async () => {
  const viewer = await Viewer.open(`?${uppsala}`);
  const { layers } = await viewer.catalogueOfServer();
  const keys = layers.find(({ name }) => name === 'density')?.options.map(({ key }) => key) ?? [];
  const without = (...hidden: string[]) => keys.filter((key) => !hidden.includes(key));
  await viewer.results.openOptions();
  expect(await viewer.results.optionKeys()).toEqual(without('radius', 'sigma'));
  const before = await viewer.mapPicture();
  await viewer.chooseRadius(250);
  await viewer.results.chooseOption('kernel', 'gaussian');
  expect(viewer.address()).toContain('o=kernel=gaussian');
  expect(await viewer.results.optionKeys()).toEqual(without('radius'));
  await viewer.results.writeOption('sigma', '900');
  expect(viewer.address()).toContain('o=kernel=gaussian;sigma=900');
  expect((await viewer.legend('density')).text).toMatch(/standardavvikelse 900\sm/);
  expect((await viewer.mapPicture()).difference(before)).toBeGreaterThan(1000);
  await viewer.results.chooseOption('kernel', 'quartic');
  expect(viewer.address()).not.toContain('o=');
  expect((await viewer.legend('density')).text).toMatch(/sökradie 250\sm/);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('the radius of the density can be left to a rule, and taken back', async () => {
  const viewer = await Viewer.open(`?${uppsala}`);
  await viewer.chooseRadiusRule('scott');
  expect(viewer.address()).toContain('o=radius=scott');
  const { info } = await viewer.legendOfServer('density', 'radius=scott');
  expect((await viewer.legend('density')).text).toContain(`sökradie ${wholeNumber(Math.floor(Number(info.parameters.radius)), 'sv')}`);
  await viewer.chooseRadius(500);
  expect(viewer.address()).not.toContain('o=');
  expect(viewer.address()).toContain('radius=500');
  await viewer.close();
});

test('pairs by distance and time stand across, shaded where the table says so', async () => {
  const viewer = await Viewer.open('?surface=near_repeat&tab=results');
  const { tables } = await viewer.resultOfServer('near_repeat');
  const bands = tables.find(({ key }) => key === 'bands');
  const at = (key: string) => bands?.columns.findIndex((column) => column.key === key) ?? -1;
  const shaded = (await viewer.results.matrix()).flat().map((cell) => cell.shaded);
  expect(shaded).toEqual(bands?.rows.map((row) => row[at('significant')] === 1));
  expect(shaded).toContain(true);
  expect(shaded).toContain(false);
  const observed = (await viewer.results.matrix()).flat().map(({ text }) => text);
  bands?.rows.forEach((row, i) => expect(observed[i]).toContain(wholeNumber(Number(row[at('observed')]), 'sv').replace(/\s/g, ' ')));
  await viewer.results.openAllFigures();
  expect(await viewer.results.rows('bands')).toHaveLength(bands?.rows.length ?? -1);
  await viewer.close();
});

test('a week is a picture with words beside it', async () => {
  const viewer = await Viewer.open('?surface=clusters&tab=results', {
    tamper: withJson('/api/v1/layers/clusters/result?*', (json) => {
      const columns = ['weekday', 'hour', 'weight'].map((key) => ({ key, sv: key, en: key, type: key === 'weight' ? 'real' : 'whole' }));
      const rows = Array.from({ length: 168 }, (_, i) => [Math.floor(i / 24) + 1, i % 24, i === 24 * 4 + 22 ? 30 : 1]);
      json.tables = [{ key: 'week', total: 168, columns, rows }];
    }),
  });
  const week = await viewer.results.week();
  expect(week.hours).toBe(168);
  expect(week.words).toMatch(/^Mest: fre 22–23 \(15,2\s%\)/);
  expect(week.name).toContain('från måndag');
  await viewer.results.openAllFigures();
  expect(await viewer.results.countInWords('week')).toContain('100 av 168');
  await viewer.results.showMoreRows();
  expect(await viewer.results.rows('week')).toHaveLength(168);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.close();
});

test('a table is sorted by its heads, and the order is in the address', async () => {
  const viewer = await Viewer.open('?surface=clusters&tab=results');
  const first = await viewer.results.rows('clusters');
  await viewer.results.sortBy('clusters', 'Täthet');
  expect(await viewer.results.sortedBy('clusters')).toMatch(/^Täthet.* descending$/);
  expect(viewer.address()).toContain('order=clusters.-density');
  const sorted = await viewer.results.rows('clusters');
  expect(sorted).not.toEqual(first);
  await viewer.reload();
  expect(await viewer.results.rows('clusters')).toEqual(sorted);
  await viewer.results.sortBy('clusters', 'Täthet');
  expect((await viewer.results.rows('clusters')).map((row) => row[0])).toEqual(sorted.map((row) => row[0]).reverse());
  await viewer.results.sortBy('clusters', 'Täthet');
  expect(await viewer.results.rows('clusters')).toEqual(first);
  await viewer.close();
});

test('all rows come by one line for the command line', async () => {
  const viewer = await Viewer.open('?surface=clusters&tab=results&o=eps=100&f=kinds=theft');
  expect(await viewer.results.command('clusters')).toBe(
    'riskbild layer clusters --store county.gpkg --out clusters-clusters.csv --table clusters --filter kinds=theft --option eps=100',
  );
  await viewer.close();
});

test('a row leads to its place on the map, by a click anywhere in it and by the keyboard', async () => {
  const viewer = await Viewer.open('?surface=clusters&tab=results');
  const { tables } = await viewer.resultOfServer('clusters');
  const places = tables[0]?.places ?? [];
  const near = (row: number) => places[row]?.map((degrees) => degrees.toFixed(5)).join(',') ?? 'no place';
  await viewer.results.clickRow('clusters', 2);
  expect(viewer.address()).toContain(`place=${near(2)}`);
  expect(viewer.address()).toContain('map=13.00/');
  expect(await viewer.results.chosenRow('clusters')).toBe(2);
  await viewer.results.enterRow('clusters', 0);
  expect(viewer.address()).toContain(`place=${near(0)}`);
  expect(await viewer.results.chosenRow('clusters')).toBe(0);
  await viewer.reload();
  expect(await viewer.results.chosenRow('clusters')).toBe(0);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a click on an area of the map leads to its row, also where that stands far down', async () => {
  const viewer = await Viewer.open('?surface=clusters');
  const { tables } = await viewer.resultOfServer('clusters');
  const [lng = 0, lat = 0] = tables[0]?.places?.[0] ?? [];
  await viewer.close();
  const map = `map=13.00/${lat.toFixed(5)}/${lng.toFixed(5)}`;
  const there = await Viewer.open(`?surface=clusters&${map}&order=clusters.n`);
  await there.clickPlace({ lng, lat });
  expect(there.address()).toContain('tab=results');
  expect(there.address()).toContain(map);
  expect(there.address()).toContain(`place=${lng.toFixed(5)},${lat.toFixed(5)}`);
  // Sorted upwards the largest is the last.
  expect(await there.results.chosenRow('clusters')).toBe((tables[0]?.rows.length ?? 0) - 1);
  await there.close();
});

/** A computation of which the server tells what it is given to tell. */
const computing = (tells: () => object): Tampering => async (page) => {
  const job = { id: 7, layer: 'near_repeat', filter: '', options: '', revision: 1, step: 'running', progress: 0 };
  await page.route(/\/(job|jobs\/7(\/cancel)?)$/, (route) => route.fulfill({ json: { ...job, ...tells() } }));
};

test('what takes long is watched, cancelled and begun again', async () => {
  let told: object = { step: 'waiting' };
  const viewer = await Viewer.open('?surface=near_repeat&tab=results', { unsettled: true, tamper: computing(() => told) });
  const tiles = viewer.countRequests('/tiles/near_repeat/');
  const legends = viewer.countRequests('/near_repeat/legend');
  await viewer.results.computationSays('Väntar på sin tur');
  told = { progress: 0.42 };
  await viewer.results.computationSays(/beräknas: 42\s%/);
  expect(await viewer.results.computationAloud()).toMatch(/beräknas: 40\s%/);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  expect(await viewer.overlaps()).toEqual([]);
  expect([tiles(), legends()]).toEqual([0, 0]);

  const cancelled = viewer.countRequests('/jobs/7/cancel');
  await viewer.results.pressOnComputation('Avbryt beräkningen');
  await viewer.results.computationSays('Beräkningen är avbruten.');
  expect(cancelled()).toBe(1);
  await viewer.settled();
  expect([tiles(), legends()]).toEqual([0, 0]);

  told = { step: 'done', progress: 1 };
  await viewer.results.pressOnComputation('Beräkna igen');
  await viewer.settled();
  expect(await viewer.results.computation()).toBeNull();
  expect(legends()).toBe(1);
  expect(tiles()).toBeGreaterThan(0);
  expect(await viewer.results.titles()).toHaveLength(3);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('why a computation failed is said in the server’s words, and it can be tried again', async () => {
  let told: object = { step: 'failed', error: 'the pairs would need 9 GB; 60000 incidents fit' };
  const viewer = await Viewer.open('?surface=near_repeat', { tamper: computing(() => told) });
  expect(await viewer.results.computation()).toContain('Det gick inte att beräkna.');
  expect(await viewer.results.computation()).toContain('60000 incidents fit');
  told = { step: 'done', progress: 1 };
  await viewer.results.pressOnComputation('Försök igen');
  await viewer.settled();
  expect((await viewer.legend('near_repeat')).n).toBeGreaterThan(0);
  await viewer.close();
});

test('a click on the density says why there, and the answer is a link', async () => {
  const viewer = await Viewer.open(`?${uppsala}&radius=500`);
  await viewer.clickPlace({ lng: 17.65, lat: 59.855 });
  const at = /why=([\d.,]+)/.exec(viewer.address())?.[1] ?? '';
  const [lng, lat] = at.split(',').map(Number);
  expect(lng).toBeCloseTo(17.65, 3);
  expect(lat).toBeCloseTo(59.855, 3);
  const known = await viewer.whyOfServer('density', at, 'radius=500');
  const facts = await viewer.results.whyFacts();
  expect(Object.keys(facts)).toEqual(known.facts.map(({ sv }) => sv));
  const observed = known.facts.find(({ key }) => key === 'observed');
  expect(facts[observed?.sv ?? '']).toBe(wholeNumber(Number(observed?.value), 'sv'));
  expect((await viewer.results.variants()).map((row) => /^[\d\s]+m( \(valt\))?/.exec(row)?.[0].replace(/\s/g, ' '))).toEqual(['250 m', '500 m (valt)', '1 000 m']);
  expect(await viewer.results.incidentsBehind()).toEqual(known.incidents.map(({ id }) => id));
  expect(await viewer.results.why()).toContain(`${wholeNumber(known.total_incidents, 'sv')} händelse`);

  await viewer.reload();
  expect(await viewer.results.whyFacts()).toEqual(facts);
  await viewer.results.openIncidentBehind(0);
  expect(await viewer.card()).not.toBeNull();
  await viewer.press('Escape');
  expect(await viewer.results.why()).not.toBeNull();
  await viewer.press('Escape');
  expect(await viewer.results.why()).toBeNull();
  expect(viewer.address()).not.toContain('why=');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('what is asked about the map’s centre needs no pointer', async () => {
  const viewer = await Viewer.open(`?surface=getis_ord&${uppsala}`);
  await viewer.results.askAtCentre();
  expect(viewer.address()).toContain('why=17.64000,59.86000');
  expect((await viewer.focused()).name).toBe('Varför här?');
  expect(await viewer.results.why()).toContain('Heta fläckar vid 59,8600° N 17,6400° O');
  await viewer.press('Escape');
  await viewer.settled();
  expect((await viewer.focused()).name).toBe('Varför i kartans mitt?');
  await viewer.close();
});

test('a click on a mark means what it always meant, unless somebody asked to point', async () => {
  const rows = await (async () => {
    const viewer = await Viewer.open();
    const found = await viewer.incidentsOfServer('precision=exact', 1);
    await viewer.close();
    return found;
  })();
  const { lng = 0, lat = 0 } = rows[0] ?? {};
  const viewer = await Viewer.open(`?overlays=incidents&map=17.00/${lat.toFixed(5)}/${lng.toFixed(5)}`);
  await viewer.clickPlace({ lng, lat });
  expect(viewer.address()).toContain('incident=');
  expect(viewer.address()).not.toContain('why=');
  await viewer.press('Escape');
  await viewer.results.beginPointing();
  expect(await viewer.results.isPointing()).toBe(true);
  await viewer.press('Escape');
  expect(await viewer.results.isPointing()).toBe(false);
  await viewer.results.beginPointing();
  await viewer.clickPlace({ lng, lat });
  expect(viewer.address()).toContain('why=');
  expect(viewer.address()).not.toContain('incident=');
  await viewer.close();
});

test('two clicks zoom in, and ask nothing', async () => {
  const viewer = await Viewer.open(`?${uppsala}`);
  await viewer.doubleClickPlace({ lng: 17.65, lat: 59.855 });
  expect(viewer.address()).toMatch(/map=13\./);
  expect(viewer.address()).not.toContain('why=');
  await viewer.close();
});

test('a surface that explains nothing is not asked', async () => {
  const viewer = await Viewer.open(`?surface=none&${uppsala}`);
  await viewer.clickPlace({ lng: 17.65, lat: 59.855 });
  expect(viewer.address()).not.toContain('why=');
  expect(await viewer.results.why()).toBeNull();
  await viewer.close();
});

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  for (const surface of ['near_repeat', 'getis_ord', 'clusters']) {
    test(`axe finds nothing at ${name} in the options and results of ${surface}, and nothing is cut off`, async () => {
      const viewer = await Viewer.open(`?surface=${surface}&tab=layers`, { size });
      await viewer.openDetails();
      expect(await viewer.accessibilityFaults()).toEqual([]);
      expect(await viewer.overhang()).toBe(0);
      await viewer.openTab('Resultat');
      await viewer.openDetails();
      expect(await viewer.accessibilityFaults()).toEqual([]);
      expect(await viewer.overhang()).toBe(0);
      await viewer.chooseLanguage('English');
      expect(await viewer.overhang()).toBe(0);
      expect(viewer.trouble).toEqual([]);
      await viewer.close();
    });
  }

  test(`axe finds nothing at ${name} in why a place has its value`, async () => {
    const viewer = await Viewer.open('?why=17.64,59.86', { size });
    await viewer.openDetails();
    expect(await viewer.accessibilityFaults()).toEqual([]);
    expect(await viewer.overhang()).toBe(0);
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  });
}
