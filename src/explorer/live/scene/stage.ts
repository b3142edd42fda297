// Draws a scene on one canvas, when something has changed and only then: the points, which are kept as an array of
// pixels, and over them labels, lines and what is being done.
import type { Camera } from '../../state.ts';
import { type CameraMotion, cameraMotion, onScreen, type Seen, type View, type Viewport, viewOf } from './camera.ts';
import { labelSprites } from './label-sprites.ts';
import { type Chosen, chooseLabels, labelBoard, labelStyles } from './labels.ts';
import { drawOverlay } from './overlay.ts';
import type { Polygon } from './picking.ts';
import { arrive, type PlacedPoints, type PointCloud, pace, placeOf, pointCloud, pointLook } from './points.ts';
import { drawCloud, packed, type Raster } from './raster.ts';
import { parsedColor, type Theme } from './theme.ts';

/** Milliseconds that points take to new places. */
const TWEEN = 250;
/** Milliseconds without a move until all points are drawn. */
const RESTS_AFTER = 160;
/** Points that are drawn in any case: so few are never what makes a picture slow. */
const FEWEST = 20_000;
/** Marked points are this much larger, in CSS pixels; the others then keep this share of their opacity. */
const MARKED_LARGER = 3;
const OTHERS_OPACITY = 0.35;

/** What a picture shows. */
export interface Shown {
  points: PlacedPoints;
  /** (V) as `packed`; undefined: the style's own color. */
  colors: Int32Array | undefined;
  chosen: Chosen;
  lasso: Polygon | undefined;
  /** The keyboard's cursor in the middle. */
  cursor: boolean;
}

export interface Stage {
  readonly camera: CameraMotion;
  readonly calm: boolean;
  /** Share of the points in the last picture. */
  readonly share: number;
  /** Pictures drawn so far. */
  readonly pictures: number;
  seen(): Seen;
  view(): View;
  /** Diameter of a point in CSS pixels. */
  size(): number;
  /**
   * Draws the next picture after a change of the points themselves, the marked ones, how all are seen, or only what is
   * over them.
   */
  change(what: 'points' | 'marked' | 'view' | 'overlay', to?: Partial<Shown>): void;
  readTheme(): void;
  resize(to: Viewport): void;
  dispose(): void;
}

export const noneChosen: Chosen = { focus: [], to: [], marked: [], hovered: undefined };

interface StageEvents {
  /** Once for each picture, after its camera is known. */
  beforeDrawing(): void;
  moved(camera: Camera): void;
}

