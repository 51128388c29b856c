import { expect, test } from 'vitest';
import { fromJson, ShapeError } from './shape';

const page = {
  n: 1,
  incidents: [
    {
      id: 'r1',
      number: 1,
      kind: 'theft',
      from: '2025-01-01T00:00:00Z',
      to: '2025-01-01T00:01:00Z',
      precision: 'address',
      sources: ['police'],
      reports: 1,
    },
  ],
};

test('an answer that keeps its contract comes through as it is', () => {
  expect(fromJson('IncidentPage', page)).toBe(page);
});

test.each([
  ['IncidentPage.n is not a whole number', { ...page, n: '1' }],
  ['IncidentPage.incidents is missing', { n: 1 }],
  ['IncidentPage.incidents[0].precision', { n: 1, incidents: [{ ...page.incidents[0], precision: 'roughly' }] }],
  ['IncidentPage.incidents[0].sources[0] is not a text', { n: 1, incidents: [{ ...page.incidents[0], sources: [1] }] }],
  ['IncidentPage is not an object', null],
])('%s: what does not is refused by name', (message, json) => {
  expect(() => fromJson('IncidentPage', json)).toThrow(ShapeError);
  expect(() => fromJson('IncidentPage', json)).toThrow(message);
});

const table = { key: 'places', total: 1, columns: [], rows: [['Uppsala', 2.5, null]] };

test('a value may be of one of several types, and of no other', () => {
  expect(fromJson('ResultTable', table)).toBe(table);
  expect(() => fromJson('ResultTable', { ...table, rows: [[true]] })).toThrow(
    'ResultTable.rows[0][0] is none of string, number, null',
  );
});

test('what the contract does not know is let through', () => {
  expect(() => fromJson('Health', { status: 'ok', revision: 1, later: true })).not.toThrow();
});
