// The map of all words with a panel beside it: search, nearest words, marked words. Everything shown follows from the
// state.
import type { NearestAnswer } from '../../answers.ts';
import { layoutOf } from '../../choices.ts';
import { closestOnMap, positionsOf } from '../../map-places.ts';
import type { ExplorerState } from '../../state.ts';
import { strings } from '../../strings.ts';
import type { App, ViewPart } from '../app.ts';
import { coloredWords, darkScheme } from '../colors.ts';
import { make } from '../elements.ts';
import { markRows } from '../mark.ts';
import { problemOf } from '../problems.ts';
import { createScene, type Scene } from '../scene/scene.ts';
import { unwantedOf } from '../vocabulary.ts';
import { createLegend } from './legend.ts';
import { createMapTools } from './map-tools.ts';
import { createMarkedPanel } from './marked-panel.ts';
import { createNearestPanel } from './nearest-panel.ts';

/** Neighbors that the picture makes room for when a word is chosen; it shows lines to all of them. */
const IN_SIGHT = 4;

export interface MapView extends ViewPart {
  /** Puts the focus into the search field. */
  search(): void;
}

export function createMapView(app: App): MapView {
  const scene: Scene = createScene({
    picked: (row) => {
      if (row !== undefined) app.set({ query: app.spaces[app.state.file].list[row] });
    },
    hovered: (row) => tools.hover(row),
    lassoed: (rows) => {
      markRows(app, rows);
      tools.stopLasso();
    },
    moved: (camera) => {
      app.set({ camera: rounded(camera) });
    },
  });
  const tools = createMapTools(app, scene);
  const legend = createLegend();
  const marked = createMarkedPanel(app, { inView: scene.rowsInView });
  const nearest = createNearestPanel(app, { answered: showAnswer });
  const picture = make('div', { class: 'picture-place' }, scene.element);
  const quality = make('p', {});
  const trust = make('details', { class: 'quality' }, make('summary', {}, strings.map.trust), quality);
  const element = make(
    'div',
    { class: 'map-view' },
    make('div', { class: 'side' }, nearest.search, nearest.element, marked.element),
    make('div', { class: 'map-place' }, tools.element, picture, make('div', { class: 'under' }, legend.element, trust)),
  );

  let positions: Float32Array | undefined;
  let shown: ExplorerState | undefined;
  let answer: NearestAnswer | undefined;
  /** Whether the picture should go to the answer: not when it was opened with a camera in its address. */
  let goes = false;

  async function showPoints(): Promise<void> {
    const { state, spaces } = app;
    const space = spaces[state.file];
    const layout = layoutOf(space, state.layout);
    const hadPoints = positions !== undefined;
    positions = undefined;
    quality.textContent = layout === undefined ? strings.map.noLayout : strings.map.loading;
    if (layout === undefined) return;
    const loaded = positionsOf(await app.blob(layout.positions));
    if (app.state.file !== state.file || app.state.layout !== state.layout) return;
    positions = loaded;
    scene.setPoints({ positions, words: space.list, unlabeled: unwantedOf(app, state.file) });
    if (app.state.camera !== undefined) scene.setCamera(app.state.camera);
    else if (hadPoints) scene.showWhole();
    const { kept, k } = layout.quality;
    quality.textContent = strings.map.quality(kept, k);
    showFocus();
    showMarked();
    await nearest.showKept();
  }

  async function showColors(): Promise<void> {
    const { state } = app;
    const colored = await coloredWords(app);
    if (app.state.file !== state.file || app.state.coloring !== state.coloring) return;
    scene.setColors(colored?.colors);
    legend.show(colored?.legend);
  }

  function showAnswer(next: NearestAnswer | undefined): void {
    answer = next;
    showFocus();
  }

  function showFocus(): void {
    if (positions === undefined) return;
    const rows = answer?.rows.filter((row) => row >= 0) ?? [];
    const to = answer?.neighbors.map(({ row }) => row) ?? [];
    scene.setFocus(rows.length + to.length > 0 ? { rows, to } : undefined);
    const center = rows.at(-1) ?? to[0];
    if (!goes || answer === undefined || center === undefined) return;
    goes = false;
    scene.bringIntoSight([...rows, ...closestOnMap(positions, center, to, IN_SIGHT)]);
  }

  function showMarked(): void {
    const { rowOf } = app.spaces[app.state.file];
    scene.setMarked(app.state.marked.map((word) => rowOf.get(word) ?? -1).filter((row) => row >= 0));
  }

  /** A list that the page cannot load, because the server is gone. */
  function saying(work: Promise<void>): void {
    work.catch((error: unknown) => app.say(problemOf(error, app.spaces[app.state.file].rowOf).text, { bad: true }));
  }

  darkScheme.addEventListener('change', () => saying(showColors()));

  return {
    name: 'map',
    title: strings.views.map,
    available: true,
    element,
    search: () => nearest.focus(),
    update() {
      const { state } = app;
      const before = shown;
      shown = { ...state };
      const isOther = (...names: (keyof ExplorerState)[]) =>
        before === undefined || names.some((name) => before[name] !== state[name]);
      tools.update();
      if (isOther('file', 'layout')) saying(showPoints());
      if (isOther('file', 'layout', 'coloring')) saying(showColors());
      if (isOther('fields')) scene.setUnlabeled(unwantedOf(app, state.file));
      if (isOther('file', 'query')) {
        goes = before !== undefined || state.camera === undefined;
        if (state.query === '') showAnswer(undefined);
      }
      nearest.update();
      marked.update();
      if (isOther('marked')) showMarked();
      const isMoved = state.camera !== undefined && !isSame(state.camera, rounded(scene.camera));
      if (before !== undefined && isOther('camera') && isMoved) scene.setCamera(state.camera!, { smooth: true });
    },
  };
}

type CameraNumbers = Scene['camera'];

/** Four decimals are less than a pixel, and shorter in the address. */
function rounded({ x, y, zoom }: CameraNumbers): CameraNumbers {
  const short = (value: number) => Math.round(value * 1e4) / 1e4;
  return { x: short(x), y: short(y), zoom: short(zoom) };
}

function isSame(a: CameraNumbers, b: CameraNumbers): boolean {
  return (Object.keys(a) as (keyof CameraNumbers)[]).every((name) => a[name] === b[name]);
}
