import { afterAll, expect, test } from 'vitest';
import { closeBrowser, Viewer, withJson } from './viewer-driver';

afterAll(closeBrowser);

test('a server that is not there is said, and the page goes on by itself when it is', async () => {
  let down = true;
  const viewer = await Viewer.open('', {
    unsettled: true,
    tamper: (page) => page.route('**/api/**', (route) => (down ? route.abort() : route.fallback())),
  });
  await expect.poll(() => viewer.wholeText()).toContain('Servern svarar inte');
  down = false;
  await viewer.page.getByRole('button', { name: 'Försök igen' }).click();
  await viewer.settled();
  expect(await viewer.matching()).toBeGreaterThan(0);
  await viewer.close();
});

test('a server that goes away leaves the last picture, says so, and is found again', async () => {
  let down = false;
  const viewer = await Viewer.open('?tab=filter', {
    tamper: (page) => page.route('**/api/**', (route) => (down ? route.abort() : route.fallback())),
  });
  const all = await viewer.matching();
  down = true;
  await expect.poll(() => viewer.notices(), { timeout: 15_000 }).toContain('Servern svarar inte');
  expect(await viewer.matching()).toBe(all);
  await viewer.page.locator('input[name="kinds"][value="theft"]').check();
  down = false;
  await expect.poll(() => viewer.notices(), { timeout: 15_000 }).not.toContain('Servern svarar inte');
  await viewer.settled();
  expect(await viewer.matching()).toBeLessThan(all);
  await viewer.close();
});

test('tiles of an older revision make the page ask for the newer one', async () => {
  let first = true;
  const viewer = await Viewer.open('', {
    tamper: async (page) => {
      // The first catalogue names tokens that the server does not know, as after a restart.
      await page.route('**/api/v1/county', async (route) => {
        const response = await route.fetch();
        const json = (await response.json()) as { layers: { name: string; token: string }[] };
        if (first) for (const layer of json.layers) layer.token = `gone${layer.token}`;
        first = false;
        await route.fulfill({ response, json });
      });
      await page.route('**/tiles/*/gone*/**', (route) =>
        route.fulfill({ status: 410, json: { code: 'gone', message: 'an older token' } }),
      );
    },
  });
  await expect
    .poll(async () => (await viewer.mapPicture()).count([195, 215, 230], 3), { timeout: 20_000 })
    .toBeGreaterThan(1000);
  await viewer.close();
});

test('a new revision shows without a reload', async () => {
  let later = false;
  const viewer = await Viewer.open('', {
    tamper: async (page) => {
      await withJson('/api/v1/county', (json) => {
        if (later) json.revision = Number(json.revision) + 1;
      })(page);
      await withJson('/api/v1/incidents?*', (json) => {
        if (later) json.n = Number(json.n) + 1;
      })(page);
    },
  });
  const before = await viewer.matching();
  later = true;
  await expect.poll(() => viewer.matching(), { timeout: 15_000 }).toBe(before + 1);
  await viewer.close();
});

test('an answer that breaks the contract is said, not shown', async () => {
  const viewer = await Viewer.open('', {
    unsettled: true,
    tamper: withJson('/api/v1/county', (json) => delete json.areas),
  });
  await expect.poll(() => viewer.wholeText()).toContain('County.areas is missing');
  await viewer.close();
});

test('a filter that the server refuses is said and can be cleared', async () => {
  const viewer = await Viewer.open('?f=kinds=theft', {
    unsettled: true,
    tamper: (page) =>
      page.route('**/api/v1/*f=kinds*', (route) =>
        route.fulfill({ status: 400, json: { code: 'wrong_use', message: 'there is no kind "theft"', field: 'kinds' } }),
      ),
  });
  await expect.poll(() => viewer.wholeText()).toContain('there is no kind "theft"');
  await viewer.clearFilter();
  expect(await viewer.matching()).toBeGreaterThan(0);
  await viewer.close();
});

test('coarse borders, an empty county and an unknown incident are said in words', async () => {
  const viewer = await Viewer.open('?incident=nosuchthing', {
    tamper: withJson('/api/v1/county', (json) => {
      json.areas_generalised_m = 500;
      json.incidents = 0;
      json.example_data = false;
    }),
  });
  const notices = await viewer.notices();
  expect(notices).toContain('generaliserade till cirka 500 m');
  expect(notices).toContain('Det finns inga händelser i länet än');
  expect(notices).not.toContain('Påhittade exempeldata');
  expect(await viewer.card()).toContain('Händelsen finns inte');
  await viewer.close();
});

test('a filter without incidents says so everywhere', async () => {
  const viewer = await Viewer.open('?f=period=1999-01-01..1999-02-01&overlays=repeat_locations&tab=places');
  expect(await viewer.matching()).toBe(0);
  expect((await viewer.legend('density')).text).toContain('Inga händelser att visa');
  expect(await viewer.wholeText()).toContain('Inga platser med två händelser eller fler');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});
