// A scene: words as points with labels; pointers and keys move the camera, pick words and draw a lasso around them.
import type { Camera } from '../../state.ts';
import { strings } from '../../strings.ts';
import { bounded, onScreen, panned, type Reported, showing, wholeMap, zoomedAt } from './camera.ts';
import { listenToKeys, listenToPointers } from './input.ts';
import { rowAt, rowsInside } from './picking.ts';
import { placedPoints, placeOf, type ScenePoints } from './points.ts';
import { packed } from './raster.ts';
import { createStage, noneChosen, type Shown } from './stage.ts';

export interface Scene {
  /** The element with the canvas; it fills its parent. */
  readonly element: HTMLElement;
  /**
   * Shows other points; where their number is the same, they move there in 250 ms unless the user wants less motion.
   */
  setPoints(points: ScenePoints): void;
  /** (V) 1 for words without a label unless they are asked for; undefined: none. */
  setUnlabeled(unlabeled: Uint8Array | undefined): void;
  /** (V, 3) red, green and blue, 0 .. 255; undefined: the style's own color. */
  setColors(colors: Uint8Array | undefined): void;
  /** Rows that are marked (lasso): they are drawn larger, above the others. */
  setMarked(rows: readonly number[]): void;
  /** The word asked for and lines to others, such as its true neighbors, with their labels; undefined: none. */
  setFocus(focus: { rows: readonly number[]; to: readonly number[] } | undefined): void;
  readonly camera: Camera;
  /** `smooth`: moves there in 250 ms. */
  setCamera(camera: Camera, options?: { smooth?: boolean }): void;
  /** Moves so that the whole map is in sight, but for a few words far from all others. */
  showWhole(): void;
  /** Moves so that these rows are in sight. */
  bringIntoSight(rows: readonly number[]): void;
  /** Whether dragging moves the map or draws a lasso. */
  setTool(tool: 'move' | 'lasso'): void;
  /** Row near a place on the element, in CSS pixels. */
  rowAt(x: number, y: number): number | undefined;
  /** Rows whose points are in the picture, in the order of rows. */
  rowsInView(): number[];
  /**
   * Share of the points in the last picture, 0 .. 1: less than 1 only while a picture moves that all of them would make
   * slow.
   */
  readonly share: number;
  /** Pictures drawn so far. */
  readonly pictures: number;
  dispose(): void;
}

export interface SceneEvents {
  /** A click, a tap, or Enter on the point under the keyboard's cursor. */
  picked(row: number | undefined): void;
  hovered(row: number | undefined): void;
  lassoed(rows: number[]): void;
  /** In each picture in which the user moves the camera, and after `bringIntoSight`. */
  moved(camera: Camera): void;
}

const SMOOTH = 250; // milliseconds of a move
/** Milliseconds after a tap on no word until it counts: it may be the first half of a double one, which zooms. */
const DOUBLE_TAP = 280;

