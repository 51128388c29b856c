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

test('a mistyped link opens with what can be understood, and says the rest', async () => {
  const viewer = await Viewer.open('?f=kinds=theft;colour=red&map=somewhere&surface=kommuner');
  expect(await viewer.filterInWords()).toEqual(['Brottstyp: Stöld']);
  expect(await viewer.notices()).toContain('colour=red · map=somewhere');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

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
  const viewer = await Viewer.open('?tab=kommuner');
  expect(await viewer.language()).toBe('sv');
  await viewer.chooseLanguage('English');
  expect(await viewer.language()).toBe('en');
  expect(viewer.address()).toContain('lang=en');
  const text = await viewer.wholeText();
  expect(text).toContain('Made-up example data');
  expect(text).toContain('left out');
  // Names of sources are data, and stay as they are.
  expect(text).not.toMatch(/utelämnade|Tidslinje|Teckenförklaring|invånare|händelser per/);
  await viewer.reload();
  expect(await viewer.language()).toBe('en');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});
