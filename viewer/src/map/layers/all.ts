import type { DataLayer } from '../../state/store.svelte';
import type { MapLayer } from '../map-layer';
import { density } from './density';
import { incidents } from './incidents';
import { kommuner } from './kommuner';
import { repeatLocations } from './repeat-locations';

/** The layers of data, in order of drawing. */
export const mapLayers: readonly MapLayer[] = [density, kommuner, incidents, repeatLocations];

export function mapLayer(name: DataLayer): MapLayer {
  const found = mapLayers.find((layer) => layer.name === name);
  if (found === undefined) throw new Error(`there is no map layer ${name}`);
  return found;
}
