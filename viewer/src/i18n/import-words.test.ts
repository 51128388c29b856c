import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importWords, isWarning, knownSentences, languageOf } from './import-words';

const inSwedish = (text: string) => importWords(text, 'sv');

test('rows say in Swedish what is wrong with them', () => {
  expect(inSwedish('"igår" is no time; expected such as 2025-01-31 14:05')).toBe('”igår” är ingen tid; ska vara som 2025-01-31 14:05');
  expect(inSwedish('"31/01/2025" is written as day, month, year, expected such as 2025-01-31 14:05')).toBe(
    '”31/01/2025” är skrivet som dag, månad, år; ska vara som 2025-01-31 14:05',
  );
  expect(inSwedish('has neither a position nor an area')).toBe('har varken position eller område');
  expect(inSwedish('bad_time: the time is empty')).toBe('tiden går inte att läsa: tiden är tom');
});

test('what a file is of stays in front, and keys and reasons are said', () => {
  expect(inSwedish('lista.csv: column profile incidents (found by its columns), fields separated by semicolons, gzip')).toBe(
    'lista.csv: kolumnprofil incidents (vald efter kolumnerna), fält åtskilda av semikolon, gzip',
  );
  expect(inSwedish('uttag.xlsx: column profile uttag, XLSX, sheet Blad1')).toBe('uttag.xlsx: kolumnprofil uttag, XLSX, bladet Blad1');
  expect(inSwedish('a.csv: 12606 of 12621 rows cannot be used: is it the right file and the right county?')).toBe(
    'a.csv: 12\u00a0606 av 12\u00a0621 rader kan inte användas: är det rätt fil och rätt län?',
  );
  expect(inSwedish('time.from: 3 of 6 values of Datum are no times; those rows are set aside')).toBe(
    'Tid: 3 av 6 värden i Datum är inga tider; de raderna läggs åt sidan',
  );
  expect(inSwedish('1 rows write Datum year first: they will be set aside')).toBe('1 rad skriver Datum med året först och läggs åt sidan');
});

test('places and times of a preview are said', () => {
  expect(inSwedish('17.64110, 59.85110 (address, Uppsala)')).toBe('17.64110, 59.85110 (adress, Uppsala)');
  expect(inSwedish('Uppsala län (the whole county)')).toBe('Uppsala län (hela länet)');
  expect(inSwedish('2025-03-02, the day')).toBe('2025-03-02, dagen');
  expect(inSwedish('type Brand')).toBe('typ Brand');
});

test('what the person’s file holds is shown as it is, though it may be called like a word of ours', () => {
  expect(inSwedish('lista.csv: lacks the column latitude, which the column profile lista needs; it has north, type of offence')).toBe(
    'lista.csv: saknar kolumnen latitude, som kolumnprofilen lista behöver; filen har north, type of offence',
  );
  expect(inSwedish('time.from: 3 of 6 values of type of offence are no times; those rows are set aside')).toBe(
    'Tid: 3 av 6 värden i type of offence är inga tider; de raderna läggs åt sidan',
  );
  expect(inSwedish('the position is "north", "areas", expected two numbers')).toBe('positionen är ”north”, ”areas”; ska vara två tal');
  expect(inSwedish('kategori: police')).toBe('kategori: police');
  expect(inSwedish('north 1600000, east 6600000 lies outside the county, but inside when the two change places, as they seem to have done in this row; without swap it is read so')).toBe(
    'nord 1600000, öst 6600000 ligger utanför länet, men i det när de två byter plats, som de tycks ha gjort i raden; utan swap läses den så',
  );
});

test('what is wrong with a column profile is said whole', () => {
  expect(inSwedish('column profile lista: position: x, y and epsg belong together')).toBe(
    'kolumnprofil lista: östlig koordinat, nordlig koordinat och koordinatsystem (EPSG) hör ihop: ange alla tre',
  );
  expect(inSwedish('position.epsg is not a whole number')).toBe('Koordinatsystem (EPSG) är inte ett heltal');
});

test('what is not done on the desk and of pairs says why, by no number that nobody sees', () => {
  expect(inSwedish('Eva Ek decided that police:1 and shops:2 are two events: withdraw that first')).toBe(
    'Eva Ek har beslutat att police:1 och shops:2 är två händelser: ångra det först',
  );
  expect(inSwedish('other decisions hold police:1 and shops:2 together: withdraw one of them first')).toBe(
    'andra beslut håller police:1 och shops:2 ihop: ångra ett av dem först',
  );
  expect(inSwedish('row 5 is taken in already; undo that first')).toBe('raden är redan inläst; ångra det först');
  expect(inSwedish('row 5: rows of shops are corrected where they come from')).toBe('raden: rader ur butiksregister rättas där de kommer ifrån');
  expect(inSwedish('a.xlsx: there is no sheet "Mars"; there are Januari, Februari')).toBe('a.xlsx: bladet ”Mars” finns inte; det finns Januari, Februari');
});

