import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer } from './viewer-driver';
import { laidOver, rgb } from './picture';
import { colours } from '../src/map/colours';
import { radiusAt } from '../src/state/url-state';

afterAll(closeBrowser);

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  test(`the first picture at ${name} shows land, water and density, without trouble`, async () => {
    const viewer = await Viewer.open('', { size });
    const picture = await viewer.mapPicture();
    const pixels = picture.width * picture.height;
    expect(picture.count(rgb(colours.land), 3) / pixels).toBeGreaterThan(0.15);
    expect(picture.count(rgb(colours.water), 3) / pixels).toBeGreaterThan(0.02);
    const { classes } = await viewer.legendOfServer('density', `radius=${radiusAt(0)}`);
    expect(classes.length).toBeGreaterThan(2);
    // The map's pictures let land shine through a little: 0.75 in data/styles/density.toml.
    const drawn = classes.filter(({ colour }) => picture.count(laidOver(colour, 0.75, rgb(colours.land)), 4) > 20);
    expect(drawn.length).toBeGreaterThan(1);
    expect(await viewer.overhang()).toBe(0);
    expect(await viewer.overlaps()).toEqual([]);
    expect(viewer.address()).toBe('');
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  });
}

test('the page says that its data are made up and that nobody signs in', async () => {
  const viewer = await Viewer.open();
  const county = await viewer.county();
  expect(county.example_data).toBe(true);
  expect(await viewer.notices()).toContain('Påhittade exempeldata');
  expect(await viewer.notices()).toContain('Analytikervy utan inloggning, endast denna dator');
  await viewer.close();
});

test('every layer draws something and says the server’s numbers', async () => {
  const viewer = await Viewer.open('?surface=none');
  const bare = await viewer.mapPicture();
  for (const [layer, show] of [
    ['density', () => viewer.chooseSurface('Täthet')],
    ['kommuner', () => viewer.chooseSurface('Per kommun')],
    ['incidents', () => viewer.showOverlay('Händelser')],
    ['repeat_locations', () => viewer.showOverlay('Upprepade platser')],
  ] as const) {
    await show();
    const said = await viewer.legend(layer);
    const known = await viewer.legendOfServer(layer);
    expect(said.n, layer).toBe(known.info.n);
    expect(said.leftOut, layer).toBe(known.info.left_out.reduce((sum, { n }) => sum + n, 0));
    expect(said.text, layer).toMatch(/händelser/);
    expect((await viewer.mapPicture()).difference(bare), layer).toBeGreaterThan(1000);
  }
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('what is left out of the density is told with its reasons', async () => {
  const viewer = await Viewer.open();
  const { info } = await viewer.legendOfServer('density');
  expect(info.left_out.length).toBeGreaterThan(0);
  const told = await viewer.whyLeftOut('density');
  expect(told).toHaveLength(info.left_out.length);
  expect(told.join('\n')).toMatch(/bara känd till kommun/);
  await viewer.close();
});

test('the legend says which search radius gave its figures, and a link never asks for another', async () => {
  let radii: string[] = [];
  const viewer = await Viewer.open('?map=12.50/59.86000/17.64000', {
    tamper: (page) => {
      page.on('request', (request) => {
        const o = new URL(request.url()).searchParams.get('o');
        if (o?.startsWith('radius=')) radii.push(o);
      });
      return Promise.resolve();
    },
  });
  expect((await viewer.legend('density')).text).toMatch(/händelser per km², sökradie 250\sm/);
  expect(new Set(radii)).toEqual(new Set(['radius=250']));
  await viewer.close();
});

test('the map names all who made its background', async () => {
  const viewer = await Viewer.open();
  const { attribution } = await viewer.backgroundOfServer();
  expect(attribution).toContain('SCB');
  expect(await viewer.mapNotes()).toContain(attribution);
  await viewer.close();
});

test('of the whole county nothing is seen of where the figures of water end', async () => {
  const viewer = await Viewer.open('?surface=none');
  const picture = await viewer.mapPicture();
  // Water under most of a veil of land, as it is closer by.
  expect(picture.count(laidOver(colours.land, 0.8, rgb(colours.water)), 1)).toBeLessThan(200);
  await viewer.close();
});

test('numbers of cells are read through the circles of repeat locations', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=incidents&map=8.00/60.10/17.70');
  // In Uppsala the town's name is where the numbers would be.
  const places = (await viewer.placesOfServer(60)).filter(({ area }) => area !== '0380');
  const inked = async () =>
    Promise.all(places.map(async (place) => (await viewer.pictureAround(place, 10)).count(rgb(colours.mark), 40)));
  const alone = await inked();
  await viewer.showOverlay('Upprepade platser');
  const below = await inked();
  const numbered = places.map((_, at) => at).filter((at) => (alone[at] ?? 0) >= 8);
  expect(numbered.length).toBeGreaterThan(0);
  for (const at of numbered) expect(below[at], `rank ${places[at]?.rank}`).toBeGreaterThan((alone[at] ?? 0) * 0.6);
  await viewer.close();
});

test('the ring around a place leaves the names to be read', async () => {
  const place = { lng: 17.6389, lat: 59.8586 };
  const at = `?surface=none&map=8.20/${place.lat}/${place.lng}`;
  const viewer = await Viewer.open(at);
  const free = (await viewer.pictureAround(place, 40)).count(rgb(colours.label), 40);
  await viewer.close();
  const ringed = await Viewer.open(`${at}&place=${place.lng},${place.lat}`);
  const picture = await ringed.pictureAround(place, 40);
  expect(picture.count(rgb(colours.place), 6)).toBeGreaterThan(100);
  expect(picture.count(rgb(colours.label), 40) / free).toBeGreaterThan(0.95);
  await ringed.close();
});

test('a town’s name does not push out the ranks of its places', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=repeat_locations&map=11.80/59.86000/17.64000');
  const places = await viewer.placesOfServer(15);
  for (const rank of [1, 2, 15]) {
    const middle = await viewer.pictureAround(places[rank - 1], 5);
    expect(middle.count(rgb(colours.markLight), 90), `rank ${rank}`).toBeGreaterThan(3);
    expect(middle.count(rgb(colours.repeat), 40), `rank ${rank}`).toBeGreaterThan(30);
  }
  await viewer.close();
});

test('a smaller search radius redraws the density and is in the address', async () => {
  const viewer = await Viewer.open('?map=11/59.86000/17.64000');
  const before = await viewer.mapPicture();
  await viewer.chooseRadius(250);
  expect(viewer.address()).toContain('radius=250');
  expect((await viewer.mapPicture()).difference(before)).toBeGreaterThan(1000);
  await viewer.close();
});
