import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer } from './viewer-driver';

afterAll(closeBrowser);

const tabs = ['layers', 'filter', 'places', 'kommuner', 'incidents', 'data'];

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  for (const tab of tabs) {
    test(`axe finds nothing at ${name} with the panel ${tab}, and nothing is cut off`, async () => {
      const viewer = await Viewer.open(`?tab=${tab}&overlays=incidents,repeat_locations&f=kinds=burglary,damage.graffiti,theft;period=2025-01-01..2026-01-01`, { size });
      expect(await viewer.accessibilityFaults()).toEqual([]);
      expect(await viewer.overhang()).toBe(0);
      expect(viewer.trouble).toEqual([]);
      await viewer.close();
    });
  }

  test(`axe finds nothing at ${name} with the map alone, nor with a card`, async () => {
    const viewer = await Viewer.open('?tab=incidents', { size });
    await viewer.openIncident(0);
    expect(await viewer.accessibilityFaults()).toEqual([]);
    expect(await viewer.overhang()).toBe(0);
    await viewer.press('Escape');
    if (size === phone) await viewer.showMapOnly();
    expect(await viewer.accessibilityFaults()).toEqual([]);
    await viewer.close();
  });
}

test('axe finds nothing on a phone with the legend open and nothing else', async () => {
  const viewer = await Viewer.open('?surface=kommuner&overlays=incidents', { size: phone });
  await viewer.openLegend();
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.close();
});

test('a window that is too low for the page scrolls, and leaves the map its height', async () => {
  const viewer = await Viewer.open('', { size: { width: 640, height: 400 } });
  const { scrolls, map } = await viewer.heights();
  expect(scrolls).toBeGreaterThan(100);
  expect(map).toBeGreaterThan(200);
  expect(await viewer.overhang()).toBe(0);
  await viewer.close();
});

test('English fits a phone as Swedish does', async () => {
  const viewer = await Viewer.open('?lang=en&tab=kommuner', { size: phone });
  expect(await viewer.overhang()).toBe(0);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.close();
});

test('everything is reached with the keyboard alone', async () => {
  const viewer = await Viewer.open();
  await viewer.press('Tab');
  expect((await viewer.focused()).name).toBe('Hoppa till kartan');
  await viewer.press('Tab');
  expect((await viewer.focused()).name).toBe('Hoppa till panelen');

  // Arrow keys go along the tabs.
  await viewer.tabTo(/^Lager$/);
  await viewer.press('ArrowRight', 'ArrowRight');
  await viewer.settled();
  expect((await viewer.focused()).name).toBe('Platser');
  expect(viewer.address()).toContain('tab=places');

  // A repeat location is shown on the map.
  await viewer.tabTo(/^Visa 1 /);
  expect((await viewer.focused()).outlined).toBe(true);
  await viewer.press('Enter');
  await viewer.settled();
  expect(viewer.address()).toContain('map=15.00/');

  // The rest of the page follows: map, timeline.
  await viewer.tabTo(/^Karta över länet/, 300);
  expect((await viewer.focused()).outlined).toBe(true);
  await viewer.tabTo(/^Periodens början$/);
  expect((await viewer.focused()).outlined).toBe(true);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('an incident is opened and closed with the keyboard, and the focus returns', async () => {
  const viewer = await Viewer.open('?tab=incidents');
  const [first] = await viewer.incidents();
  const kind = first?.text.split('\n')[0] ?? '';
  await viewer.tabTo(/^Händelser$/);
  await viewer.press('Tab', 'Tab');
  expect((await viewer.focused()).name).toContain(kind);
  await viewer.press('Enter');
  await viewer.settled();
  expect((await viewer.focused()).name).toBe(kind);
  await viewer.press('Escape');
  expect((await viewer.focused()).name).toContain(first?.text.split('\n')[1]);
  await viewer.close();
});

test('the map moves with the arrow keys', async () => {
  const viewer = await Viewer.open('?map=10.00/59.86000/17.64000');
  await viewer.tabTo(/^Karta över länet/);
  await viewer.press('ArrowRight');
  await viewer.settled();
  expect(viewer.address()).toMatch(/map=10\.00\/59\.86000\/17\.(6[5-9]|[7-9])/);
  await viewer.close();
});

test('the focus stays where one is when a filter is taken away', async () => {
  const viewer = await Viewer.open('?f=kinds=theft;period=2025-01-01..2026-01-01;sources=police');
  await viewer.removeFilter(/^Brottstyp/);
  expect((await viewer.focused()).name).toMatch(/^Ta bort filter: Källa/);
  await viewer.removeFilter(/^Källa/);
  expect((await viewer.focused()).name).toMatch(/^Ta bort filter: Period/);
  await viewer.removeFilter(/^Period/);
  expect(await viewer.hasFocusIn('the filters in use')).toBe(true);
  await viewer.close();
});

test('the focus stays where one is when all filters are cleared', async () => {
  const viewer = await Viewer.open('?f=kinds=theft&tab=filter');
  await viewer.clearFilterInSummary();
  expect(await viewer.hasFocusIn('the filters in use')).toBe(true);
  await viewer.goBack();
  await viewer.clearFilterInPanel();
  expect((await viewer.focused()).name).toBe('Rensa alla filter');
  await viewer.close();
});

test('on a phone the focus goes to the map when the panel makes way for it', async () => {
  const viewer = await Viewer.open('?tab=places', { size: phone });
  await viewer.goToPlace(1);
  expect(await viewer.hasFocusIn('the map')).toBe(true);
  await viewer.openTab('Kommuner');
  await viewer.goToKommun('Heby');
  expect(await viewer.hasFocusIn('the map')).toBe(true);
  await viewer.openTab('Händelser');
  await viewer.openIncident(0);
  await viewer.press('Escape', 'Escape');
  await viewer.settled();
  expect(await viewer.hasFocusIn('the map')).toBe(true);
  await viewer.close();
});

test('the skip link leads to the card where one lies over the panel', async () => {
  const viewer = await Viewer.open('?tab=incidents');
  await viewer.openIncident(0);
  await viewer.skipToPanel();
  expect(await viewer.hasFocusIn('the card')).toBe(true);
  await viewer.close();
});

test('Escape empties the search of kinds before it closes the panel', async () => {
  const viewer = await Viewer.open('?tab=filter', { size: phone });
  await viewer.searchKinds('inbrott');
  await viewer.press('Escape');
  expect(viewer.address()).toContain('tab=filter');
  expect(await viewer.searchedKinds()).toBe('');
  await viewer.press('Escape');
  expect(viewer.address()).not.toContain('tab=');
  await viewer.close();
});
