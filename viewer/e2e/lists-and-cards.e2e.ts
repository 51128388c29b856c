import { afterAll, expect, test } from 'vitest';
import { colours } from '../src/map/colours';
import { rgb } from './picture';
import { closeBrowser, phone, Viewer, withJson } from './viewer-driver';

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

test('asking twice for the same place is one step', async () => {
  const viewer = await Viewer.open('?overlays=repeat_locations&tab=places');
  await viewer.goToPlace(2);
  const steps = await viewer.historyLength();
  await viewer.goToPlace(2);
  expect(await viewer.historyLength()).toBe(steps);
  await viewer.close();
});

test('circles that lie on each other are each its own place', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=repeat_locations&map=12/59.86/17.64');
  for (const place of (await viewer.placesOfServer(6)).slice(1)) {
    await viewer.clickPlace(place);
    expect(await viewer.chosenPlaceRank()).toBe(String(place.rank));
  }
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a circle seen from afar is the place in the list, exactly', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=repeat_locations&map=9.5/59.86/17.64');
  const places = await viewer.placesOfServer(16);
  for (const rank of [7, 14, 16]) {
    const place = places[rank - 1];
    if (place === undefined) throw new Error(`there is no place of rank ${rank}`);
    await viewer.clickPlace(place);
    expect(await viewer.chosenPlaceRank()).toBe(String(rank));
    expect(viewer.address()).toContain(`place=${place.lng.toFixed(5)},${place.lat.toFixed(5)}`);
  }
  await viewer.close();
});

test('a circle far down the list has its row too, also when the link is opened anew', async () => {
  const place = await placeOfRank(300);
  const viewer = await Viewer.open(`?surface=none&overlays=repeat_locations&map=17/${place.lat}/${place.lng}`);
  await viewer.clickPlace(place);
  expect(await viewer.chosenPlaceRank()).toBe('300');
  await viewer.reload();
  expect(await viewer.chosenPlaceRank()).toBe('300');
  await viewer.close();
});

test('a circle further down than the list reaches is said to be', async () => {
  const place = await placeOfRank(300);
  const viewer = await Viewer.open(`?surface=none&overlays=repeat_locations&map=17/${place.lat}/${place.lng}`, {
    tamper: withJson('/api/v1/repeat-locations?*', (json) => {
      json.places = (json.places as unknown[]).slice(0, 200);
    }),
  });
  await viewer.clickPlace(place);
  expect(await viewer.chosenPlaceRank()).toBeNull();
  expect(await viewer.wholeText()).toContain('Platsen på kartan har rang 300, längre ner än listan räcker.');
  await viewer.close();
});

test('the table of kommuner has a row for each, with number, rate and interval', async () => {
  const viewer = await Viewer.open('?tab=kommuner');
  const rows = await viewer.kommuner();
  expect(rows).toHaveLength((await viewer.county()).areas.length);
  for (const row of rows) expect(row).toMatch(/\d+,\d\s+\d+,\d–\d+,\d/);
  await viewer.close();
});

test('small rates are told apart, on the map as in the table', async () => {
  const viewer = await Viewer.open('?surface=kommuner&tab=kommuner&f=period=2026-06-01..2026-06-08');
  const rates = (await viewer.kommuner()).map((row) => /\s(0|0,\d\d)\s+(?:0|0,\d\d)–0,\d\d$/.exec(row)?.[1]);
  expect(rates).not.toContain(undefined);
  expect(new Set(rates).size).toBeGreaterThan(3);
  await viewer.close();
});

test('few incidents give a rate two digits at most, and no class that no kommun is in', async () => {
  const viewer = await Viewer.open('?surface=kommuner&tab=kommuner&f=hours=22..4;kinds=damage;sources=ul');
  const rows = await viewer.kommuner();
  for (const row of rows) expect(row).toMatch(/\s(0|0,\d\d)\s+(0|0,\d\d)–0,\d\d$/);
  expect(rows.join('\n')).toMatch(/\s0\s+0\s+0–0,\d\d/);
  const { classes } = await viewer.legendOfServer('kommuner');
  const shown = await viewer.classesInLegend('kommuner');
  expect(shown.length).toBeGreaterThan(1);
  expect(shown.length).toBeLessThan(classes.length);
  expect((await viewer.legend('kommuner')).text).not.toContain('Ingen uppgift');
  await viewer.close();
});

test('the table says which days its rates are of', async () => {
  const viewer = await Viewer.open('?tab=kommuner&f=period=2026-06-01..2026-06-08');
  expect(await viewer.wholeText()).toContain('Talen gäller 1 juni 2026 – 7 juni 2026, inte per år.');
  await viewer.close();
});

