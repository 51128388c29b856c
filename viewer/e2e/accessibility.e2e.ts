import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer } from './viewer-driver';

afterAll(closeBrowser);

const tabs = ['layers', 'filter', 'places', 'kommuner', 'incidents'];

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
  await viewer.page.locator('.card .voice').first().waitFor();
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
