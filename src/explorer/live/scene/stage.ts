// Draws a scene: its points by a renderer, the rest on a canvas above; when something has changed, and only then.
import type { Camera } from '../../state.ts';
import { type CameraMotion, cameraMotion } from './camera-motion.ts';
import type { Seen } from './camera-moves.ts';
import { detail } from './detail.ts';
import { type FrameClock, frameClock } from './frame-clock.ts';
import { labelSprites } from './label-sprites.ts';
import type { Polygon } from './lasso.ts';
import type { ScenePoints } from './map-points.ts';
import { overlay } from './overlay.ts';
import type { Picture } from './picking.ts';
import { chosenCloud, cloudColors } from './point-cloud.ts';
import { pointLook } from './point-look.ts';
import type { PointRenderer } from './point-renderer.ts';
import { readTheme } from './read-theme.ts';
import { pointRenderer } from './renderers.ts';
import type { RendererChoice } from './scene.ts';
import { addCanvas } from './scene-element.ts';
import { type Chosen, sceneLabels } from './scene-labels.ts';
import { arrive, type PlacedPoints, placedPoints, screenPoint } from './scene-points.ts';
import { viewMatrix } from './view-transform.ts';

/** Milliseconds that points take to new places. */
const TWEEN = 250;
/** Milliseconds without a move until all points are drawn. */
const RESTS_AFTER = 160;
/** Points that are drawn in any case: so few are never what makes a picture slow. */
const FEWEST = 20_000;
/** Milliseconds that a lost WebGL context has to come back. */
const RESTORED_WITHIN = 2000;
/** Of a map of three axes: rows looked at for labels, while it moves and at rest. */
const LOOKED = { moving: 100_000, resting: Number.POSITIVE_INFINITY };

export interface Stage {
  readonly renderer: 'webgl2' | 'canvas';
  readonly camera: CameraMotion;
  readonly points: PlacedPoints;
  readonly chosen: Readonly<Chosen>;
  readonly calm: boolean;
  /** Share of the points in the last picture. */
  readonly share: number;
  seen(): Seen;
  picture(): Picture;
  setPoints(points: ScenePoints): void;
  setColors(colors: Uint8Array | undefined): void;
  choose(change: Partial<Chosen>): void;
  setLasso(polygon: Polygon | undefined): void;
  setCursor(visible: boolean): void;
  /** Draws the next picture: all of it, or only what is over the points. */
  change(what: 'all' | 'overlay'): void;
  readTheme(): void;
  resize(width: number, height: number): void;
  frameTimes(): number[];
  dispose(): void;
}

interface StageEvents {
  /** Once for each picture, after its camera is known. */
  beforeDrawing(): void;
  moved(camera: Camera): void;
}