export function createStage(element: HTMLElement, shown: Shown, events: StageEvents): Stage {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true'); // for eyes only
  Object.assign(canvas.style, { position: 'absolute', inset: '0', width: '100%', height: '100%', display: 'block' });
  element.prepend(canvas);
  // Kept in main memory, where the pixels are written.
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  const calmness = matchMedia('(prefers-reduced-motion: reduce)');
  const board = labelBoard();
  const camera = cameraMotion();
  const speed = pace();
  let viewport: Viewport = { width: 0, height: 0 };
  let theme = themeOf(element);
  let ratio = 0;
  let sprites = labelSprites(theme, 1);
  let picture: { image: ImageData; raster: Raster } | undefined;
  let all: PointCloud | undefined;
  let marked: PointCloud | undefined;
  let pointsChanged = true;
  let tweenFrom: number | undefined;
  let asked = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let share = 1;
  let pictures = 0;

  const stage: Stage = {
    camera,
    get calm() {
      return calmness.matches;
    },
    get share() {
      return share;
    },
    get pictures() {
      return pictures;
    },
    seen: () => ({ viewport, V: shown.points.V }),
    view: () => viewOf(camera.now, viewport),
    size: () => pointLook(shown.points.V, stage.view().scale).size,
    change(what, to = {}) {
      if (to.points) {
        tweenFrom = undefined;
        board.clear();
      }
      Object.assign(shown, to);
      if (what === 'points') all = undefined;
      if (what === 'points' || what === 'marked') marked = undefined;
      if (what !== 'overlay') pointsChanged = true;
      if (asked === 0) asked = requestAnimationFrame(onFrame);
    },
    readTheme() {
      theme = themeOf(element);
      sprites = labelSprites(theme, ratio);
      stage.change('view');
    },
    resize(to) {
      // Until it is part of the page and visible, an element has no style.
      if (viewport.width === 0) stage.readTheme();
      viewport = to;
      stage.change('view');
    },
    dispose() {
      cancelAnimationFrame(asked);
      clearTimeout(rest);
    },
  };
  return stage;

  function onFrame(now: number): void {
    asked = 0;
    if (viewport.width < 2 || viewport.height < 2) return;
    const tweening = tween(now);
    const { moved, report, resting } = camera.step(now);
    if (report) events.moved(camera.now);
    events.beforeDrawing();
    const { image, raster } = fitted();
    if (moved || tweening || !resting) drawMoving(raster);
    else if (pointsChanged) drawPoints(raster, 1);
    context.putImageData(image, 0, 0);
    pictures++;
    if (drawOver(now) || tweening || !resting) stage.change('overlay');
  }

  /** Whether points are on their way. */
  function tween(now: number): boolean {
    const { points } = shown;
    if (points.from === undefined) return false;
    tweenFrom ??= now;
    arrive(points, Math.min(1, (now - tweenFrom) / TWEEN));
    if (points.from === undefined && all) all.from = undefined;
    return true;
  }

  /** The canvas and its pixels, in the size that the picture has now. */
  function fitted() {
    const is = Math.min(2, window.devicePixelRatio || 1);
    if (is !== ratio) sprites = labelSprites(theme, is);
    ratio = is;
    const [width, height] = [viewport.width, viewport.height].map((side) => Math.max(1, Math.round(side * ratio)));
    if (picture?.raster.width !== width || picture.raster.height !== height) {
      [canvas.width, canvas.height] = [width!, height!];
      const image = context.createImageData(width!, height!);
      picture = { image, raster: { width: width!, height: height!, pixels: new Int32Array(image.data.buffer) } };
      pointsChanged = true;
    }
    return picture;
  }

  /** As many points as the machine draws in time; all of them once the picture rests. */
  function drawMoving(raster: Raster): void {
    const start = performance.now();
    drawPoints(raster, Math.min(1, Math.max(speed.share, FEWEST / shown.points.V)));
    speed.took(performance.now() - start);
    clearTimeout(rest);
    if (share < 1) rest = setTimeout(() => stage.change('view'), RESTS_AFTER);
  }

  function drawPoints(raster: Raster, drawn: number): void {
    const { points, colors, chosen } = shown;
    const view = stage.view();
    const { size, opacity } = pointLook(points.V * drawn, view.scale);
    const frame = { view, ratio, moved: points.moved };
    all ??= pointCloud(points, points.order, colors);
    marked ??= pointCloud(points, chosen.marked, colors);
    const dimmed = chosen.marked.length > 0 ? OTHERS_OPACITY : 1;
    raster.pixels.fill(packed(theme.panel));
    drawCloud(raster, all, { ...frame, size, opacity: opacity * dimmed, share: drawn }, theme.point);
    drawCloud(raster, marked, { ...frame, size: size + MARKED_LARGER, opacity: 1, share: 1 }, theme.marked);
    share = drawn;
    pointsChanged = false;
  }

  /** Whether labels still come or go. */
  function drawOver(now: number): boolean {
    const { points, chosen, lasso, cursor } = shown;
    const look = { view: stage.view(), viewport, size: stage.size() };
    const styleOf = labelStyles(chosen, theme, points.unlabeled);
    const textOf = (row: number) => points.words[row] ?? '';
    const widthOf = (row: number) => sprites.width(textOf(row), styleOf(row));
    const { labels, changing } = chooseLabels(board, points, chosen, { ...look, now, softly: !stage.calm }, widthOf);
    drawOverlay(context, {
      ...{ ...look, ratio, theme, labels, sprites, styleOf, textOf, lasso, cursor, chosen },
      pointOf: (row) => onScreen(look.view, placeOf(points, row)),
    });
    return changing;
  }
}

/** The colors from the custom properties of the page's style sheet, light or dark. */
function themeOf(element: HTMLElement): Theme {
  const style = getComputedStyle(element);
  const color = (name: string, otherwise: string) => parsedColor(style.getPropertyValue(name).trim() || otherwise);
  return {
    panel: color('--panel', '#ffffff'),
    point: color('--c0', '#0b6bb0'),
    marked: color('--c1', '#c2410c'),
    ink: color('--ink', '#1d2228'),
    soft: color('--soft', '#59626d'),
    accent: color('--accent', '#0b5fa5'),
    font: style.fontFamily || 'sans-serif',
  };
}