export function createScene(events: SceneEvents): Scene {
  const { element, live } = sceneElement();
  let tool: 'move' | 'lasso' = 'move';
  let pointer: { x: number; y: number } | undefined;
  let byKeyboard = false;
  /** The camera shows the whole map, also after a change of the element's size. */
  let isWhole = true;
  let nothing: ReturnType<typeof setTimeout> | undefined;
  const ending = new AbortController();

  const shown: Shown = {
    points: placedPoints({ positions: new Float32Array(0), words: [] }),
    ...{ colors: undefined, chosen: noneChosen, lasso: undefined, cursor: false },
  };
  const stage = createStage(element, shown, { beforeDrawing: hover, moved: (camera) => events.moved(camera) });
  const { camera } = stage;

  const move = (to: Camera, smooth: boolean, reported: Reported) => {
    isWhole = false;
    camera.moveTo(bounded(to, shown.points.V), smooth && !stage.calm ? SMOOTH : 0, reported);
    stage.change('view');
  };
  const showWhole = (smooth: boolean, reported: Reported) => {
    move(wholeMap(shown.points.positions, stage.seen()), smooth, reported);
    isWhole = true;
  };
  const at = (place: { x: number; y: number }) => rowAt(shown.points, stage.view(), stage.size(), place);
  const byPointer = () => {
    if (byKeyboard) stage.change('overlay', { cursor: false });
    byKeyboard = false;
  };

  /** Once for each picture: which word is below the pointer, or below the keyboard's cursor in the middle. */
  function hover(): void {
    const { width, height } = stage.seen().viewport;
    const place = byKeyboard ? { x: width / 2, y: height / 2 } : pointer;
    const hovered = place && at(place);
    if (hovered === shown.chosen.hovered) return;
    shown.chosen = { ...shown.chosen, hovered };
    showCursor();
    if (byKeyboard && hovered !== undefined) live.textContent = shown.points.words[hovered] ?? '';
    events.hovered(hovered);
  }

  function showCursor(): void {
    const isOver = shown.chosen.hovered !== undefined && !byKeyboard;
    element.style.cursor = tool === 'lasso' ? 'crosshair' : isOver ? 'pointer' : 'grab';
  }

  const giveUp = listenToPointers(element, {
    tool: () => tool,
    dragged(right, down) {
      byPointer();
      element.style.cursor = 'grabbing';
      move(panned(camera.now, stage.seen().viewport, right, down), false, 'always');
    },
    pinched(place, { right, down, factor }) {
      byPointer();
      const seen = stage.seen();
      move(zoomedAt(panned(camera.now, seen.viewport, right, down), seen, place, factor), false, 'always');
    },
    zoomed(place, factor, softly) {
      clearTimeout(nothing);
      byPointer();
      move(zoomedAt(softly ? camera.goal : camera.now, stage.seen(), place, factor), softly, 'always');
    },
    tapped(place) {
      byPointer();
      clearTimeout(nothing);
      const row = at(place);
      if (row !== undefined) events.picked(row);
      else nothing = setTimeout(() => events.picked(undefined), DOUBLE_TAP);
    },
    hovered(place) {
      pointer = place;
      if (place) byPointer();
      stage.change('overlay');
    },
    drawing: (lasso) => stage.change('overlay', { lasso }),
    drawn(polygon) {
      showCursor();
      events.lassoed(rowsInside(shown.points, stage.view(), polygon));
    },
    ended: showCursor,
  });

  const byKeys = (to: Camera) => {
    byKeyboard = true;
    shown.cursor = true;
    move(to, true, 'always');
  };
  listenToKeys(element, {
    // The map moves the other way, so that the cursor moves as the arrow says.
    moved(right, down) {
      const { viewport } = stage.seen();
      const shorter = Math.min(viewport.width, viewport.height);
      byKeys(panned(camera.goal, viewport, -right * shorter, -down * shorter));
    },
    zoomed: (factor) => byKeys({ ...camera.goal, zoom: camera.goal.zoom * factor }),
    wholeMap() {
      byKeys(camera.goal);
      showWhole(true, 'always');
    },
    picked: () => byKeyboard && events.picked(shown.chosen.hovered),
    gaveUp: giveUp,
  });
  element.addEventListener('blur', byPointer);

  const observer = new ResizeObserver(() => {
    stage.resize({ width: element.clientWidth, height: element.clientHeight });
    if (isWhole) showWhole(false, 'never');
  });
  observer.observe(element);
  const { signal } = ending;
  window.addEventListener('resize', () => stage.change('view'), { signal });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', stage.readTheme, { signal });

  return {
    element,
    get share() {
      return stage.share;
    },
    get pictures() {
      return stage.pictures;
    },
    setPoints(next) {
      const isFirst = shown.points.V === 0;
      const points = placedPoints(next, stage.calm ? undefined : shown.points);
      const colors = shown.colors?.length === points.V ? shown.colors : undefined;
      stage.change('points', { points, colors, chosen: noneChosen });
      element.setAttribute('aria-label', strings.map.scene.label(points.V));
      if (isWhole) showWhole(!isFirst, 'never');
      showCursor();
    },
    setUnlabeled(unlabeled) {
      shown.points.unlabeled = unlabeled;
      stage.change('overlay');
    },
    setColors(colors) {
      const byRow = colors && new Int32Array(colors.length / 3);
      byRow?.forEach((_, row) => {
        byRow[row] = packed([colors![row * 3], colors![row * 3 + 1], colors![row * 3 + 2]]);
      });
      stage.change('points', { colors: byRow });
    },
    setMarked: (marked) => stage.change('marked', { chosen: { ...shown.chosen, marked } }),
    setFocus: ({ rows, to } = { rows: [], to: [] }) =>
      stage.change('overlay', { chosen: { ...shown.chosen, focus: rows, to } }),
    get camera() {
      return camera.goal;
    },
    setCamera: (to, { smooth = false } = {}) => move(to, smooth, 'never'),
    showWhole: () => showWhole(true, 'never'),
    bringIntoSight(rows) {
      if (rows.length === 0) return;
      const { viewport, V } = stage.seen();
      const places = rows.map((row) => placeOf(shown.points, row));
      const isSeen = places
        .map((place) => onScreen(stage.view(), place))
        .every(({ x, y }) => x > 40 && y > 40 && x < viewport.width - 120 && y < viewport.height - 40);
      const goal = showing(places, camera.goal, V);
      // Words that are seen, and not as a heap in a corner of the whole, stay where they are.
      if (isSeen && goal.zoom < 1.5 * camera.goal.zoom) return;
      move(goal, true, 'end');
    },
    setTool(next) {
      if (next !== tool) giveUp();
      tool = next;
      showCursor();
    },
    rowAt: (x, y) => at({ x, y }),
    rowsInView() {
      const { width, height } = stage.seen().viewport;
      const corners = [
        { x: 0, y: 0 },
        { x: width, y: 0 },
        { x: width, y: height },
        { x: 0, y: height },
      ];
      return rowsInside(shown.points, stage.view(), corners);
    },
    dispose() {
      ending.abort();
      observer.disconnect();
      clearTimeout(nothing);
      stage.dispose();
      element.remove();
    },
  };
}

/** It takes the keyboard's focus and says what the keys do; `live` says what the keyboard's cursor is on. */
function sceneElement(): { element: HTMLElement; live: HTMLElement } {
  const element = document.createElement('div');
  element.className = 'scene';
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-roledescription', strings.map.scene.role);
  Object.assign(element.style, {
    ...{ position: 'relative', width: '100%', height: '100%', overflow: 'hidden', touchAction: 'none' },
    ...{ userSelect: 'none', webkitUserSelect: 'none', outlineOffset: '-3px' },
  });
  const live = document.createElement('div');
  live.setAttribute('aria-live', 'polite');
  const unseen = { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' };
  Object.assign(live.style, unseen);
  element.append(live);
  return { element, live };
}
