// The controls above the map: layout, colors, lasso, zoom; and the word under the pointer.
import { coloringsOf, layoutOf } from '../../choices.ts';
import type { Coloring } from '../../state.ts';
import { strings } from '../../strings.ts';
import type { App } from '../app.ts';
import { choice, labeled, make, setOptions } from '../elements.ts';
import type { Scene } from '../scene/scene.ts';
import { shortcuts } from '../shortcuts.ts';
import { createStopWordSwitch } from '../vocabulary.ts';

export interface MapTools {
  readonly element: HTMLElement;
  update(): void;
  hover(row: number | undefined): void;
  stopLasso(): void;
}

const STEP = 1.6; // of a zoom button

export function createMapTools(app: App, scene: Scene): MapTools {
  const say = strings.map;
  const layout = choice<'pca' | 'umap'>([], (value) => app.set({ layout: value }), { id: 'layout' });
  const coloring = choice<Coloring>([], (value) => app.set({ coloring: value }), { id: 'coloring' });
  const lasso = make(
    'button',
    { type: 'button', 'aria-pressed': 'false', onclick: () => setLasso(!isOn()) },
    say.lasso,
  );
  const zoom = (factor: number) => {
    const { camera } = scene;
    scene.setCamera({ ...camera, zoom: camera.zoom * factor }, { smooth: true });
  };
  const button = (name: string, sign: string, act: () => void) =>
    make('button', { type: 'button', class: 'sign', 'aria-label': name, title: name, onclick: act }, sign);
  const stopWords = createStopWordSwitch(app, 'map-stop-words');
  const hint = make('output', { class: 'hovered' });
  const layoutField = labeled(say.layout, layout);
  const coloringField = labeled(say.coloring, coloring);
  const element = make(
    'div',
    { class: 'tools', role: 'group', 'aria-label': say.label },
    layoutField,
    coloringField,
    stopWords.element,
    lasso,
    make(
      'span',
      { class: 'zoom' },
      button(say.zoomOut, '−', () => zoom(1 / STEP)),
      button(say.zoomIn, '+', () => zoom(STEP)),
      make('button', { type: 'button', onclick: showAll }, say.reset),
    ),
    hint,
  );

  function showAll(): void {
    scene.showWhole();
    app.set({ camera: undefined });
  }

  const isOn = () => lasso.getAttribute('aria-pressed') === 'true';
  function setLasso(on: boolean): void {
    lasso.setAttribute('aria-pressed', `${on}`);
    scene.setTool(on ? 'lasso' : 'move');
    hint.textContent = on ? say.lassoHint : '';
  }

  document.addEventListener('keydown', ({ key, target, altKey, ctrlKey, metaKey }) => {
    if (app.state.view !== 'map' || altKey || ctrlKey || metaKey) return;
    if ((target as Element).closest('input, textarea, select, dialog')) return;
    if (shortcuts.on && (key === 'l' || key === 'L')) setLasso(!isOn());
    else if (key === 'Escape' && isOn()) setLasso(false);
  });

  return {
    element,
    stopLasso: () => setLasso(false),
    hover(row) {
      if (isOn()) return;
      const { list, countList } = app.spaces[app.state.file];
      hint.textContent = row === undefined ? '' : `${list[row]} · ${strings.nearest.facts(row + 1, countList?.[row])}`;
    },
    update() {
      const { data, state } = app;
      const space = data.spaces[state.file];
      const methods = space.layouts.map(({ method }) => method);
      setOptions(
        layout,
        methods.map((method) => [method, say.layouts[method]]),
      );
      const offered = coloringsOf(data, state.file, layoutOf(space, state.layout));
      setOptions(
        coloring,
        offered.map((name) => [name, say.colorings[name]]),
      );
      stopWords.update();
      [layout.value, coloring.value] = [state.layout, state.coloring];
      layoutField.hidden = methods.length < 2;
      coloringField.hidden = offered.length < 2;
    },
  };
}
