import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer, withJson } from './viewer-driver';

afterAll(closeBrowser);

const uppsala = '?map=11.00/59.86000/17.64000&f=kinds=theft';

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  test(`the density is seen at half and twice the radius at ${name}, and one of them is chosen`, async () => {
    const viewer = await Viewer.open(uppsala, { size });
    if (size === phone) await viewer.openLegend();
    const tiles = viewer.countRequests('/tiles/density/');
    await viewer.toggleSensitivity();
    expect(tiles()).toBe(3);
    const strip = await viewer.sensitivity();
    expect(strip.map(({ radius, chosen }) => [radius, chosen])).toEqual([
      ['500 m', false],
      ['1 km', true],
      ['2 km', false],
    ]);
    // The same place under the same filter, and yet three pictures.
    expect(strip.map(({ width }) => width)).toEqual([256, 256, 256]);
    const asked = strip.map(({ address }) => decodeURIComponent(address));
    expect(asked.map((address) => /o=radius=(\d+)$/.exec(address)?.[1])).toEqual(['500', '1000', '2000']);
    expect(new Set(asked.map((address) => address.split('o=')[0])).size).toBe(1);
    expect(asked[0]).toContain('f=kinds=theft');
    const [half, chosen, twice] = await viewer.sensitivityPictures();
    if (!half || !chosen || !twice) throw new Error('a picture is missing');
    expect(chosen.difference(half)).toBeGreaterThan(200);
    expect(chosen.difference(twice)).toBeGreaterThan(200);
    expect(await viewer.accessibilityFaults()).toEqual([]);
    expect(await viewer.overhang()).toBe(0);

    const map = await viewer.mapPicture();
    await viewer.chooseInSensitivity('2 km');
    expect(viewer.address()).toContain('radius=2000');
    expect((await viewer.legend('density')).text).toMatch(/sökradie 2\s000\sm/);
    expect((await viewer.mapPicture()).difference(map)).toBeGreaterThan(500);
    expect((await viewer.sensitivity()).map(({ radius }) => radius)).toEqual(['1 km', '2 km', '4 km']);
    // Whoever chose with the keyboard is still at that radius.
    expect((await viewer.focused()).name).toMatch(/^2\skm$/);
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  });
}

test('a radius that no list offers is a link all the same, and the list then has it', async () => {
  const viewer = await Viewer.open('?radius=125&map=12.00/59.86000/17.64000');
  expect(await viewer.chosenRadius()).toMatch(/^125\sm$/);
  expect((await viewer.legend('density')).text).toMatch(/sökradie 125\sm/);
  await viewer.toggleSensitivity();
  expect((await viewer.sensitivity()).map(({ radius }) => radius)).toEqual(['63 m', '125 m', '250 m']);
  await viewer.close();
});

test('a density that has no radius has nothing to compare', async () => {
  const viewer = await Viewer.open(uppsala, {
    tamper: withJson('/api/v1/layers/density/legend?*', (json) => {
      (json.info as { parameters: object }).parameters = { cell: '1000' };
    }),
  });
  const { text } = await viewer.legend('density');
  expect(text).toContain('händelser per km²');
  expect(text).not.toMatch(/sökradie|Känslighet/);
  await viewer.close();
});

test('a picture that does not come is a dash that says so, and is asked for when the strip is opened again', async () => {
  let down = true;
  const viewer = await Viewer.open(uppsala, {
    tamper: (page) =>
      page.route(/tiles\/density\/.*radius%3D500/, (route) => (down ? route.fulfill({ status: 503 }) : route.fallback())),
  });
  await viewer.toggleSensitivity();
  const strip = await viewer.sensitivity();
  expect(strip.map(({ width }) => width)).toEqual([0, 256, 256]);
  expect(strip[0]?.missing).toContain('Bilden kunde inte hämtas');
  expect(await viewer.accessibilityFaults()).toEqual([]);
  down = false;
  await viewer.toggleSensitivity();
  await viewer.toggleSensitivity();
  expect((await viewer.sensitivity()).map(({ width }) => width)).toEqual([256, 256, 256]);
  await viewer.close();
});
