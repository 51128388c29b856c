import { tick } from 'svelte';
import { focusMapIfLost } from './focus';

/** Focus goes to a card's heading when it opens, and back to where it was when it closes. */
export function takeFocus(heading: HTMLElement) {
  const cameFrom = document.activeElement;
  heading.focus({ preventScroll: true });
  return {
    destroy() {
      // What lies below a card is inert until that is gone; on a phone it may be gone with it.
      void tick().then(() => {
        if (cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus({ preventScroll: true });
        focusMapIfLost();
      });
    },
  };
}
