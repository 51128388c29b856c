import { describe, expect, test } from 'vitest';
import type { OptionDescription } from '../api/types';
import { changed, densityOptions, optionsText, ownOptions, parseOptions } from './layer-options';

const option = (key: string, value: string): OptionDescription => ({
  key,
  default: value,
  words: [],
  unit: '',
  allowed: '',
  sv: '',
  en: '',
});
const known = [option('cell', '250'), option('edge', 'none')];

describe('the text of options', () => {
  test('is the same whatever the order in which they were chosen', () => {
    expect(optionsText({ sigma: '400', kernel: 'gaussian' })).toBe('kernel=gaussian;sigma=400');
    expect(optionsText({})).toBe('');
  });

  test('is read as it is written', () => {
    const options = { bands: '0,200,400', until: '2026-01-31', start: '1e+06' };
    expect(parseOptions(optionsText(options))).toEqual({ options, rejected: [] });
  });

  test.each(['radius', 'Radius=5', 'radius=', 'radius=<b>', '=5', 'radius=5 m'])('leaves out %s and says so', (part) => {
    expect(parseOptions(`cell=100;${part}`)).toEqual({ options: { cell: '100' }, rejected: [part] });
  });

  test('takes neither of two values for one option', () => {
    expect(parseOptions('cell=100;cell=200')).toEqual({ options: {}, rejected: ['cell=100', 'cell=200'] });
  });

  test('that is endless is not read at all', () => {
    expect(parseOptions(`cell=${'1'.repeat(2000)}`).options).toEqual({});
  });
});

test('what the layer takes anyway is not said', () => {
  expect(changed({ cell: '100' }, { edge: 'uniform' }, known)).toEqual({ cell: '100', edge: 'uniform' });
  expect(changed({ cell: '100' }, { cell: '250' }, known)).toEqual({});
});

test('options that the layer does not have are named', () => {
  expect(ownOptions({ cell: '100', colour: 'red' }, known)).toEqual({ options: { cell: '100' }, unknown: ['colour=red'] });
});

describe('options of the density', () => {
  test('have the radius of the map, unless a rule chooses it', () => {
    expect(densityOptions(500)).toBe('radius=500');
    expect(densityOptions(500, { edge: 'diggle' })).toBe('edge=diggle;radius=500');
    expect(densityOptions(500, { radius: 'scott' })).toBe('radius=scott');
  });

  test('never have both measures of reach', () => {
    expect(densityOptions(500, { kernel: 'gaussian', radius: 'scott' })).toBe('kernel=gaussian');
    expect(densityOptions(500, { kernel: 'gaussian', sigma: '200' })).toBe('kernel=gaussian;sigma=200');
    expect(densityOptions(500, { sigma: '200' })).toBe('radius=500');
  });
});
