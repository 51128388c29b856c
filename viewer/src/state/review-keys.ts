export type ReviewKey = 'next' | 'previous' | 'join' | 'part' | 'undo' | 'back';

/** In a list the arrows go up and down it; beside each other, up and down scroll and the pairs are turned like pages. */
const arrows = {
  list: { ArrowDown: 'next', ArrowUp: 'previous' },
  pair: { ArrowRight: 'next', ArrowLeft: 'previous' },
} as const;
const letters: Readonly<Record<string, ReviewKey>> = { j: 'next', k: 'previous', u: 'undo' };
const decisions: Readonly<Record<string, ReviewKey>> = { '1': 'join', '2': 'part', Escape: 'back' };

interface Pressed {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}

/** What a key means where reports are compared; nothing, where it is typed into a field. */
export function reviewKey(pressed: Pressed, where: 'list' | 'pair', isTyping: boolean): ReviewKey | null {
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null;
  const arrow = (arrows[where] as Readonly<Record<string, ReviewKey>>)[pressed.key];
  const decision = where === 'pair' ? decisions[pressed.key] : undefined;
  const means = arrow ?? letters[pressed.key.toLowerCase()] ?? decision ?? null;
  if (isTyping) return means === 'back' ? means : null;
  const changes = means === 'join' || means === 'part' || means === 'undo';
  return pressed.repeat && changes ? null : means;
}

export function isTypedInto(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}
