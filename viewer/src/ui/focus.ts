/** What had the focus is gone: it goes to the map rather than to the top of the page. */
export function focusMapIfLost(): void {
  if (document.activeElement === document.body) document.getElementById('map')?.focus({ preventScroll: true });
}
