import { Map as MapLibreMap, ScaleControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Messages } from '../i18n/messages';
import type { Box } from '../state/store.svelte';
import type { Camera } from '../state/url-state';
import { colours } from './colours';

// Named, because a worker from a blob is what the Content-Security-Policy forbids.
setWorkerUrl(workerUrl);

/**
 * Nothing but land, and invisible layers that mark where others are put: each layer of data is added
 * before its slot, so the order of drawing does not depend on the order of clicks. Surfaces lie under
 * borders and names, marks over them.
 */
const emptyStyle: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [
    { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
    { id: 'slot-surface', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-incidents', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-repeat_locations', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-names', type: 'background', layout: { visibility: 'none' } },
  ],
};

/** A map of the county without any data yet; its leftmost `left` pixels are covered. Labels are drawn with the browser's own fonts. */
export function createMap(container: HTMLElement, bounds: Box, camera: Camera | null, left: number, t: Messages): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: emptyStyle,
    ...(camera
      ? { center: [camera.lng, camera.lat] as [number, number], zoom: camera.zoom }
      : { bounds: asBounds(bounds), fitBoundsOptions: fitting(left) }),
    minZoom: 5,
    maxZoom: 18,
    maxPitch: 0,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    attributionControl: false,
    locale: { 'Map.Title': t.map.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}

/** A scale bar that follows the map, to be put where the page has room for it. */
export function scaleBar(map: MapLibreMap): HTMLElement {
  return new ScaleControl({ maxWidth: 110 }).onAdd(map);
}

/** Moves the map to what the state says; at once for those who want no motion. */
export function showCamera(map: MapLibreMap, camera: Camera | null, bounds: Box, left: number): void {
  const animate = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (camera) map.easeTo({ center: [camera.lng, camera.lat], zoom: camera.zoom, animate, duration: 500 });
  else map.fitBounds(asBounds(bounds), { ...fitting(left), animate, duration: 500 });
}

export function cameraOf(map: MapLibreMap): Camera {
  const centre = map.getCenter();
  return { zoom: map.getZoom(), lat: centre.lat, lng: centre.lng };
}

export function boxOf(map: MapLibreMap): Box {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

/** Some air around the county, and `left` pixels that are covered. */
function fitting(left: number) {
  return { padding: { top: 16, right: 16, bottom: 16, left: left + 16 } };
}

function asBounds(box: Box): [number, number, number, number] {
  return [box[0], box[1], box[2], box[3]];
}
