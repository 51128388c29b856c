import { afterAll, expect, test } from 'vitest';
import { closeBrowser, phone, Viewer } from './viewer-driver';

afterAll(closeBrowser);

// Names may be placed a pixel otherwise after a movement.
const aFewPixels = 500;

test('repeat locations are ranked, and "go to" moves the map there', async () => {
  const viewer = await Viewer.open('?overlays=repeat_locations&tab=places');
  const places = await viewer.places();
  expect(places.length).toBeGreaterThan(3);
  expect(places.slice(0, 3).map((place) => place.rank)).toEqual(['1', '2', '3']);
  const before = await viewer.mapPicture();
  await viewer.goToPlace(2);
  expect(viewer.address()).toMatch(/map=15\.00\//);
  expect(await viewer.chosenPlaceRank()).toBe('2');
  expect((await viewer.mapPicture()).difference(before)).toBeGreaterThan(5000);
  await viewer.goBack();
  expect(viewer.address()).not.toContain('map=');
  expect((await viewer.mapPicture()).difference(before)).toBeLessThan(aFewPixels);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a circle on the map is the place in the list', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=repeat_locations&tab=places');
  await viewer.goToPlace(1);
  await viewer.openTab('Lager');
  await viewer.clickMap(0.5, 0.5);
  expect(viewer.address()).toContain('tab=places');
  expect(await viewer.chosenPlaceRank()).toBe('1');
  await viewer.close();
});

test('the table of kommuner has a row for each, with number, rate and interval', async () => {
  const viewer = await Viewer.open('?tab=kommuner');
  const rows = await viewer.kommuner();
  expect(rows).toHaveLength((await viewer.county()).areas.length);
  for (const row of rows) expect(row).toMatch(/\d+,\d\s+\d+,\d–\d+,\d/);
  await viewer.close();
});

test('an incident opens from the list with its time, precision and sources, and Escape closes it', async () => {
  const viewer = await Viewer.open('?tab=incidents');
  const [first] = await viewer.incidents();
  await viewer.openIncident(0);
  expect(viewer.address()).toContain(`incident=${first?.id}`);
  const card = await viewer.card();
  expect(card).toMatch(/När/);
  expect(card).toMatch(/Noggrannhet\s+(exakt punkt|adress|gata|ort|kommun|län)/);
  expect(card).toMatch(/Sedd/);
  await viewer.press('Escape');
  expect(await viewer.card()).toBeNull();
  expect(viewer.address()).not.toContain('incident=');
  expect((await viewer.focused()).name).toContain(first?.text.split('\n')[0]);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('the list of incidents grows, and can be only what the map shows', async () => {
  const viewer = await Viewer.open('?tab=incidents&map=13/59.85800/17.64000');
  await viewer.moreIncidents();
  const all = await viewer.incidents();
  expect(all.length).toBeGreaterThan(50);
  expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
  await viewer.onlyIncidentsInMap();
  for (const row of await viewer.incidents()) expect(row.text).toMatch(/plats känd till (exakt punkt|adress|gata)/);
  await viewer.close();
});

test('an incident opens from the map and gets its public id in the address', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=incidents,repeat_locations&tab=places');
  await viewer.goToPlace(1);
  await viewer.openTab('Lager');
  // Without the circles, what lies below the middle is an incident of the place.
  await viewer.page.getByRole('checkbox', { name: /^Upprepade platser/ }).uncheck();
  await viewer.settled();
  await viewer.clickMap(0.5, 0.5);
  expect(await viewer.card()).toMatch(/Noggrannhet/);
  expect(viewer.address()).toMatch(/incident=(?!\d+(&|$))/);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('an incident told by several sources says which of them gives what', async () => {
  const viewer = await Viewer.open('?tab=incidents');
  let found: string | null = null;
  for (let page = 0; page < 8 && found === null; ++page) {
    const rows = await viewer.incidents();
    const several = rows.findIndex((row) => /\d rapporter/.test(row.text));
    if (several >= 0) {
      await viewer.openIncident(several);
      found = await viewer.card();
    } else {
      await viewer.moreIncidents();
    }
  }
  expect(found).toMatch(/Sammanförd av \d rapporter/);
  expect(found).toMatch(/ger platsen/);
  expect(found).toMatch(/ger tiden/);
  expect(found).toMatch(/ger brottstypen/);
  await viewer.close();
});

test('on a phone "go to" leaves the panel and shows the map', async () => {
  const viewer = await Viewer.open('?overlays=repeat_locations', { size: phone });
  await viewer.openTab('Platser');
  await viewer.goToPlace(1);
  expect(viewer.address()).not.toContain('tab=');
  expect(viewer.address()).toContain('map=15.00/');
  expect(await viewer.overhang()).toBe(0);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});