test('kommuner that are not asked for have no figure and no colour of one', async () => {
  const viewer = await Viewer.open('?surface=kommuner&tab=kommuner&f=areas=0380');
  const rows = await viewer.kommuner();
  expect(rows[0]).toMatch(/^Uppsala[^]*\d,\d/);
  for (const row of rows.slice(1)) expect(row).toMatch(/ingår inte i urvalet/);
  // Grey over land, as in map/layers/kommuner.ts.
  const grey = (await viewer.mapPicture()).count([225, 225, 224], 3);
  await viewer.clearFilterInSummary();
  expect(grey).toBeGreaterThan(20_000);
  expect((await viewer.mapPicture()).count([225, 225, 224], 3)).toBeLessThan(2_000);
  await viewer.close();
});

test('a kommun asked for is shown beside the legend, and its row says which it is', async () => {
  const viewer = await Viewer.open('?surface=kommuner&tab=kommuner');
  await viewer.goToKommun('Östhammar');
  expect(viewer.address()).toContain('area=0382');
  expect(await viewer.chosenKommun()).toMatch(/^Östhammar/);
  const legend = await viewer.legendBox();
  const picture = await viewer.mapPicture();
  const right = Math.ceil(legend.x + legend.width - 380);
  const outline = picture.firstColumn(rgb(colours.place), 6, right);
  expect(outline).toBeGreaterThan(right + 5);
  expect(outline).toBeLessThan(picture.width);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a kommun asked for is outlined whichever layer is shown, until the whole county is', async () => {
  for (const surface of ['density', 'none']) {
    const viewer = await Viewer.open(`?surface=${surface}&tab=kommuner&f=kinds=theft`);
    // The legend over the map has links of the same colour.
    const outline = async () => (await viewer.mapPicture()).count(rgb(colours.place), 6);
    const links = await outline();
    await viewer.goToKommun('Heby');
    expect((await outline()) - links, surface).toBeGreaterThan(1000);
    await viewer.showWholeCounty();
    expect(Math.abs((await outline()) - links)).toBeLessThan(100);
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  }
});

test('a kommun clicked on the map has its row marked, and the map stays', async () => {
  const viewer = await Viewer.open('?surface=kommuner&map=8.50/60.00000/17.60000');
  await viewer.clickPlace({ lng: 17.6389, lat: 59.8586 });
  expect(await viewer.chosenKommun()).toMatch(/^Uppsala/);
  expect(viewer.address()).toBe('?surface=kommuner&map=8.50/60.00000/17.60000&tab=kommuner&area=0380');
  await viewer.close();
});

