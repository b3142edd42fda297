// How the camera moves: by a drag, a zoom at a place, a turn, or to show given points; and the bounds it stays in.
import type { Camera } from '../../state.ts';
import { directions, pixelsPerUnit, type Viewport } from './view-transform.ts';

const LEAST_ZOOM = 0.6;
/** Positions have 16 bits: at 1000, their steps are seen as steps of some ten pixels. */
const MOST_ZOOM = 1000;

/** What the camera looks at. */
export interface Seen {
  axes: 2 | 3;
  viewport: Viewport;
  /** Number of words. */
  V: number;
}

/** Moves what is in the middle by a number of CSS pixels to the right and down. */
export function panned(camera: Camera, { axes, viewport }: Seen, right: number, down: number): Camera {
  const scale = pixelsPerUnit(camera.zoom, axes, viewport);
  const to = directions(camera, axes);
  const along = (axis: 0 | 1 | 2) => (to.right[axis] * -right + to.up[axis] * down) / scale;
  return { ...camera, x: camera.x + along(0), y: camera.y + along(1), z: camera.z + along(2) };
}

/** What is at (x, y) CSS pixels of the picture stays there. */
export function zoomedAt(camera: Camera, seen: Seen, x: number, y: number, factor: number): Camera {
  const zoom = boundedZoom(camera.zoom * factor, seen.V);
  const [right, down] = [x - seen.viewport.width / 2, y - seen.viewport.height / 2];
  const there = panned(camera, seen, -right, -down);
  return panned({ ...there, zoom }, seen, right, down);
}

/** Half a turn for a drag over the shorter side of the picture. */
export function turned(camera: Camera, { viewport }: Seen, right: number, down: number): Camera {
  const angle = Math.PI / Math.min(viewport.width, viewport.height);
  return { ...camera, yaw: camera.yaw + right * angle, pitch: camera.pitch + down * angle };
}

/** The middle stays on the map, -1 .. 1; what zooms further shows nothing more. */
export function bounded(camera: Camera, { axes, V }: Seen): Camera {
  const inMap = (value: number) => Math.min(1, Math.max(-1, finite(value, 0)));
  const zoom = boundedZoom(finite(camera.zoom, 1), V);
  const [x, y] = [inMap(camera.x), inMap(camera.y)];
  if (axes === 2) return { ...camera, x, y, z: 0, zoom };
  const yaw = finite(camera.yaw, 0) - 2 * Math.PI * Math.round(finite(camera.yaw, 0) / (2 * Math.PI));
  const pitch = Math.min(Math.PI / 2, Math.max(-Math.PI / 2, finite(camera.pitch, 0)));
  return { x, y, z: inMap(camera.z), zoom, yaw, pitch };
}

function boundedZoom(zoom: number, V: number): number {
  return Math.min(Math.max(20, Math.min(MOST_ZOOM, 6 * Math.sqrt(V))), Math.max(LEAST_ZOOM, zoom));
}

const finite = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);

/**
 * On the way from one camera to another, `share` 0 .. 1. Zooms by the same factor in the same time, turns the shorter
 * way.
 */
export function between(from: Camera, to: Camera, share: number): Camera {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  // Where the zoom changes, the middle keeps pace with the size of what is seen: its way is straight on the screen.
  const along =
    Math.abs(to.zoom / from.zoom - 1) < 1e-3 ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  const mix = (a: number, b: number) => a + (b - a) * along;
  const turn = to.yaw - from.yaw - 2 * Math.PI * Math.round((to.yaw - from.yaw) / (2 * Math.PI));
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    z: mix(from.z, to.z),
    zoom,
    yaw: from.yaw + turn * share,
    pitch: from.pitch + (to.pitch - from.pitch) * share,
  };
}

/** Slow at both ends. */
export const eased = (share: number): number => share * share * (3 - 2 * share);

/**
 * A camera that shows these points, (n, 3), in the middle half of the picture; one point is shown with its
 * surroundings.
 */
export function showing(points: readonly (readonly number[])[], camera: Camera, seen: Seen): Camera {
  const box = [0, 1, 2].map((axis) => {
    const values = points.map((point) => point[axis] ?? 0);
    return { least: Math.min(...values), most: Math.max(...values) };
  });
  const [x, y, z] = box.map(({ least, most }) => (least + most) / 2) as [number, number, number];
  const radius = Math.hypot(...box.map(({ least, most }) => (most - least) / 2));
  // Around a single word, some 30 words across fit.
  const closest = Math.max(1, Math.sqrt(seen.V) / 30);
  const fitting = radius > 0 ? 0.55 / radius : Number.POSITIVE_INFINITY;
  const zoom = Math.min(fitting, Math.max(camera.zoom, closest));
  return bounded({ ...camera, x, y, z, zoom }, seen);
}
