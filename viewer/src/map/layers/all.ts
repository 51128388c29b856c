import type { LayerDescription } from '../../api/types';
import type { MapLayer } from '../map-layer';
import { density } from './density';
import { incidents } from './incidents';
import { kommuner } from './kommuner';
import { repeatLocations } from './repeat-locations';
import { resultLayer } from './result';

const own: readonly MapLayer[] = [density, kommuner, incidents, repeatLocations];

/** The layers of data, in order of drawing. */
export function mapLayers(analyses: readonly LayerDescription[]): MapLayer[] {
  return [...own, ...analyses.filter(({ drawing }) => drawing !== 'none').map(resultLayer)];
}

/** Of what it draws of its own accord; an analysis draws what its description says. */
export function ownLayer(name: string): MapLayer | null {
  return own.find((layer) => layer.name === name) ?? null;
}
