import { afterAll, expect, test } from 'vitest';
import { closeBrowser, Viewer } from './viewer-driver';

afterAll(closeBrowser);

// Names may be placed a pixel otherwise after a movement.
const aFewPixels = 500;

test('a filter by kind changes the pixels, the numbers and the address, and back undoes it', async () => {
  const viewer = await Viewer.open('?tab=filter');
  const [all, picture] = [await viewer.matching(), await viewer.mapPicture()];
  await viewer.filterByKind('inbrott', 'burglary');
  expect(viewer.address()).toContain('f=kinds=burglary');
  expect(await viewer.filterInWords()).toEqual(['Brottstyp: Inbrott']);
  const some = await viewer.matching();
  expect(some).toBeGreaterThan(0);
  expect(some).toBeLessThan(all);
  expect((await viewer.legend('density')).n).toBe((await viewer.legendOfServer('density')).info.n);
  const filtered = await viewer.mapPicture();
  expect(filtered.difference(picture)).toBeGreaterThan(500);

  await viewer.goBack();
  expect(await viewer.matching()).toBe(all);
  expect(await viewer.filterInWords()).toEqual([]);
  expect((await viewer.mapPicture()).difference(picture)).toBeLessThan(aFewPixels);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a filter has one canonical text, whatever the order of clicks', async () => {
  const viewer = await Viewer.open('?tab=filter');
  const { sources } = await viewer.county();
  const source = sources[0]?.name ?? '';
  await viewer.filterBySource(source);
  await viewer.filterByKind('stöld', 'theft');
  await viewer.filterByKind('klotter', 'damage.graffiti');
  await viewer.filterByDays('2025-03-01', '2025-03-31');
  expect(viewer.address()).toContain(
    `f=kinds=damage.graffiti,theft;period=2025-03-01..2025-04-01;sources=${source}`,
  );
  expect((await viewer.filterInWords())[0]).toMatch(/^Period: 1 mars 2025 – 31 mars 2025$/);
  await viewer.clearFilter();
  expect(viewer.address()).not.toContain('f=');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('reloading an address gives the same state and the same picture', async () => {
  const viewer = await Viewer.open(
    '?f=kinds=theft;period=2025-01-01..2026-01-01&surface=kommuner&overlays=repeat_locations&tab=kommuner&map=9.20/59.95000/17.70000',
  );
  const [address, picture, words] = [viewer.address(), await viewer.mapPicture(), await viewer.filterInWords()];
  await viewer.reload();
  expect(viewer.address()).toBe(address);
  expect(await viewer.filterInWords()).toEqual(words);
  expect((await viewer.mapPicture()).difference(picture)).toBeLessThan(aFewPixels);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('moving the map by hand is in the address, without a step to go back to', async () => {
  const viewer = await Viewer.open('?surface=none');
  await viewer.openTab('Händelser');
  await viewer.dragMap(-120, 60);
  expect(viewer.address()).toMatch(/map=\d+\.\d\d\/\d+\.\d{5}\/\d+\.\d{5}/);
  await viewer.goBack();
  expect(viewer.address()).toBe('?surface=none');
  await viewer.close();
});

test('moving the map by wheel and by box is in the address too, for those who see it move', async () => {
  const viewer = await Viewer.open('?surface=none&map=9.00/59.90000/17.60000', { motion: true });
  await viewer.zoomByWheel(4);
  const wheeled = Number(/map=([\d.]+)/.exec(viewer.address())?.[1]);
  expect(wheeled).toBeGreaterThan(9.3);
  await viewer.zoomByBox();
  expect(Number(/map=([\d.]+)/.exec(viewer.address())?.[1])).toBeGreaterThan(wheeled + 1);
  const [address, picture] = [viewer.address(), await viewer.mapPicture()];
  await viewer.reload();
  expect(viewer.address()).toBe(address);
  expect((await viewer.mapPicture()).difference(picture)).toBeLessThan(aFewPixels);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('what the state commands of the map is not taken for a movement by hand', async () => {
  const viewer = await Viewer.open('?surface=none&map=9.00/59.90000/17.60000', { motion: true });
  await viewer.showWholeCounty();
  expect(viewer.address()).toBe('?surface=none');
  await viewer.resizeWindow({ width: 1100, height: 700 });
  expect(viewer.address()).toBe('?surface=none');
  await viewer.goBack();
  expect(viewer.address()).toBe('?surface=none&map=9.00/59.90000/17.60000');
  await viewer.close();
});

test('every click on the button that zooms counts, also while the map moves', async () => {
  const viewer = await Viewer.open('?surface=none&map=9.00/59.90000/17.60000', { motion: true });
  await viewer.zoomByButton(3);
  expect(viewer.address()).toContain('map=12.00/59.90000/17.60000');
  await viewer.close();
});

test('a link carries how a list is sorted and whether it is of the map alone', async () => {
  const viewer = await Viewer.open('?tab=kommuner');
  await viewer.sortKommunerBy('Kommun');
  expect(viewer.address()).toContain('sort=name');
  const rows = await viewer.kommuner();
  expect(rows[0]).toMatch(/^Enköping/);
  await viewer.reload();
  expect(await viewer.kommuner()).toEqual(rows);
  await viewer.openTab('Händelser');
  await viewer.onlyIncidentsInMap();
  expect(viewer.address()).toContain('list=map');
  const incidents = await viewer.incidents();
  await viewer.reload();
  expect(await viewer.incidents()).toEqual(incidents);
  await viewer.close();
});

test('a date that is typed makes one filter, when it is entered or its field is left', async () => {
  const viewer = await Viewer.open('?tab=filter');
  const steps = await viewer.historyLength();
  await viewer.typeDate('from', ['ArrowUp', 'ArrowUp']);
  expect(viewer.address()).toBe('?tab=filter');
  await viewer.press('Enter');
  await viewer.settled();
  const { from, to } = await viewer.daysInFilter();
  expect(from).not.toBe('2023-07-01');
  expect(viewer.address()).toContain(`f=period=${from}..2026-07-01`);
  await viewer.typeDate('to', ['ArrowDown', 'ArrowDown']);
  await viewer.tabTo(/^Senaste 30 dagarna$/);
  await viewer.settled();
  expect((await viewer.daysInFilter()).to).not.toBe(to);
  expect(viewer.address()).not.toContain('..2026-07-01');
  expect(await viewer.historyLength()).toBe(steps + 2);
  await viewer.close();
});

test('days that cannot be a period are said, and forgotten with the next choice', async () => {
  const viewer = await Viewer.open('?tab=filter&f=kinds=theft');
  const { from, to } = await viewer.daysInFilter();
  await viewer.chooseQuickPeriod('Senaste 30 dagarna');
  const lately = await viewer.daysInFilter();
  await viewer.filterByDays(lately.from, '2025-05-01');
  expect((await viewer.daysInFilter()).wrong).toBe('Sista dagen är före den första.');
  await viewer.chooseQuickPeriod('Senaste 30 dagarna');
  expect(await viewer.daysInFilter()).toEqual(lately);

  await viewer.filterByDays('1999-01-01', to);
  expect((await viewer.daysInFilter()).wrong).toMatch(/^Välj en dag från 1 juli 2023/);
  await viewer.clearFilter();
  expect(await viewer.daysInFilter()).toEqual({ from, to, wrong: null });
  await viewer.close();
});

test('hours from one to the same are all the day, and shown as that', async () => {
  const viewer = await Viewer.open('?tab=filter&f=hours=0..8');
  await viewer.filterByHours('from', 8);
  expect(viewer.address()).not.toContain('f=');
  expect(await viewer.hoursInFilter()).toEqual(['0', '24']);
  await viewer.close();
});

test('kinds are listed by their names in the alphabet of the language', async () => {
  const viewer = await Viewer.open('?tab=filter');
  const kinds = await viewer.kindsInOrder();
  expect(kinds.length).toBeGreaterThan(10);
  expect(kinds).toEqual([...kinds].sort(new Intl.Collator('sv-SE').compare));
  await viewer.close();
});

test('a mistyped link opens with what can be understood, and says the rest', async () => {
  const viewer = await Viewer.open('?f=kinds=theft;colour=red&map=somewhere&surface=kommuner');
  expect(await viewer.filterInWords()).toEqual(['Brottstyp: Stöld']);
  expect(await viewer.notices()).toContain('colour=red · map=somewhere');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a filter that names the same thing twice is as mistyped as any', async () => {
  const viewer = await Viewer.open('?f=kinds=theft;kinds=fire');
  expect(await viewer.filterInWords()).toEqual([]);
  expect(await viewer.notices()).toContain('kinds=theft · kinds=fire');
  await viewer.close();
});

for (const [f, part] of [
  ['kinds=nonsense', 'brottstyp nonsense'],
  ['areas=0114', 'kommun 0114'],
  ['sources=UL', 'källa UL'],
] as const) {
  test(`the filter ${f}, which this county cannot have, is said once and cleared with one click`, async () => {
    const viewer = await Viewer.open(`?f=${f}&tab=kommuner&overlays=repeat_locations`);
    const said = (await viewer.alerts()).map((text) => text.replace(/\s+/g, ' ').trim());
    expect(said).toEqual([`Filtret i adressen stämmer inte: ${part}. Rensa alla filter`]);
    expect(await viewer.matchingInWords()).toBe('–');
    expect(await viewer.wholeText()).not.toMatch(/not known|Försök igen|…/);
    expect(await viewer.accessibilityFaults()).toEqual([]);
    await viewer.clearFilter();
    expect(viewer.address()).not.toContain('f=');
    expect(await viewer.matching()).toBeGreaterThan(0);
    expect(await viewer.alerts()).toEqual([]);
    await viewer.close();
  });
}

test('the timeline’s brush sets the period from the keyboard', async () => {
  const viewer = await Viewer.open();
  const all = await viewer.matching();
  const whole = await viewer.periodInWords();
  await viewer.pressOnTimeline('Periodens början', ['PageUp', 'PageUp', 'ArrowRight']);
  const address = viewer.address();
  expect(address).toMatch(/f=period=\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d/);
  expect(await viewer.periodInWords()).not.toBe(whole);
  expect(await viewer.matching()).toBeLessThan(all);
  await viewer.pressOnTimeline('Periodens slut', ['PageDown']);
  expect(viewer.address()).not.toBe(address);
  await viewer.goBack();
  expect(viewer.address()).toBe(address);
  await viewer.pressOnTimeline('Periodens början', ['Home']);
  expect(viewer.address()).toBe('');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('the timeline’s brush sets the period by dragging', async () => {
  const viewer = await Viewer.open();
  const all = await viewer.matching();
  await viewer.brushTimeline(0.5, 0.75);
  expect(viewer.address()).toContain('f=period=');
  expect(await viewer.matching()).toBeLessThan(all);
  expect((await viewer.legend('density')).n).toBe((await viewer.legendOfServer('density')).info.n);
  await viewer.close();
});

test('the language is chosen, kept in the address, and leaves nothing behind', async () => {
  const viewer = await Viewer.open('?tab=kommuner&overlays=incidents,repeat_locations');
  expect(await viewer.language()).toBe('sv');
  await viewer.chooseLanguage('English');
  expect(await viewer.language()).toBe('en');
  expect(viewer.address()).toContain('lang=en');
  await viewer.openDetails();
  // Names of sources are data, and stay as they are.
  const { sources } = await viewer.county();
  const text = sources.reduce((left, { title }) => left.replaceAll(title, ''), await viewer.wholeText());
  expect(text).toContain('Made-up example data');
  expect(text).toContain('left out');
  expect(text).not.toMatch(/utelämnad|Tidslinje|Teckenförklaring|invånare|händelse|sökradie|kärna|känd till|Bakgrund:/);
  await viewer.reload();
  expect(await viewer.language()).toBe('en');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});
