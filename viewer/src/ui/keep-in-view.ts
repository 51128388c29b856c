/** A row that is pointed out on the map is brought into view in its list. */
export function keepInView(row: HTMLElement, isChosen: boolean) {
  const scroll = (now: boolean) => {
    if (now) row.scrollIntoView({ block: 'nearest' });
  };
  scroll(isChosen);
  return { update: scroll };
}
