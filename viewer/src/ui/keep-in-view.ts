/** Brought into view in what scrolls around it, such as the row of a list that is pointed out on the map. */
export function keepInView(row: HTMLElement, isChosen: boolean) {
  const scroll = (now: boolean) => {
    if (now) row.scrollIntoView({ block: 'nearest' });
  };
  scroll(isChosen);
  return { update: scroll };
}
