import { afterAll, expect, test } from 'vitest';
import { closeBrowser, desktop, phone, Viewer } from './viewer-driver';

afterAll(closeBrowser);

/** Twenty graffiti in a row east of Enköping, where the example county has little, and one with a day that is none. */
const list = [
  'lopnr,datum,handelse,longitud,latitud',
  ...Array.from({ length: 20 }, (_, i) => `${i + 1},2025-03-${String(i + 1).padStart(2, '0')} 10:00,Klotter,17.30${10 + i},59.60${10 + i}`),
  '21,2025-02-30 10:00,Klotter,17.3035,59.6035',
].join('\n');

test('a file is dropped, tried, taken in, and its incidents are on the map', async () => {
  const viewer = await Viewer.open('?surface=none&overlays=incidents&map=15.00/59.60200/17.30200&tab=data&page=import');
  const before = await viewer.mapPicture();
  await viewer.dropFile('provlista.csv', list);
  expect(await viewer.chosenIn('Tid')).toBe('datum');
  expect(await viewer.accessibilityFaults()).toEqual([]);
  expect(await viewer.overhang()).toBe(0);
  await viewer.writeIn('Ditt namn', 'Eva Ek');
  await viewer.pressButton('Prova utan att läsa in');
  await viewer.panelSays('Provat; inget är inläst.');
  expect(await viewer.importCounts()).toMatchObject({ nya: '20', 'lagda åt sidan': '1' });
  await viewer.settled();
  expect((await viewer.mapPicture()).difference(before)).toBe(0);

  await viewer.pressButton('Läs in');
  await viewer.panelSays('Klart.');
  await viewer.settled();
  expect((await viewer.mapPicture()).difference(before)).toBeGreaterThan(500);

  // The row set aside is corrected on the desk.
  await viewer.pressButton('Visa raderna som lagts åt sidan');
  await viewer.settled();
  expect(await viewer.deskRows()).toHaveLength(1);
  await viewer.openDeskRow(0);
  expect(viewer.address()).toMatch(/row=\d+/);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  await viewer.writeIn('datum', '2025-02-28 10:00');
  await viewer.pressButton('Spara och läs in igen');
  await viewer.panelSays('1 rad inläst, 0 åter lagda åt sidan, 0 från ett annat län.');
  await viewer.settled();
  await viewer.panelSays(/Inläst igen av Eva Ek/);
  await viewer.pressButton('Ångra senaste steget');
  await viewer.panelSays('Steget är ångrat.');
  await viewer.pressButton('Till listan');
  await viewer.settled();
  expect((await viewer.deskRows())[0]).toContain('rättad');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a list without times waits for its period, is tried by nobody in particular, and its words are given kinds', async () => {
  const viewer = await Viewer.open('?tab=data&page=import');
  await viewer.dropFile('odaterad.csv', 'nr,sort,kommun\n1,K7,Enköping\n');
  await viewer.panelSays('Ingen kolumn säger när det hände');
  await viewer.writeIn('från och med', '2025-01-01');
  await viewer.writeIn('till och med', '2025-12-31');
  await viewer.chooseIn('Brottstyp', 'sort');
  await viewer.panelSays('K7 (1 rad)');
  await viewer.chooseIn('K7 (1 rad)', 'Klotter');
  expect(await viewer.accessibilityFaults()).toEqual([]);
  expect(await viewer.overhang()).toBe(0);
  await viewer.pressButton('Prova utan att läsa in');
  await viewer.panelSays('Provat; inget är inläst.');
  expect(await viewer.importCounts()).toMatchObject({ nya: '1', 'lagda åt sidan': '0' });
  await viewer.pressButton('Läs in en annan fil');
  await viewer.dropFile('nyckeltal_2023.csv', 'Kommun;Antal\nUppsala;12\n');
  expect(await viewer.chosenIn('Vad är det?')).toBe('figures');
  await viewer.pressButton('Läs in en annan fil');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('of several files one is opened; what it lacks stands beside the button and leads to its field', async () => {
  const unclear = list.replace(/2025-03-(0\d) /g, 'i mars $1 ');
  const viewer = await Viewer.open('?tab=data&page=import');
  await viewer.dropFiles({ 'oklar.csv': unclear, 'tom.csv': '', 'sida.csv': '<!doctype html><html><title>Logga in</title></html>' });
  await viewer.panelSays('En fil tas i taget. På tur: tom.csv, sida.csv');
  await viewer.panelSays('osäker gissning: kontrollera');
  await viewer.panelSays('och 16 till');
  expect(await viewer.mayPress('Läs in')).toBe(false);
  await viewer.pressButton('skriv ditt namn');
  await viewer.press('E', 'v', 'a');
  expect(await viewer.chosenIn('Ditt namn')).toBe('Eva');
  expect(await viewer.mayPress('Läs in')).toBe(true);

  await viewer.pressButton('Prova utan att läsa in');
  await viewer.panelSays('Brottstyper i 21 granskade rader: Klotter (21)');
  await viewer.panelSays('och 5 till');
  await viewer.chooseIn('Id', 'lopnr');
  await viewer.panelSays('Gäller före dina senaste ändringar. Prova igen.');
  await viewer.panelSays(/^Förhandsvisningen och frågorna gäller före dina ändringar/);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  expect(await viewer.overhang()).toBe(0);

  // Of what cannot be read nothing is asked.
  for (const [file, why] of [['tom.csv', 'är tom'], ['sida.csv', 'är en webbsida']] as const) {
    await viewer.pressButton(`Öppna nästa: ${file}`);
    await viewer.panelSays(new RegExp(`Filen kan inte läsas som en tabell. ${file}: ${why}`));
    expect(await viewer.fieldsOfImport()).toBe(0);
  }
  await viewer.pressButton('Läs in en annan fil');
  await viewer.panelSays('Släpp filen här');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('a page that is opened again meets the file that waits, until it is left for another; the focus stays on the page', async () => {
  const first = await Viewer.open('?tab=data&page=import');
  await first.dropFile('vantar.csv', list.replaceAll('2025-03', '2025-04'));
  await first.pressButton('Prova utan att läsa in');
  await first.panelSays('Provat; inget är inläst.');
  expect((await first.focused()).name).toBe('Läs in fil');
  await first.close();

  const viewer = await Viewer.open('?tab=data&page=import');
  await viewer.panelSays('vantar.csv, ');
  expect(await viewer.chosenIn('Tid')).toBe('datum');
  await viewer.chooseFile('Egen kolumnprofil (.toml)', 'min.toml', 'source = "min"');
  expect(await viewer.chosenIn('Egen kolumnprofil (.toml)')).toBe('');
  expect(await viewer.chosenIn('Kolumnprofil')).toBe('own.toml');
  await viewer.pressButton('Läs in en annan fil');
  await viewer.panelSays('Släpp filen här');
  expect((await viewer.focused()).name).toBe('Läs in fil');
  await viewer.reload();
  await viewer.panelSays('Släpp filen här');
  expect(viewer.trouble).toEqual([]);
  await viewer.close();
});

test('while a file is looked at, that is said and nothing of it is taken in', async () => {
  let go: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (go = resolve));
  const viewer = await Viewer.open('?tab=data&page=import', {
    tamper: (page) =>
      page.route('**/api/v1/imports/*/look', async (route) => {
        await gate;
        await route.continue();
      }),
  });
  await viewer.dropFile('sorter.csv', 'datum,sort,typ\n2025-03-01,K7,Klotter\n');
  await viewer.chooseIn('Brottstyp', 'sort');
  await viewer.panelSays('Tittar på filen …');
  expect(await viewer.mayPress('Prova utan att läsa in')).toBe(false);
  expect(await viewer.accessibilityFaults()).toEqual([]);
  go();
  await viewer.panelSays('K7 (1 rad)');
  expect(await viewer.mayPress('Prova utan att läsa in')).toBe(true);
  await viewer.pressButton('Läs in en annan fil');
  await viewer.close();
});

for (const [name, size] of [
  ['1280 × 800', desktop],
  ['390 × 844', phone],
] as const) {
  for (const page of ['desk', 'quality', 'import']) {
    test(`axe finds nothing at ${name} on the page ${page}, and nothing is cut off`, async () => {
      const viewer = await Viewer.open(`?tab=data&page=${page}`, { size });
      expect(await viewer.accessibilityFaults()).toEqual([]);
      expect(await viewer.overhang()).toBe(0);
      expect(viewer.trouble).toEqual([]);
      await viewer.close();
    });
  }
}

test('a link opens the page on data quality, and the desk is one step from it', async () => {
  const viewer = await Viewer.open('?tab=data&page=quality');
  await viewer.panelSays('Plötsliga ändringar av mängden');
  await viewer.openDataPage('Lagda åt sidan');
  expect(viewer.address()).not.toContain('page=');
  await viewer.goBack();
  expect(viewer.address()).toContain('page=quality');
  await viewer.close();
});
