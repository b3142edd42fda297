// Mouse, pen and fingers on the picture. One finger drags, two move, zoom and turn; in the lasso tool one draws.
import { type Polygon, withCorner } from './lasso.ts';

export interface PointerActions {
  tool(): 'move' | 'lasso';
  /** In CSS pixels; `other`: with shift or another button than the first. */
  dragged(right: number, down: number, other: boolean): void;
  /** Two fingers around (x, y): how far they moved, by which factor they went apart, by which angle they turned. */
  pinched(x: number, y: number, move: { right: number; down: number; factor: number; turn: number }): void;
  zoomed(x: number, y: number, factor: number, softly: boolean): void;
  tapped(x: number, y: number): void;
  /** The pointer is at a place without pressing, or it left. */
  hovered(place: { x: number; y: number } | undefined): void;
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
  const down = new Map<number, { x: number; y: number }>();
  let start: { x: number; y: number; moved: boolean; other: boolean } | undefined;
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
    const before = down.get(event.pointerId);
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
      before.x = start.x;
      before.y = start.y;
    }
    if (polygon) {
      polygon = withCorner(polygon, at);
      actions.drawing(polygon);
    } else if (actions.tool() === 'move' || start?.other) {
      actions.dragged(at.x - before.x, at.y - before.y, start?.other ?? false);
    }
  });

  function pinch(moved: number, before: { x: number; y: number }, at: { x: number; y: number }): void {
    const other = [...down].find(([id]) => id !== moved)![1];
    const [was, is] = [before, at].map(({ x, y }) => ({ x: x - other.x, y: y - other.y })) as [
      { x: number; y: number },
      { x: number; y: number },
    ];
    const turn = Math.atan2(is.y, is.x) - Math.atan2(was.y, was.x);
    actions.pinched((at.x + other.x) / 2, (at.y + other.y) / 2, {
      right: (at.x - before.x) / 2,
      down: (at.y - before.y) / 2,
      factor: Math.hypot(is.x, is.y) / Math.max(1, Math.hypot(was.x, was.y)),
      turn: turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)),
    });
  }

  const end = (event: PointerEvent) => {
    if (!down.delete(event.pointerId) || down.size > 0) return;
    const tapped = event.type === 'pointerup' && start !== undefined && !start.moved && !start.other;
    const finished = polygon;
    polygon = undefined;
    const at = place(event);
    if (finished) actions.drawing(undefined);
    if (tapped) actions.tapped(at.x, at.y);
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
    const { x, y } = place(event);
    actions.zoomed(x, y, event.shiftKey ? 1 / 2 : 2, true);
  });
  element.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const { x, y } = place(event);
      // Lines and pages as pixels; a trackpad's pinch, which comes with ctrlKey, has small steps.
      const pixels = event.deltaY * [1, 33, 400][event.deltaMode]! * (event.ctrlKey ? 6 : 1);
      actions.zoomed(x, y, Math.exp(-0.0016 * Math.max(-240, Math.min(240, pixels))), false);
    },
    { passive: false },
  );
  return giveUp;
}
