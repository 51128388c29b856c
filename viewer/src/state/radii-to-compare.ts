import { radiusLimits, type Radius } from './url-state';

/** Half the radius, itself and twice it, as far as the server takes them; at a limit there are but two. */
export function radiiToCompare(radius: Radius): Radius[] {
  const half = Math.max(radiusLimits.min, Math.round(radius / 2));
  const twice = Math.min(radiusLimits.max, 2 * radius);
  return [...new Set([half, radius, twice])];
}
