import type { Kind } from '../api/types';
import { localeOf } from '../format/numbers';
import type { Lang } from './url-state';

/** A kind with those directly below it. */
export interface KindNode {
  readonly kind: Kind;
  readonly children: readonly KindNode[];
}

/** The tree that the dotted codes tell; a kind whose parent is missing becomes a root. */
export function kindTree(kinds: readonly Kind[]): KindNode[] {
  const nodes = new Map(kinds.map((kind) => [kind.code, { kind, children: [] as KindNode[] }]));
  const roots: KindNode[] = [];
  for (const node of nodes.values()) {
    const parent = nodes.get(parentCode(node.kind.code));
    (parent ? parent.children : roots).push(node);
  }
  return roots;
}

/** The tree as a person looks for names in it: by alphabet, at every level. */
export function sortedTree(tree: readonly KindNode[], lang: Lang): KindNode[] {
  const { compare } = new Intl.Collator(localeOf(lang));
  return tree
    .map(({ kind, children }) => ({ kind, children: sortedTree(children, lang) }))
    .sort((a, b) => compare(a.kind[lang], b.kind[lang]));
}

export type Checked = 'all' | 'some' | 'none';

/** How far a kind is chosen: itself or something above it, something below it, or nothing. */
export function checkedState(code: string, chosen: readonly string[]): Checked {
  if (chosen.some((c) => isWithin(code, c))) return 'all';
  return chosen.some((c) => isWithin(c, code)) ? 'some' : 'none';
}

/** The choice after one box was clicked. Each code stands for itself and all below it. */
export function toggleKind(code: string, chosen: readonly string[], tree: readonly KindNode[]): string[] {
  const above = chosen.find((c) => isWithin(code, c));
  if (above === undefined) {
    return [...chosen.filter((c) => !isWithin(c, code)), code].sort();
  }
  const others = chosen.filter((c) => c !== above);
  return above === code ? others : [...others, ...allBut(code, nodeOf(above, tree))].sort();
}

/** The tree with only what matches, by name or code, and what is above a match. */
export function matchingTree(tree: readonly KindNode[], text: string, name: (kind: Kind) => string): KindNode[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return [...tree];
  return tree.flatMap((node) => {
    const here = name(node.kind).toLocaleLowerCase().includes(wanted) || node.kind.code.includes(wanted);
    const children = here ? node.children : matchingTree(node.children, text, name);
    return here || children.length > 0 ? [{ kind: node.kind, children }] : [];
  });
}

export function isWithin(code: string, ancestor: string): boolean {
  return code === ancestor || code.startsWith(`${ancestor}.`);
}

function parentCode(code: string): string {
  return code.slice(0, Math.max(0, code.lastIndexOf('.')));
}

function nodeOf(code: string, tree: readonly KindNode[]): KindNode | undefined {
  for (const node of tree) {
    if (node.kind.code === code) return node;
    if (isWithin(code, node.kind.code)) return nodeOf(code, node.children);
  }
  return undefined;
}

/** What is left of a node when one below it is taken away. */
function allBut(code: string, node: KindNode | undefined): string[] {
  return (node?.children ?? []).flatMap((child) => {
    if (child.kind.code === code) return [];
    return isWithin(code, child.kind.code) ? allBut(code, child) : [child.kind.code];
  });
}
