// Mouse, pen, fingers and keys on the picture. One finger drags, two move and zoom; in the lasso tool one draws.
import type { Point } from './camera.ts';
import { type Polygon, withCorner } from './picking.ts';

export interface PointerActions {
  tool(): 'move' | 'lasso';
  /** In CSS pixels. */
  dragged(right: number, down: number): void;
  /** Two fingers around a place: how far they moved, and by which factor they went apart. */
  pinched(place: Point, move: { right: number; down: number; factor: number }): void;
  zoomed(place: Point, factor: number, softly: boolean): void;
  tapped(place: Point): void;
  /** The pointer is at a place without pressing, or it left. */
  hovered(place: Point | undefined): void;
  /** The lasso so far; undefined: given up. */
  drawing(polygon: Polygon | undefined): void;
  drawn(polygon: Polygon): void;
  /** The last finger or button is up. */
  ended(): void;
}

/** A pointer that moves less than this many CSS pixels taps. */
const STILL = 5;

/** Returns a function that gives up what is being drawn or dragged. */
export function listenToPointers(element: HTMLElement, actions: PointerActions): () => void {
  const down = new Map<number, Point>();
  /** `other`: with shift or another button than the first, which drag the map in the lasso tool, too. */
  let start: (Point & { moved: boolean; other: boolean }) | undefined;
  let polygon: Polygon | undefined;

  const place = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const giveUp = () => {
    if (polygon) actions.drawing(undefined);
    polygon = undefined;
    if (start) start.moved = true;
  };

  element.addEventListener('pointerdown', (event) => {
    if (down.size >= 2) return;
    // A pointer that the browser no longer knows, as in tests, cannot be captured; it is followed all the same.
    try {
      element.setPointerCapture(event.pointerId);
    } catch {}
    const at = place(event);
    down.set(event.pointerId, at);
    actions.hovered(undefined);
    if (down.size === 2) return giveUp();
    start = { ...at, moved: false, other: event.shiftKey || event.button !== 0 };
    if (actions.tool() === 'lasso' && !start.other) polygon = [at];
  });

  element.addEventListener('pointermove', (event) => {
    const at = place(event);
    let before = down.get(event.pointerId);
    if (before === undefined) {
      if (event.pointerType !== 'touch') actions.hovered(at);
      return;
    }
    down.set(event.pointerId, at);
    if (down.size === 2) return pinch(event.pointerId, before, at);
    if (start && !start.moved && Math.hypot(at.x - start.x, at.y - start.y) < STILL) return;
    if (start && !start.moved) {
      start.moved = true;
      // The way so far counts: what was taken hold of stays under the pointer.
      before = start;
    }
    if (polygon) {
      polygon = withCorner(polygon, at);
      actions.drawing(polygon);
    } else if (actions.tool() === 'move' || start?.other) {
      actions.dragged(at.x - before.x, at.y - before.y);
    }
  });

  function pinch(moved: number, before: Point, at: Point): void {
    const other = [...down].find(([id]) => id !== moved)![1];
    const apart = ({ x, y }: Point) => Math.hypot(x - other.x, y - other.y);
    actions.pinched(
      { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 },
      {
        right: (at.x - before.x) / 2,
        down: (at.y - before.y) / 2,
        factor: apart(at) / Math.max(1, apart(before)),
      },
    );
  }

  const end = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    const tapped = event.type === 'pointerup' && start !== undefined && !start.moved && !start.other;
    const finished = polygon;
    polygon = undefined;
    if (finished) actions.drawing(undefined);
    if (tapped) actions.tapped(place(event));
    else if (finished && event.type === 'pointerup') actions.drawn(finished);
    start = undefined;
    actions.ended();
  };
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  element.addEventListener('pointerleave', () => {
    if (down.size === 0) actions.hovered(undefined);
  });
  element.addEventListener('contextmenu', (event) => event.preventDefault());
  element.addEventListener('dblclick', (event) => {
    actions.zoomed(place(event), event.shiftKey ? 1 / 2 : 2, true);
  });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      // Lines and pages as pixels; a trackpad's pinch, which comes with ctrlKey, has small steps.
      const pixels = event.deltaY * [1, 33, 400][event.deltaMode] * (event.ctrlKey ? 6 : 1);
      actions.zoomed(place(event), Math.exp(-0.0016 * Math.max(-240, Math.min(240, pixels))), false);
    },
    { passive: false },
  );
  return giveUp;
}

export interface KeyActions {
  /** In shares of the picture's shorter side. */
  moved(right: number, down: number): void;
  zoomed(factor: number): void;
  wholeMap(): void;
  /** The word under the cursor. */
  picked(): void;
  gaveUp(): void;
}

const arrows: Record<string, [right: number, down: number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Arrows move the map below the cursor in the middle. */
export function listenToKeys(element: HTMLElement, actions: KeyActions): void {
  element.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
    const { key } = event;
    const arrow = arrows[key];
    const step = event.shiftKey ? 0.04 : 0.12;
    if (arrow) actions.moved(arrow[0] * step, arrow[1] * step);
    else if (key === '+' || key === '=') actions.zoomed(1.5);
    else if (key === '-' || key === '_') actions.zoomed(1 / 1.5);
    else if (key === '0' || key === 'Home') actions.wholeMap();
    else if (key === 'Enter' || key === ' ') actions.picked();
    else if (key === 'Escape') actions.gaveUp();
    else return;
    event.preventDefault();
  });
}
