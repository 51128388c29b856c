import { removeAll, showTiles, type MapLayer } from '../map-layer';

/** Pictures of the density surface. Its colours are the server's; the legend says which is which. */
export const density: MapLayer = {
  name: 'density',
  clickable: [],
  show(map, { county, f, o }) {
    if (!showTiles(map, county, 'density', 'raster', f, o) || map.getLayer('density')) return;
    map.addLayer(
      {
        id: 'density',
        type: 'raster',
        source: 'density',
        // The pictures are translucent themselves.
        paint: { 'raster-fade-duration': 0 },
      },
      'slot-surface',
    );
  },
  hide(map) {
    removeAll(map, 'density', ['density']);
  },
  legendRows: () => [],
};
