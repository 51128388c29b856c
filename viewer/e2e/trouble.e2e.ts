import { afterAll, expect, test } from 'vitest';
import { closeBrowser, phone, Viewer, withJson, type Tampering } from './viewer-driver';

afterAll(closeBrowser);

/** Lets what the page asks through to the server, or not, as when that is not running. */
class Server {
  constructor(public answers: boolean) {}
  readonly tamper: Tampering = (page) =>
    page.route('**/api/**', (route) => (this.answers ? route.fallback() : route.abort()));
}

test('a server that is not there is said, and the page goes on by itself when it is', async () => {
  const server = new Server(false);
  const viewer = await Viewer.open('', { unsettled: true, tamper: server.tamper });
  await expect.poll(() => viewer.wholeText()).toContain('Servern svarar inte');
  server.answers = true;
  await expect.poll(() => viewer.matching().catch(() => 0), { timeout: 15_000 }).toBeGreaterThan(0);
  await viewer.close();
});

test('who does not wait for the page to try again asks it to', async () => {
  const server = new Server(false);
  const viewer = await Viewer.open('', { unsettled: true, tamper: server.tamper });
  await expect.poll(() => viewer.wholeText()).toContain('Servern svarar inte');
  server.answers = true;
  await viewer.tryAgain();
  await viewer.settled();
  expect(await viewer.matching()).toBeGreaterThan(0);
  await viewer.close();
});

test('a server that goes away leaves the last picture, says so, and is found again', async () => {
  const server = new Server(true);
  const viewer = await Viewer.open('?tab=filter', { tamper: server.tamper });
  const all = await viewer.matching();
  server.answers = false;
  await expect.poll(() => viewer.notices(), { timeout: 15_000 }).toContain('Servern svarar inte');
  expect(await viewer.matching()).toBe(all);
  // Of another filter nothing is known: no number is shown as if it were of that.
  await viewer.checkKind('theft');
  await expect.poll(() => viewer.matching()).toBeNaN();
  expect((await viewer.legend('density')).n).toBeNaN();
  server.answers = true;
  await expect.poll(() => viewer.notices(), { timeout: 15_000 }).not.toContain('Servern svarar inte');
  await viewer.settled();
  expect(await viewer.matching()).toBeLessThan(all);
  await viewer.close();
});

test('numbers of another filter are shown neither while those asked for come, nor when they cannot', async () => {
  let answer: 'at once' | 'later' | 'never' = 'at once';
  const held: (() => void)[] = [];
  const viewer = await Viewer.open('?tab=filter', {
    tamper: (page) =>
      page.route(/api\/v1\/.*f=kinds/, async (route) => {
        if (answer === 'later') await new Promise<void>((resolve) => held.push(resolve));
        if (answer === 'never') await route.fulfill({ status: 500, json: { code: 'internal', message: 'broken' } });
        else await route.fallback();
      }),
  });
  const all = await viewer.matching();
  answer = 'later';
  await viewer.checkKind('theft');
  await expect.poll(() => viewer.matching()).toBeNaN();
  expect((await viewer.legend('density')).n).toBeNaN();
  expect((await viewer.legend('density')).text).not.toMatch(/\d\s?–\s?\d/);
  held.forEach((go) => go());
  answer = 'at once';
  await viewer.settled();
  expect(await viewer.matching()).toBeLessThan(all);

  answer = 'never';
  await viewer.checkKind('burglary');
  await expect.poll(() => viewer.wholeText()).toContain('Servern kunde inte svara.');
  expect(await viewer.matching()).toBeNaN();
  await viewer.clearFilter();
  expect(await viewer.matching()).toBe(all);
  await viewer.close();
});

test('tiles that the server could not make are said to be missing, and asked for until they come', async () => {
  let failing = true;
  const [failed, come] = [[] as string[], new Set<string>()];
  const viewer = await Viewer.open('', {
    size: phone,
    unsettled: true,
    tamper: (page) =>
      page.route('**/tiles/background/**', (route) => {
        if (failing) failed.push(route.request().url());
        else come.add(route.request().url());
        return failing ? route.fulfill({ status: 503, json: { code: 'busy', message: 'too much' } }) : route.fallback();
      }),
  });
  await expect.poll(() => viewer.mapNotes(), { timeout: 15_000 }).toContain('En del av kartan kunde inte hämtas');
  expect(await viewer.overlaps()).toEqual([]);
  // The same tile again, not only those around it, with which MapLibre makes do.
  await expect.poll(() => failed.filter((tile) => tile === failed[0]).length, { timeout: 15_000 }).toBeGreaterThan(1);
  failing = false;
  await expect.poll(() => viewer.mapNotes(), { timeout: 30_000 }).not.toContain('En del av kartan kunde inte hämtas');
  await viewer.settled();
  expect(come).toContain(failed[0]);
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
  await expect.poll(() => viewer.wholeText()).toContain('Serverns svar går inte att tolka');
  expect(await viewer.wholeText()).toContain('County.areas is missing');
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
  await expect.poll(() => viewer.wholeText()).toContain('Filtret i adressen stämmer inte: brottstyp.');
  expect(await viewer.alerts()).toHaveLength(1);
  expect(await viewer.wholeText()).not.toContain('there is no kind "theft"');
  expect((await viewer.heights()).map).toBeGreaterThan(300);
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

for (const [how, trouble] of [
  ['does not answer', 'Servern svarar inte'],
  ['fails', 'Servern kunde inte svara'],
] as const) {
  test(`an incident is not said to be absent when the server ${how}, and is asked for again`, async () => {
    let isWell = false;
    const viewer = await Viewer.open('?tab=incidents', {
      tamper: (page) =>
        page.route('**/api/v1/incidents/*', (route) => {
          if (isWell) return route.fallback();
          return how === 'fails'
            ? route.fulfill({ status: 500, json: { code: 'internal', message: 'its log says why' } })
            : route.abort();
        }),
    });
    await viewer.startOpeningIncident(0);
    await expect.poll(() => viewer.card()).toContain(trouble);
    expect(await viewer.card()).not.toContain('Händelsen finns inte');
    isWell = true;
    await viewer.tryAgain();
    await expect.poll(() => viewer.card()).toContain('Noggrannhet');
    await viewer.close();
  });
}

test('incidents known only to the kommun are said to be so, and their counts are one step away', async () => {
  const viewer = await Viewer.open('?f=period=2025-03-11..2025-03-12;sources=police');
  expect(await viewer.matching()).toBeGreaterThan(0);
  expect((await viewer.legend('density')).text).toMatch(/Inga punkter att visa: .* bara kända till ort, kommun eller län/);
  await viewer.showCountsByKommun();
  expect(viewer.address()).toContain('tab=kommuner');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('the table by kommun is not pointed to where it has none of what is not on the map', async () => {
  const viewer = await Viewer.open('', {
    tamper: withJson('/api/v1/layers/density/legend*', (json) =>
      Object.assign(json, { info: { ...(json.info as object), n: 0, left_out: [{ reason: 'lan_only', n: 3 }] }, classes: [] }),
    ),
  });
  const { text } = await viewer.legend('density');
  expect(text).toContain('Inget att visa: 3 händelser är bara kända till län.');
  expect(text).not.toContain('Se dem per kommun');
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
