// A scene: words as points with labels; pointers and keys move the camera, pick words and draw a lasso around them.
import type { Reported } from './camera-motion.ts';
import { panned, showing, turned, zoomedAt } from './camera-moves.ts';
import { listenToKeys } from './key-input.ts';
import { rowAt, rowsInside } from './picking.ts';
import { listenToPointers } from './pointer-input.ts';
import type { RendererChoice, Scene, SceneEvents } from './scene.ts';
import { sceneElement } from './scene-element.ts';
import { placeOf } from './scene-points.ts';
import { createStage } from './stage.ts';
import { projected } from './view-transform.ts';
import { wholeMap } from './whole-map.ts';

const SMOOTH = 250; // milliseconds of a move
/** Milliseconds after a tap on no word until it counts: it may be the first half of a double one, which zooms. */
const DOUBLE_TAP = 280;

export function createScene(events: SceneEvents, options: { renderer?: RendererChoice } = {}): Scene {
  const { element, say, describe } = sceneElement();
  let tool: 'move' | 'lasso' = 'move';
  let pointer: { x: number; y: number } | undefined;
  let byKeyboard = false;
  /** The camera shows the whole map, also after a change of the element's size. */
  let isWhole = true;
  let nothing: ReturnType<typeof setTimeout> | undefined;
  const ending = new AbortController();

  const stage = createStage(element, options.renderer ?? 'auto', {
    beforeDrawing: hover,
    moved: (camera) => events.moved(camera),
  });

  const move = (camera: Parameters<typeof stage.camera.moveTo>[0], smooth: boolean, reported: Reported) => {
    isWhole = false;
    stage.camera.moveTo(camera, smooth && !stage.calm ? SMOOTH : 0, reported);
    stage.change('all');
  };
  const showWhole = (smooth: boolean, reported: Reported) => {
    move(wholeMap(stage.points.positions, stage.seen()), smooth, reported);
    isWhole = true;
  };
  const at = (x: number, y: number) => rowAt(stage.points, stage.picture(), x, y);
  const byPointer = () => {
    byKeyboard = false;
    stage.setCursor(false);
  };

  /** Once for each picture: which word is below the pointer, or below the keyboard's cursor in the middle. */
  function hover(): void {
    const { viewport } = stage.seen();
    const place = byKeyboard ? { x: viewport.width / 2, y: viewport.height / 2 } : pointer;
    const row = place && viewport.width > 0 ? at(place.x, place.y) : undefined;
    if (row === stage.chosen.hovered) return;
    stage.choose({ hovered: row });
    showCursor();
    if (byKeyboard && row !== undefined) say(stage.points.words[row] ?? '');
    events.hovered(row);
  }

  function showCursor(): void {
    element.style.cursor =
      tool === 'lasso' ? 'crosshair' : stage.chosen.hovered !== undefined && !byKeyboard ? 'pointer' : 'grab';
  }

  const giveUp = listenToPointers(element, {
    tool: () => tool,
    dragged(right, down, other) {
      byPointer();
      element.style.cursor = 'grabbing';
      const { now } = stage.camera;
      const turns = stage.points.axes === 3 && !other;
      move((turns ? turned : panned)(now, stage.seen(), right, down), false, 'always');
    },
    pinched(x, y, { right, down, factor, turn }) {
      byPointer();
      const seen = stage.seen();
      const camera = zoomedAt(panned(stage.camera.now, seen, right, down), seen, x, y, factor);
      move({ ...camera, yaw: camera.yaw + (seen.axes === 3 ? turn : 0) }, false, 'always');
    },
    zoomed(x, y, factor, softly) {
      clearTimeout(nothing);
      byPointer();
      move(zoomedAt(softly ? stage.camera.goal : stage.camera.now, stage.seen(), x, y, factor), softly, 'always');
    },
    tapped(x, y) {
      byPointer();
      clearTimeout(nothing);
      const row = at(x, y);
      if (row !== undefined) events.picked(row);
      else nothing = setTimeout(() => events.picked(undefined), DOUBLE_TAP);
    },
    hovered(place) {
      pointer = place;
      if (place) byPointer();
      stage.change('overlay');
    },
    drawing: stage.setLasso,
    drawn(polygon) {
      showCursor();
      events.lassoed(rowsInside(stage.points, stage.picture(), polygon));
    },
    ended: showCursor,
  });

  const byKeys = (camera: Parameters<typeof move>[0]) => {
    byKeyboard = true;
    stage.setCursor(true);
    move(camera, true, 'always');
  };
  const shorter = () => Math.min(stage.seen().viewport.width, stage.seen().viewport.height);
  listenToKeys(element, {
    axes: () => stage.points.axes,
    // The map moves the other way, so that the cursor moves as the arrow says.
    moved: (right, down) => byKeys(panned(stage.camera.goal, stage.seen(), -right * shorter(), -down * shorter())),
    turned: (right, down) => byKeys(turned(stage.camera.goal, stage.seen(), right * shorter(), down * shorter())),
    zoomed: (factor) => byKeys({ ...stage.camera.goal, zoom: stage.camera.goal.zoom * factor }),
    wholeMap() {
      byKeys(stage.camera.goal);
      showWhole(true, 'always');
    },
    picked: () => byKeyboard && events.picked(stage.chosen.hovered),
    gaveUp: giveUp,
  });
  element.addEventListener('blur', () => {
    byPointer();
    stage.change('overlay');
  });

  const observer = new ResizeObserver(() => {
    stage.resize(element.clientWidth, element.clientHeight);
    if (isWhole) showWhole(false, 'never');
  });
  observer.observe(element);
  const { signal } = ending;
  window.addEventListener('resize', () => stage.change('all'), { signal });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', stage.readTheme, { signal });

  return {
    element,
    get renderer() {
      return stage.renderer;
    },
    get share() {
      return stage.share;
    },
    setPoints(points) {
      const fresh = isWhole || points.axes !== stage.points.axes;
      const first = stage.points.V === 0;
      stage.setPoints(points);
      describe(stage.points.V, points.axes);
      if (fresh) showWhole(!first, 'never');
      showCursor();
    },
    setColors: stage.setColors,
    setMarked: (rows) => stage.choose({ marked: rows }),
    setFocus: (focus) => stage.choose({ focus: focus?.rows ?? [], to: focus?.to ?? [] }),
    get camera() {
      return stage.camera.goal;
    },
    setCamera: (camera, { smooth = false } = {}) => move(camera, smooth, 'never'),
    showWhole: () => showWhole(true, 'never'),
    bringIntoSight(rows) {
      if (rows.length === 0) return;
      const { viewport } = stage.seen();
      const { matrix } = stage.picture();
      const places = rows.map((row) => placeOf(stage.points, row));
      const isSeen = places
        .map((place) => projected(matrix, viewport, place))
        .every(({ x, y, w }) => w > 0.5 && x > 40 && y > 40 && x < viewport.width - 120 && y < viewport.height - 40);
      const goal = showing(places, stage.camera.goal, stage.seen());
      // Words that are seen, and not as a heap in a corner of the whole, stay where they are.
      if (isSeen && goal.zoom < 1.5 * stage.camera.goal.zoom) return;
      move(goal, true, 'end');
    },
    setTool(next) {
      if (next !== tool) giveUp();
      tool = next;
      showCursor();
    },
    rowAt: at,
    rowsInView() {
      const { width, height } = stage.seen().viewport;
      const corners = [
        { x: 0, y: 0 },
        { x: width, y: 0 },
        { x: width, y: height },
        { x: 0, y: height },
      ];
      return rowsInside(stage.points, stage.picture(), corners);
    },
    redraw: stage.readTheme,
    frameTimes: stage.frameTimes,
    dispose() {
      ending.abort();
      observer.disconnect();
      clearTimeout(nothing);
      stage.dispose();
      element.remove();
    },
  };
}
