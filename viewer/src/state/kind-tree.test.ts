import { expect, test } from 'vitest';
import type { Kind } from '../api/types';
import { checkedState, kindTree, matchingTree, sortedTree, toggleKind } from './kind-tree';

const kind = (code: string, sv: string): Kind => ({
  code,
  sv,
  en: code,
  group: code.split('.')[0] ?? code,
  protected: false,
  crime: true,
});

const tree = kindTree([
  kind('burglary', 'Inbrott'),
  kind('burglary.dwelling', 'Bostadsinbrott'),
  kind('burglary.dwelling.flat', 'Inbrott i lägenhet'),
  kind('burglary.dwelling.house', 'Inbrott i villa'),
  kind('burglary.shop', 'Inbrott i butik'),
  kind('theft', 'Stöld'),
]);

test('codes tell the tree', () => {
  expect(tree.map((node) => node.kind.code)).toEqual(['burglary', 'theft']);
  expect(tree[0]?.children.map((node) => node.kind.code)).toEqual(['burglary.dwelling', 'burglary.shop']);
});

test('names are in the order of the alphabet, å, ä and ö last, at every level', () => {
  const names = (nodes: ReturnType<typeof kindTree>): unknown[] =>
    nodes.map((node) => (node.children.length === 0 ? node.kind.sv : [node.kind.sv, ...names([...node.children])]));
  const kinds = [kind('z', 'Ödeläggelse'), kind('z.b', 'Zink'), kind('z.a', 'Äpple'), kind('b', 'Zon'), kind('c', 'Alarm')];
  expect(names(sortedTree(kindTree(kinds), 'sv'))).toEqual(['Alarm', 'Zon', ['Ödeläggelse', 'Zink', 'Äpple']]);
});

test('a chosen kind stands for all below it', () => {
  expect(checkedState('burglary.dwelling.flat', ['burglary'])).toBe('all');
  expect(checkedState('burglary', ['burglary.dwelling.flat'])).toBe('some');
  expect(checkedState('burglary_other', ['burglary'])).toBe('none');
});

test('choosing a kind takes the place of what was chosen below it', () => {
  expect(toggleKind('burglary', ['burglary.shop', 'theft'], tree)).toEqual(['burglary', 'theft']);
});

test('taking one away from a chosen group leaves its others', () => {
  expect(toggleKind('burglary.dwelling.flat', ['burglary'], tree)).toEqual([
    'burglary.dwelling.house',
    'burglary.shop',
  ]);
});

test('choosing twice is choosing nothing', () => {
  expect(toggleKind('theft', toggleKind('theft', [], tree), tree)).toEqual([]);
});

test('a search keeps what is above a match and all below it', () => {
  const found = matchingTree(tree, ' LÄGENHET ', (k) => k.sv);
  expect(found.map((node) => node.kind.code)).toEqual(['burglary']);
  expect(found[0]?.children.map((node) => node.kind.code)).toEqual(['burglary.dwelling']);
  expect(found[0]?.children[0]?.children.map((node) => node.kind.code)).toEqual(['burglary.dwelling.flat']);
  expect(matchingTree(tree, 'bostad', (k) => k.sv)[0]?.children[0]?.children).toHaveLength(2);
  expect(matchingTree(tree, 'drake', (k) => k.sv)).toEqual([]);
});
