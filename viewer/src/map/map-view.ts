import { LngLat, Map as MapLibreMap, ScaleControl, setWorkerUrl, type StyleSpecification } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { Messages } from '../i18n/messages';
import type { Box } from '../state/store.svelte';
import { zooms, type Camera, type Place } from '../state/url-state';
import { colours } from './colours';

// Named, because a worker from a blob is what the Content-Security-Policy forbids.
setWorkerUrl(workerUrl);

/**
 * Nothing but land, and invisible layers that mark where others are put: each layer of data is added
 * before its slot, so the order of drawing does not depend on the order of clicks. Surfaces lie under
 * borders and names, marks over them, and numbers and names over all marks.
 */
const emptyStyle: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [
    { id: 'land', type: 'background', paint: { 'background-color': colours.land } },
    { id: 'slot-surface', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-incidents', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-results', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-repeat_locations', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-numbers', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-names', type: 'background', layout: { visibility: 'none' } },
    { id: 'slot-ranks', type: 'background', layout: { visibility: 'none' } },
  ],
};

/** What the map is to show: a place at a zoom, or all of a box. */
export type Aim = Camera | Box;

/** A movement that the state asked for. Where it ends is no news, unless somebody stopped it on the way. */
export interface Command {
  readonly camera: Camera;
}

/** Pixels of the map that something lies over. */
export interface Covered {
  readonly left: number;
  readonly bottom: number;
}

/** A map without any data yet. Labels are drawn with the browser's own fonts. */
export function createMap(container: HTMLElement, aim: Aim, covered: Covered, t: Messages): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: emptyStyle,
    ...(isCamera(aim)
      ? { center: [aim.lng, aim.lat] as [number, number], zoom: aim.zoom }
      : { bounds: asBounds(aim), fitBoundsOptions: fitting(covered) }),
    minZoom: zooms.min,
    maxZoom: zooms.max,
    maxPitch: 0,
    pitchWithRotate: false,
    dragRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    attributionControl: false,
    trackResize: false,
    locale: { 'Map.Title': t.map.label },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  return map;
}

/** Keeps the map as large as its place on the page. A window that changes is not somebody who moves the map. */
export function followSize(map: MapLibreMap, container: HTMLElement): () => void {
  let known = [container.clientWidth, container.clientHeight].join();
  const observer = new ResizeObserver(() => {
    const size = [container.clientWidth, container.clientHeight].join();
    if (size === known) return;
    known = size;
    map.resize(asEventData({ camera: cameraOf(map) }));
    map.redraw();
  });
  observer.observe(container);
  return () => observer.disconnect();
}

/** A scale bar that follows the map, to be put where the page has room for it. */
export function scaleBar(map: MapLibreMap): HTMLElement {
  return new ScaleControl({ maxWidth: 110 }).onAdd(map);
}

/** Moves the map to what the state says; at once for those who want no motion. */
export function showAim(map: MapLibreMap, aim: Aim, covered: Covered, begin: (command: Command) => void): void {
  const camera = isCamera(aim) ? aim : cameraOver(map, aim, covered);
  const command = { camera };
  begin(command);
  map.easeTo({ center: [camera.lng, camera.lat], zoom: camera.zoom, animate: isAnimated(), duration: 500 }, asEventData(command));
}

/** Moves the map, if it must, so that a point of it is not below a sheet that lies over its lower part. */
export function showAbove(map: MapLibreMap, sheet: Element, point: { x: number; y: number }): void {
  const { clientHeight: height } = map.getContainer();
  const free = height - coveredBy(map, sheet);
  const air = 30;
  if (free < 2 * air || point.y < free - air) return;
  const centre = map.unproject([point.x, point.y]);
  map.easeTo({ center: centre, offset: [0, (free - height) / 2], animate: isAnimated(), duration: 300 });
}

/** Height of the map's lower part that a sheet lies over. */
export function coveredBy(map: MapLibreMap, sheet: Element): number {
  return Math.max(0, map.getContainer().getBoundingClientRect().bottom - sheet.getBoundingClientRect().top);
}

/** Whether a place is within the map's window, though something may lie over it. */
export function holds(map: MapLibreMap, place: Place): boolean {
  return map.getBounds().contains([place.lng, place.lat]);
}

/** A place with so much around it, about a kilometre to each side, that one sees where it is. */
export function surroundings({ lng, lat }: Place): Box {
  return [lng - 0.02, lat - 0.01, lng + 0.02, lat + 0.01];
}

/** The command that a movement carries out; nothing where a hand moved the map. */
export function commandOf(event: object): Command | null {
  return (event as { command?: Command }).command ?? null;
}

/** Whether the map is where a command wanted it. */
export function isAt(map: MapLibreMap, { camera }: Command): boolean {
  const here = cameraOf(map);
  return (
    Math.abs(here.zoom - camera.zoom) < 0.01 &&
    Math.abs(here.lng - camera.lng) < 1e-4 &&
    Math.abs(here.lat - camera.lat) < 1e-4
  );
}

export function cameraOf(map: MapLibreMap): Camera {
  const centre = map.getCenter();
  return { zoom: map.getZoom(), lat: centre.lat, lng: centre.lng };
}

export function boxOf(map: MapLibreMap): Box {
  const bounds = map.getBounds();
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
}

function isAnimated(): boolean {
  return !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function cameraOver(map: MapLibreMap, box: Box, covered: Covered): Camera {
  const { center, zoom } = map.cameraForBounds(asBounds(box), fitting(covered)) ?? {};
  if (center === undefined || zoom === undefined) return cameraOf(map);
  const { lng, lat } = LngLat.convert(center);
  return { zoom, lng, lat };
}

/** Some air around what is shown, and above the line that says who made the map. */
function fitting({ left, bottom }: Covered) {
  return { padding: { top: 16, right: 16, bottom: Math.max(44, bottom + 16), left: left + 16 }, maxZoom: 12 };
}

function isCamera(aim: Aim): aim is Camera {
  return 'zoom' in aim;
}

function asEventData(command: Command): { command: Command } {
  return { command };
}

function asBounds(box: Box): [number, number, number, number] {
  return [box[0], box[1], box[2], box[3]];
}