test('an incident opens from the list with its time, precision and sources, and Escape closes it', async () => {
  const viewer = await Viewer.open('?tab=incidents');
  const [first] = await viewer.incidents();
  await viewer.openIncident(0);
  expect(viewer.address()).toContain(`incident=${first?.id}`);
  const card = await viewer.card();
  expect(card).toMatch(/När/);
  expect(card).toMatch(/Noggrannhet\s+(exakt plats|adress|gata|ort|kommun|län)/);
  expect(card).toMatch(/Sedd/);
  await viewer.press('Escape');
  expect(await viewer.card()).toBeNull();
  expect(viewer.address()).not.toContain('incident=');
  expect((await viewer.focused()).name).toContain(first?.text.split('\n')[0]);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('what is withheld is not said to be unknown', async () => {
  const viewer = await Viewer.open();
  const withheld = (await viewer.incidentsOfServer('kinds=sexual', 1))[0];
  const unknown = (await viewer.incidentsOfServer('kinds=burglary')).find(({ precision }) => precision === 'kommun');
  await viewer.close();
  for (const [lang, incident, words] of [
    ['sv', withheld, 'Integritetskänslig: visas aldrig finare än kommun.'],
    ['en', withheld, 'Protected: never shown finer than kommun.'],
    ['sv', unknown, 'Ingen punkt på kartan: platsen är inte känd så noga.'],
  ] as const) {
    const card = await Viewer.open(`?lang=${lang}&incident=${incident?.id}`);
    expect(await card.card()).toContain(words);
    expect(((await card.card())?.match(/Integritetskänslig|Protected|Ingen punkt|No point/g) ?? []).length).toBe(1);
    await card.close();
  }
});

test('how soon places are hit again is told as what happened, with what the figures rest on', async () => {
  const viewer = await Viewer.open('?tab=places');
  const { same_day, info } = await viewer.repeatsOfServer();
  await viewer.openDetails();
  const text = await viewer.wholeText();
  expect(text).toMatch(/Så stor andel av händelserna följdes av en ny på samma plats: inom 7 dagar \d+,\d\s%, inom 14 dagar/);
  expect(text).not.toContain('Sannolikhet');
  expect(text).toMatch(new RegExp(`varav samma dygn\\s+${same_day}\\b`));
  expect(info.notes.length).toBeGreaterThan(1);
  for (const note of info.notes) expect(text).toContain(note.sv);
  await viewer.close();
});

test('the list of incidents grows, and can be only what the map shows', async () => {
  const viewer = await Viewer.open('?tab=incidents&map=13/59.85800/17.64000');
  await viewer.moreIncidents();
  const all = await viewer.incidents();
  expect(all.length).toBeGreaterThan(50);
  expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
  await viewer.onlyIncidentsInMap();
  for (const row of await viewer.incidents()) expect(row.text).toMatch(/exakt plats|plats känd till (adress|gata)/);
  await viewer.close();
});

test('an impatient click asks for one page, and lists of two filters are never mixed', async () => {
  const held: (() => void)[] = [];
  let holding = true;
  const viewer = await Viewer.open('?tab=incidents', {
    tamper: (page) =>
      page.route(/after=|limit=50.*period|period.*limit=50/, async (route) => {
        if (holding) await new Promise<void>((resolve) => held.push(resolve));
        await route.fallback();
      }),
  });
  const release = () => held.splice(0).forEach((go) => go());
  const asked = viewer.countRequests('after=');
  await viewer.askForMoreIncidents(2);
  expect(await viewer.canAskForMoreIncidents()).toBe(false);
  release();
  await viewer.settled();
  expect(asked()).toBe(1);
  expect(await viewer.incidents()).toHaveLength(100);

  // While another filter's first page is on its way, the list cannot grow.
  await viewer.brushTimeline(0.5, 0.75, 'unsettled');
  await viewer.askForMoreIncidents();
  expect(await viewer.canAskForMoreIncidents()).toBe(false);
  holding = false;
  release();
  await viewer.settled();
  expect(asked()).toBe(1);
  const rows = await viewer.incidents();
  expect(rows).toHaveLength(50);
  await viewer.moreIncidents();
  const more = await viewer.incidents();
  expect(new Set(more.map((row) => row.id)).size).toBe(100);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('an incident opens from the map and gets its public id in the address', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=incidents,repeat_locations&tab=places');
  await viewer.goToPlace(1);
  await viewer.openTab('Lager');
  // Without the circles, what lies below the middle is an incident of the place.
  await viewer.hideOverlay('Upprepade platser');
  const asked = viewer.countRequests('/api/v1/incidents/');
  await viewer.clickMap(0.5, 0.5);
  expect(await viewer.card()).toMatch(/Noggrannhet/);
  expect(viewer.address()).toMatch(/incident=(?!\d+(&|$))/);
  expect(asked()).toBe(1);
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

test('on a phone what is tapped is not below the sheet that opens', async () => {
  const place = await placeOfRank(2);
  const above = (place.lat + 0.012).toFixed(5);
  const viewer = await Viewer.open(`?surface=none&overlays=repeat_locations&map=13/${above}/${place.lng}`, { size: phone });
  await viewer.clickPlace(place);
  expect(await viewer.chosenPlaceRank()).toBe('2');
  expect(await viewer.isInSight(place)).toBe(true);
  await viewer.close();
});

for (const [link, map] of [
  ['without a map', () => ''],
  ['with a map that the card covers', ({ lng, lat }: { lng: number; lat: number }) => `&map=13.00/${lat}/${lng}`],
] as const) {
  test(`on a phone a link to an incident ${link} shows its point above the card`, async () => {
    const first = await Viewer.open();
    const incident = (await first.incidentsOfServer('precision=address')).find(({ lng }) => lng !== undefined);
    await first.close();
    if (incident?.lng === undefined || incident.lat === undefined) throw new Error('there is no incident with a point');
    const viewer = await Viewer.open(`?incident=${incident.id}${map({ lng: incident.lng, lat: incident.lat })}`, { size: phone });
    expect(await viewer.card()).toContain(incident.id);
    // A ring is 2π · 21.5 pixels long and three wide; at its edges the colours mix.
    expect((await viewer.mapAboveCard()).count(rgb(colours.place), 20)).toBeGreaterThan(200);
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  });
}

async function placeOfRank(rank: number) {
  const viewer = await Viewer.open();
  const place = (await viewer.placesOfServer(rank)).at(-1);
  await viewer.close();
  if (place?.rank !== rank) throw new Error(`there is no place of rank ${rank}`);
  return place;
}