test('counts are grouped, other numbers are not', () => {
  expect(inSwedish('tva.xlsx: holds 2 sheets; name one with --layer: Januari (13544 rows), 2025')).toBe(
    'tva.xlsx: har 2 blad; ange vilket under Blad eller lager: Januari (13\u00a0544 rader), 2025',
  );
  expect(inSwedish('gtfs.zip: no longer there, and forgotten: 13544 of what this source told before')).toMatch(/13\u00a0544/);
  expect(inSwedish('the area set regso has no area "0380"')).toBe('områdesindelningen regso har inget område ”0380”');
});

test('places that contradict themselves say how', () => {
  expect(inSwedish('named after Knivsta, lies outside the county')).toBe('heter efter Knivsta men ligger utanför länet');
  expect(inSwedish('said to be in Enköping, lies in Uppsala')).toBe('sägs ligga i Enköping men ligger i Uppsala');
});

test('a spreadsheet of several sheets says where to write which', () => {
  expect(inSwedish('tva.xlsx: holds 2 sheets; name one with --layer: Januari (5 rows), Februari (1 rows)')).toBe(
    'tva.xlsx: har 2 blad; ange vilket under Blad eller lager: Januari (5 rader), Februari (1 rad)',
  );
});

test('notes that question the whole file are told from those on how it was read', () => {
  expect(isWarning('a.csv: 12606 of 12621 rows cannot be used: is it the right file and the right county?')).toBe(true);
  expect(isWarning('a.csv: column profile incidents, fields separated by commas')).toBe(false);
});

test('what is not known, and everything in English, is shown as it came', () => {
  expect(inSwedish('Something new.')).toBe('Something new.');
  expect(languageOf('Something new.', 'sv')).toBe('en');
  expect(languageOf('the time is empty', 'sv')).toBeUndefined();
  expect(importWords('the time is empty', 'en')).toBe('the time is empty');
});

/** The literals of a source file, those that stand side by side as one. */
function literalsOf(text: string): string[] {
  const source = text.replace(/^#include.*$|^\s*\/\/.*$/gm, '');
  return [...source.matchAll(/(?:(?<!')"(?:[^"\\\n]|\\.)*"\s*)+/g)]
    .map((match) => [...match[0].matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map((part) => part[1] ?? '').join(''))
    .map((literal) => literal.replaceAll('\\"', '"'));
}

/** What is said to people has four words or more. */
function sentencesIn(file: string): string[] {
  const source = readFileSync(new URL(`../../../importers/${file}`, import.meta.url), 'utf8');
  return literalsOf(source).filter((text) => text.split(/\s+/).length >= 4);
}

/** Parts of sentences, and what only who set the program up can meet. */
const notForPeople = [
  /the store has no kinds/,
  /police's event feed/,
  /^breaking and entering$/,
  /^(RT 90|SWEREF 99|Texas)/,
  /^; |^, in \{\} as/,
  /\(found by its columns\)|have a point\{\}|system tried\{\}|påhittat/,
];

/** Sentences that the server puts together from several parts. */
const putTogether =
  /^GeoJSON|^ambiguous: \{\} addresses|is not a whole number$|^\{\} (is|are|rows?|records?|row has|rows have)$|^the column \{|^in \{|\((exact|address|street)|have a point, in|tried; as it|found by its|^the columns|settled on|is a web page|name one with --layer|, word \{|not known$|^points, column/;

test('every sentence about rows and guesses has its Swedish', () => {
  const files = [
    'points/row_interpreter.cpp',
    'points/points_importer.cpp',
    'points/suggest_time.cpp',
    'points/suggest_kind.cpp',
    'points/suggest_position.cpp',
    'points/suggest_words.cpp',
    'points/suggest_source.cpp',
    'observed.cpp',
    'police/police_importer.cpp',
  ];
  const sentences = files.flatMap(sentencesIn).filter((text) => !notForPeople.some((pattern) => pattern.test(text)));
  expect(sentences.length).toBeGreaterThan(60);
  const sample = (text: string) => text.replace(/\{[^}]*\}/g, '7').replace(/:$/, '');
  expect(sentences.filter((text) => !knownSentences.has(text) && inSwedish(sample(text)) === sample(text))).toEqual([]);
});

test('no words are kept for what the server does not say', () => {
  const folder = new URL('../../../', import.meta.url);
  const said = ['geo_core', 'importers', 'server'].flatMap((name) =>
    readdirSync(new URL(`${name}/`, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.cpp'))
      .flatMap((file) => literalsOf(readFileSync(new URL(`${name}/${file}`, folder), 'utf8'))),
  );
  const all = said.join('\n');
  // Without formats as {:.0f}, and what is put in front or behind.
  const plain = (text: string) => text.replace(/(\{[^}]*\})+/g, '{}').replace(/^(\{\})?[,:] |:$/g, '');
  const literals = new Set(said.map(plain));
  const longestPart = (text: string) => text.split('{}').reduce((longest, part) => (part.length > longest.length ? part : longest), '');
  const isSaid = (text: string) => {
    const part = longestPart(text).trim();
    return part.length < 12 ? literals.has(plain(text)) : all.includes(part);
  };
  expect([...knownSentences].filter((text) => !putTogether.test(text) && !isSaid(text))).toEqual([]);
});
