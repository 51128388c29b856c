/** A number as it is written, with its noun in the form that goes with it: `1 händelse`, `12 403 händelser`. */
export function counted(n: string, one: string, many: string): string {
  return `${n} ${n === '1' ? one : many}`;
}