export function createStage(element: HTMLElement, wanted: RendererChoice, events: StageEvents): Stage {
  let viewport = { width: 0, height: 0 };
  let theme = readTheme(element);
  let points = placedPoints({ axes: 2, positions: new Float32Array(0), words: [] });
  let tweenFrom: number | undefined;
  let colors: Uint8Array | undefined;
  let chosen: Chosen = { focus: [], to: [], marked: [], hovered: undefined };
  let lasso: Polygon | undefined;
  let cursor = false;
  let pointsChanged = true;
  let drawnShare = 1;
  /**
   * Until the map has rested for a while: pictures in which only labels come or go are drawn as the moving ones are.
   */
  let moving = false;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let lost: ReturnType<typeof setTimeout> | undefined;
  const detailed = detail();
  const labels = sceneLabels();
  const calmness = matchMedia('(prefers-reduced-motion: reduce)');
  const ratio = () => Math.min(2, window.devicePixelRatio || 1);
  const over = overlay();
  const sprites = labelSprites(() => ({ theme, ratio: ratio() }));
  const clock: FrameClock = frameClock(onFrame);
  let renderer = newRenderer(wanted);
  addCanvas(element, over.canvas);

  const stage: Stage = {
    get renderer() {
      return renderer.kind;
    },
    get points() {
      return points;
    },
    get chosen() {
      return chosen;
    },
    get calm() {
      return calmness.matches;
    },
    get share() {
      return drawnShare;
    },
    camera: cameraMotion(() => stage.seen()),
    seen: () => ({ axes: points.axes, viewport, V: points.V }),
    picture() {
      const { now } = stage.camera;
      const matrix = viewMatrix(now, points.axes, viewport);
      return { matrix, viewport, size: pointLook(points.V, now.zoom, points.axes, viewport).size };
    },
    setPoints(next) {
      points = placedPoints(next, calmness.matches ? undefined : points);
      tweenFrom = undefined;
      stage.setColors(colors?.length === points.V * 3 ? colors : undefined);
      chosen = { focus: [], to: [], marked: [], hovered: undefined };
      labels.clear();
      sendPoints();
    },
    setColors(next) {
      colors = next;
      points.cloud = { ...points.cloud, colors: colors && cloudColors(colors, points.cloud.order) };
      sendPoints();
    },
    choose(change) {
      chosen = { ...chosen, ...change };
      if (change.marked) sendMarked();
      else stage.change('overlay');
    },
    setLasso(polygon) {
      lasso = polygon;
      stage.change('overlay');
    },
    setCursor(visible) {
      if (visible !== cursor) stage.change('overlay');
      cursor = visible;
    },
    change(what) {
      if (what === 'all') pointsChanged = true;
      clock.request();
    },
    readTheme() {
      theme = readTheme(element);
      sprites.clear();
      stage.change('all');
    },
    resize(width, height) {
      // Until it is part of the page and visible, an element has no style.
      if (viewport.width === 0) stage.readTheme();
      viewport = { width, height };
      stage.change('all');
    },
    frameTimes: clock.times,
    dispose() {
      clock.stop();
      clearTimeout(rest);
      clearTimeout(lost);
      renderer.dispose();
    },
  };
  return stage;

  function newRenderer(kind: RendererChoice): PointRenderer {
    const made = pointRenderer(kind, {
      lost() {
        lost = setTimeout(() => {
          renderer.canvas.remove();
          renderer = newRenderer('canvas');
          sendPoints();
        }, RESTORED_WITHIN);
      },
      restored() {
        clearTimeout(lost);
        stage.change('all');
      },
    });
    addCanvas(element, made.canvas, element.firstElementChild ?? undefined);
    return made;
  }

  function sendPoints(): void {
    renderer.setCloud(points.cloud);
    sendMarked();
  }

  function sendMarked(): void {
    renderer.setMarked(chosen.marked.length > 0 ? chosenCloud(points, chosen.marked, colors) : undefined);
    stage.change('all');
  }

  function onFrame(now: number, interval: number | undefined): void {
    if (viewport.width < 2 || viewport.height < 2) return;
    const tweening = tween(now);
    const { moved, report, resting } = stage.camera.step(now);
    if (report) events.moved(stage.camera.now);
    events.beforeDrawing();
    if (moved || tweening || !resting) {
      moving = true;
      if (interval !== undefined) detailed.took(interval);
      restSoon();
    }
    if (moving || pointsChanged) drawPoints(moving ? Math.min(1, Math.max(detailed.share, FEWEST / points.V)) : 1);
    const changing = drawLabels(now);
    if (tweening || !resting || changing) clock.request();
  }

  function tween(now: number): boolean {
    if (points.from === undefined) return false;
    tweenFrom ??= now;
    arrive(points, Math.min(1, (now - tweenFrom) / TWEEN));
    if (points.from === undefined) sendPoints();
    return true;
  }

  function drawPoints(share: number): void {
    const { matrix } = stage.picture();
    const look = pointLook(points.V * share, stage.camera.now.zoom, points.axes, viewport);
    renderer.draw({ ...look, viewport, ratio: ratio(), matrix, moved: points.moved, share, theme });
    pointsChanged = false;
    drawnShare = share;
  }

  /** After the last picture of a movement comes one with all points and with the labels on their own canvas. */
  function restSoon(): void {
    clearTimeout(rest);
    rest = setTimeout(() => {
      moving = false;
      stage.change('all');
    }, RESTS_AFTER);
  }

  /** Whether labels still come or go. */
  function drawLabels(now: number): boolean {
    const { matrix, size } = stage.picture();
    const looked = moving ? LOOKED.moving : LOOKED.resting;
    const view = { matrix, viewport, size, theme, now, looked, softly: !calmness.matches };
    const { labels: shown, changing, styleOf } = labels.update(points, chosen, view, sprites.width);
    const textOf = (row: number) => points.words[row] ?? '';
    const placed = shown.map((label) => sprites.placed(textOf(label.row), styleOf(label.row), label));
    const nothingElse = chosen.focus.length === 0 && chosen.hovered === undefined && !lasso && !cursor;
    if (moving && nothingElse && renderer.drawLabels) {
      renderer.drawLabels(placed);
      over.hide();
      return changing;
    }
    over.draw({
      ...{ viewport, ratio: ratio(), theme, size, labels: shown, sprites: placed, styleOf, textOf, lasso, cursor },
      pointOf: (row) => screenPoint(points, row, matrix, viewport),
      lines: { from: chosen.focus, to: chosen.to },
      hovered: chosen.hovered,
    });
    return changing;
  }
}
