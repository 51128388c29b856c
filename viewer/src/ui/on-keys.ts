/** Keys that mean something while the focus is in a part of the page, and there alone. */
export function onKeys(part: HTMLElement, answer: (event: KeyboardEvent) => void) {
  part.addEventListener('keydown', answer);
  return { destroy: () => part.removeEventListener('keydown', answer) };
}
