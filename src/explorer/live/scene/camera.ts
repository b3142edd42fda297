// The camera over a flat map: the part in sight, how it moves by a drag, a zoom at a place or to given words, in which
// bounds, and the moves that take time.
import type { Camera } from '../../state.ts';

/** Size of the picture in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
}

/** On the map, -1 .. 1 with y upwards; or on the screen, in CSS pixels from the left and the top. */
export interface Point {
  x: number;
  y: number;
}

/** Where the map's origin is on the screen, and the pixels that a unit of the map takes. */
export interface View {
  left: number;
  top: number;
  scale: number;
}

/** What the camera looks at. */
export interface Seen {
  viewport: Viewport;
  /** Number of words. */
  V: number;
}

/** Share of the shorter side of the picture that the whole map takes. */
const FILLED = 0.94;
const LEAST_ZOOM = 0.6;
/** Positions have 16 bits: at 1000, their steps are seen as steps of some ten pixels. */
const MOST_ZOOM = 1000;

export function viewOf({ x, y, zoom }: Camera, { width, height }: Viewport): View {
  const scale = (zoom * FILLED * Math.min(width, height)) / 2;
  return { left: width / 2 - x * scale, top: height / 2 + y * scale, scale };
}

export const onScreen = ({ left, top, scale }: View, { x, y }: Point): Point => ({
  x: left + x * scale,
  y: top - y * scale,
});

export const onMap = ({ left, top, scale }: View, { x, y }: Point): Point => ({
  x: (x - left) / scale,
  y: (top - y) / scale,
});

/** Moves what is in the middle by a number of CSS pixels to the right and down. */
export function panned(camera: Camera, viewport: Viewport, right: number, down: number): Camera {
  const { scale } = viewOf(camera, viewport);
  return { ...camera, x: camera.x - right / scale, y: camera.y + down / scale };
}

/** What is at (x, y) CSS pixels of the picture stays there. */
export function zoomedAt(camera: Camera, { viewport, V }: Seen, { x, y }: Point, factor: number): Camera {
  const zoom = boundedZoom(camera.zoom * factor, V);
  const [right, down] = [x - viewport.width / 2, y - viewport.height / 2];
  return panned({ ...panned(camera, viewport, -right, -down), zoom }, viewport, right, down);
}

/** The middle stays on the map, -1 .. 1; what zooms further shows nothing more. */
export function bounded({ x, y, zoom }: Camera, V: number): Camera {
  const inMap = (value: number) => Math.min(1, Math.max(-1, finite(value, 0)));
  return { x: inMap(x), y: inMap(y), zoom: boundedZoom(finite(zoom, 1), V) };
}

function boundedZoom(zoom: number, V: number): number {
  return Math.min(Math.max(20, Math.min(MOST_ZOOM, 6 * Math.sqrt(V))), Math.max(LEAST_ZOOM, zoom));
}

const finite = (value: number, otherwise: number) => (Number.isFinite(value) ? value : otherwise);

/** On the way from one camera to another, `share` 0 .. 1. Zooms by the same factor in the same time. */
export function between(from: Camera, to: Camera, share: number): Camera {
  const zoom = from.zoom * (to.zoom / from.zoom) ** share;
  // Where the zoom changes, the middle keeps pace with the size of what is seen: its way is straight on the screen.
  const along =
    Math.abs(to.zoom / from.zoom - 1) < 1e-3 ? share : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return { x: from.x + (to.x - from.x) * along, y: from.y + (to.y - from.y) * along, zoom };
}

/** Slow at both ends. */
export const eased = (share: number): number => share * share * (3 - 2 * share);

/** A camera that shows these points in the middle half of the picture; one point is shown with its surroundings. */
export function showing(points: readonly Point[], camera: Camera, V: number): Camera {
  const [across, up] = (['x', 'y'] as const).map((axis) => {
    const values = points.map((point) => point[axis]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return { middle: (least + most) / 2, half: (most - least) / 2 };
  });
  const radius = Math.hypot(across!.half, up!.half);
  // Around a single word, some 30 words across fit.
  const closest = Math.max(1, Math.sqrt(V) / 30);
  const fitting = radius > 0 ? 0.55 / radius : Number.POSITIVE_INFINITY;
  return bounded({ x: across!.middle, y: up!.middle, zoom: Math.min(fitting, Math.max(camera.zoom, closest)) }, V);
}

/** A few far words would make all others small: this share of the words may lie outside at each end of an axis. */
const OUTSIDE = 0.002;
/** At most so many words are looked at, at equal steps through the list. */
const LOOKED = 20_000;
/** Free space around the words, as a factor. */
const MARGIN = 1.06;

/** The camera that shows the whole map. `positions`: (V, 2). */
export function wholeMap(positions: Float32Array, { viewport, V }: Seen): Camera {
  const step = 2 * Math.max(1, Math.floor(V / LOOKED));
  const shorter = Math.min(viewport.width, viewport.height) || 1;
  const [across, up] = [viewport.width, viewport.height].map((side, axis) => {
    const values: number[] = [];
    for (let at = axis; at < positions.length; at += step) values.push(positions[at]);
    const [least, most] = middleRange(values, OUTSIDE);
    const length = most > least ? most - least : 2;
    return { middle: (least + most) / 2, zoom: (2 * (side || 1)) / shorter / (length * MARGIN) };
  });
  return bounded({ x: across!.middle, y: up!.middle, zoom: Math.min(across!.zoom, up!.zoom) }, V);
}

/** Between the quantiles `outside` and 1 - `outside`. */
export function middleRange(values: readonly number[], outside: number): [least: number, most: number] {
  if (values.length === 0) return [-1, 1];
  const sorted = Float64Array.from(values).sort();
  const at = Math.floor(outside * (sorted.length - 1));
  return [sorted[at], sorted[sorted.length - 1 - at]];
}

/**
 * Who learns of a move: each picture of a user's move is reported, of a move to given words the end, of the program's
 * nothing.
 */
export type Reported = 'always' | 'end' | 'never';

export interface CameraMotion {
  readonly now: Camera;
  /** Where the camera will be when it rests. */
  readonly goal: Camera;
  /** `duration` in milliseconds; 0: at once. */
  moveTo(camera: Camera, duration: number, reported: Reported): void;
  /** Goes on to a time; whether the camera has moved since the last call, and whether that is to be reported. */
  step(time: number): { moved: boolean; report: boolean; resting: boolean };
}

export function cameraMotion(): CameraMotion {
  let now: Camera = { x: 0, y: 0, zoom: 1 };
  let moved = false;
  let report = false;
  let move: { from: Camera; to: Camera; start: number | undefined; duration: number; reported: Reported } | undefined;
  return {
    get now() {
      return now;
    },
    get goal() {
      return move?.to ?? now;
    },
    moveTo(to, duration, reported) {
      if (duration > 0) {
        move = { from: now, to, start: undefined, duration, reported };
        return;
      }
      move = undefined;
      now = to;
      moved = true;
      report ||= reported !== 'never';
    },
    step(time) {
      if (move) {
        move.start ??= time;
        const share = Math.min(1, (time - move.start) / move.duration);
        now = share === 1 ? move.to : between(move.from, move.to, eased(share));
        moved = true;
        report ||= move.reported === 'always' || (share === 1 && move.reported === 'end');
        if (share === 1) move = undefined;
      }
      const result = { moved, report, resting: move === undefined };
      moved = false;
      report = false;
      return result;
    },
  };
}
