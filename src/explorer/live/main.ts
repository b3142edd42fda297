// The script of the explorer's page: loads the data, makes the views, and shows what the address holds.
import { W2vError } from '../../base/errors.ts';
import { strings } from '../strings.ts';
import { createAnalogyView } from './analogy-view.ts';
import type { App, ViewPart } from './app.ts';
import { createAxesView } from './axes-view.ts';
import { createAssociationView } from './compare/association-view.ts';
import { createCompareView } from './compare/compare-view.ts';
import { createApp } from './create-app.ts';
import { byId, make } from './elements.ts';
import { createHelp, listenToKeys } from './help.ts';
import { loadPage } from './load.ts';
import { createMapView } from './map/map-view.ts';
import { createTabs } from './tabs.ts';
import { createWordsView } from './words-view.ts';

const SHOWN = 6000; // milliseconds that a message is seen

/** Milliseconds after which the map is drawn. */
const READY_AFTER = 700;

const status = createStatus(byId('status'));

async function open(): Promise<void> {
  status.say(strings.loading);
  const app = createApp({ ...(await loadPage()), say: status.say });
  status.clear();
  const map = createMapView(app);
  const views: ViewPart[] = [
    map,
    createAnalogyView(app),
    createAxesView(app),
    createWordsView(app),
    createCompareView(app),
    createAssociationView(app),
  ];
  makeReady(app);
  show(
    app,
    views.filter(({ available }) => available),
    map.search,
  );
}

/**
 * Opens the vectors of a page that answers by itself, so that the first question need not wait; it would say what
 * fails.
 */
function makeReady({ data, spaces, state, answers }: App): void {
  const [word] = spaces[state.file].list;
  if (data.answeredBy === 'server' || word === undefined) return;
  setTimeout(() => answers.nearest(state.file, word, 1).catch(() => undefined), READY_AFTER);
}

function show(app: App, views: readonly ViewPart[], search: () => void): void {
  const help = createHelp(app);
  const main = byId('main');
  const skip = document.querySelector<HTMLElement>('.skip')!;
  skip.addEventListener('click', (event) => {
    event.preventDefault(); // the hash holds the state
    main.focus();
  });
  byId('bar').append(createTabs(app, views, main), createFileSwitch(app), help.button);
  document.body.append(help.dialog);
  listenToKeys(app, views, help, search);
}

open().catch((error: unknown) => {
  status.clear();
  const reason = error instanceof W2vError ? `${error.message}: ${error.hint}.` : String(error);
  byId('main').prepend(make('p', { class: 'problem', role: 'alert' }, strings.failed(reason)));
});

/** Which of two files the map and the answers are from. */
function createFileSwitch(app: App): HTMLElement {
  const { spaces } = app.data;
  const buttons = spaces.map(({ name, vocabulary, dimensions }, file) => {
    const input = make('input', { type: 'radio', name: 'file', value: file, onchange: () => app.set({ file }) });
    return {
      input,
      element: make('label', { title: strings.facts(vocabulary, dimensions) }, input, make('span', {}, name)),
    };
  });
  const element = make(
    'fieldset',
    { class: 'file-switch', hidden: spaces.length < 2 },
    make('legend', { class: 'unseen' }, strings.file),
    ...buttons.map((button) => button.element),
  );
  const show = () => {
    for (const [file, { input }] of buttons.entries()) input.checked = file === app.state.file;
  };
  app.subscribe(show);
  show();
  return element;
}

/** The live region: what happened, for screen readers always, for eyes for some seconds. */
function createStatus(place: HTMLElement): { say: App['say']; clear(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    place.className = '';
    place.textContent = '';
  };
  return {
    clear,
    say(message, { bad = false, quiet = false } = {}) {
      clearTimeout(timer);
      place.textContent = message;
      place.className = quiet ? 'unseen' : bad ? 'shown bad' : 'shown';
      timer = setTimeout(clear, SHOWN);
    },
  };
}
