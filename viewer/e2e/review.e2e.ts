import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer, withJson } from './viewer-driver';

afterAll(closeBrowser);

const list = '?surface=none&map=10.00/59.86000/17.64000&tab=data&page=review';

test('a pair is decided, gone from the list, and back when the decision is undone', async () => {
  const viewer = await Viewer.open(list);
  const before = await viewer.reviewPairs();
  expect(before.length).toBeGreaterThan(10);
  await viewer.openReviewPair(0);
  expect(viewer.address()).toMatch(/&a=[^&]+:[^&]+&b=[^&]+:/);
  expect((await viewer.focused()).name).toBe('Samma händelse?');
  await viewer.panelSays('De är nu två händelser.');
  expect(await viewer.markedWords()).not.toEqual([]);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  expect(await viewer.overhang()).toBe(0);

  // Without a name nothing is decided.
  await viewer.press('1');
  expect((await viewer.focused()).role).toBe('input');
  await viewer.writeIn('Ditt namn', 'Eva Ek');
  await viewer.writeIn('Skäl (frivilligt)', 'samma vägg');
  await viewer.pressButton('Samma händelse');
  await viewer.panelSays('De är nu en händelse.');
  await viewer.panelSays('Skäl: samma vägg');
  await viewer.settled();
  await viewer.press('Escape');
  await viewer.settled();
  const without = await viewer.reviewPairs();
  expect(without[0]).toBe(before[1]);
  expect((await viewer.focused()).name.replace(/\s+/g, '')).toBe(before[1]?.replace(/\s+/g, ''));

  await viewer.press('u');
  await viewer.panelSays(/^Beslutet om .* är ångrat\.$/);
  await viewer.settled();
  expect((await viewer.reviewPairs())[0]).toBe(before[0]);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('pairs are gone through and parted with the keyboard alone, and every decision can be undone from its list', async () => {
  const viewer = await Viewer.open(list);
  const before = await viewer.reviewPairs();
  await viewer.openReviewPair(0);
  await viewer.writeIn('Ditt namn', 'Eva Ek');
  await viewer.press('Escape');
  await viewer.settled();
  await viewer.press('ArrowDown', 'Enter');
  await viewer.settled();
  const second = viewer.address();
  await viewer.press('2');
  await viewer.panelSays(/^Två händelser, beslutat av Eva Ek /);
  await viewer.settled();
  await viewer.press('j');
  await viewer.settled();
  expect(viewer.address()).not.toBe(second);
  await viewer.press('k', 'Escape');
  await viewer.settled();
  expect(await viewer.reviewPairs()).not.toContain(before[1]);

  await viewer.chooseIn('Visa', 'avgjorda');
  await viewer.panelSays('1 beslut');
  await viewer.settled();
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.pressButton(/^Ångra beslutet om /);
  await viewer.panelSays('Inga beslut än.');
  await viewer.chooseIn('Visa', 'att avgöra');
  await viewer.settled();
  expect(await viewer.reviewPairs()).toEqual(before);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('once the list is met again, its changes bring the focus to nothing in it', async () => {
  const viewer = await Viewer.open(list);
  const before = await viewer.reviewPairs();
  await viewer.openReviewPair(0);
  const opened = new URLSearchParams(viewer.address());
  const pair = { a: opened.get('a'), b: opened.get('b') };
  await viewer.press('Escape');
  await viewer.settled();
  await viewer.leaveFocus();
  const verdict = { ...pair, together: false, by: 'Eva Ek' };
  await viewer.sendElsewhere('/api/v1/link/verdicts', verdict);
  await expect.poll(() => viewer.reviewPairs(), { timeout: 15_000 }).not.toContain(before[0]);
  await viewer.settled();
  expect((await viewer.focused()).role).toBe('body');
  await viewer.sendElsewhere('/api/v1/link/verdicts/withdraw', { ...pair, by: 'Eva Ek' });
  await viewer.close();
});

test('the list is of one source where that is asked', async () => {
  const viewer = await Viewer.open(list);
  const all = await viewer.reviewPairs();
  await viewer.chooseIn('Källa', /^Butikskedja/);
  await viewer.settled();
  const some = await viewer.reviewPairs();
  expect(some.length).toBeGreaterThan(0);
  expect(some.length).toBeLessThan(all.length);
  expect(some.filter((text) => !/Butikskedja/.test(text))).toEqual([]);
  await viewer.close();
});

test('the card of an incident of several reports leads to what speaks for them, and back', async () => {
  const viewer = await Viewer.open('?surface=none&map=10.00/59.86000/17.64000&tab=incidents');
  await viewer.openIncidentOfSeveral();
  const card = viewer.address();
  await viewer.pressOnCard('Hör inte ihop?');
  await viewer.settled();
  expect(viewer.address()).toContain('page=review');
  await viewer.panelSays('De är nu en händelse.');
  await viewer.goBack();
  expect(viewer.address()).toBe(card);
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('the card says how the place was found and what told the kind', async () => {
  const tamper = withJson('/api/v1/incidents/*', (json) => {
    const [voice] = json.voices as Record<string, unknown>[];
    Object.assign(voice ?? {}, { kind_rule: 'type Rån', kind_confidence: 90, place_rule: 'street: Storgatan (osm)' });
  });
  const viewer = await Viewer.open('?surface=none&map=10.00/59.86000/17.64000&tab=incidents', { tamper });
  await viewer.openIncident(0);
  expect(await viewer.card()).toContain('enligt typ Rån · säkerhet 90\u00a0%');
  expect(await viewer.card()).toContain('Sökt plats: street: Storgatan (osm)');
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.close();
});

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  test(`axe finds nothing at ${name} on the list of pairs and on a pair, and nothing is cut off`, async () => {
    const viewer = await Viewer.open(list, { size });
    expect(await viewer.accessibilityFaults()).toEqual([]);
    expect(await viewer.overhang()).toBe(0);
    await viewer.openReviewPair(0);
    expect(await viewer.accessibilityFaults()).toEqual([]);
    expect(await viewer.overhang()).toBe(0);
    expect(viewer.trouble).toEqual([]);
    await viewer.close();
  });
}
