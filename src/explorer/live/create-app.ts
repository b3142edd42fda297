// The state of the page: what changes it, who hears of it, and the address that holds it.
import type { Answers } from '../answers.ts';
import { fitting, startState } from '../choices.ts';
import type { PageData } from '../page-data.ts';
import { type ExplorerState, hashOf, stateFrom } from '../state.ts';
import type { App, LoadedSpace } from './app.ts';

/** Milliseconds after the last change of the camera, because browsers limit how often the address may change. */
const CAMERA_REST = 400;

export interface AppParts {
  data: PageData;
  spaces: readonly LoadedSpace[];
  answers: Answers;
  blob(name: string): Promise<ArrayBuffer>;
  say: App['say'];
}

export function createApp({ data, spaces, answers, blob, say }: AppParts): App {
  const start = startState(data);
  const read = () => fitting(stateFrom(location.hash, start), data);
  const listeners: ((before: ExplorerState) => void)[] = [];
  let state = read();
  let rest: ReturnType<typeof setTimeout> | undefined;

  function write(isQuestion: boolean): void {
    clearTimeout(rest);
    const hash = hashOf(state, start);
    const address = hash === '' ? location.href.split('#')[0] : `#${hash}`;
    if (isQuestion) history.pushState(null, '', address);
    else history.replaceState(null, '', address);
  }

  function tell(before: ExplorerState): void {
    for (const listener of listeners) listener(before);
  }

  addEventListener('popstate', () => {
    clearTimeout(rest);
    const before = state;
    state = read();
    if (hashOf(before, start) !== hashOf(state, start)) tell(before);
  });

  return {
    data,
    spaces,
    answers,
    blob,
    say,
    get state() {
      return state;
    },
    set(change) {
      const before = state;
      state = fitting({ ...state, ...change }, data);
      const isOtherMap = (['file', 'layout'] as const).some((name) => state[name] !== before[name]);
      if (isOtherMap) state.camera = undefined;
      const kept = hashOf({ ...state, camera: before.camera }, start) === hashOf(before, start);
      if (kept) {
        clearTimeout(rest);
        rest = setTimeout(() => write(false), CAMERA_REST);
      } else {
        const isQuestion =
          hashOf({ ...before, camera: state.camera, marked: state.marked }, start) !== hashOf(state, start);
        write(isQuestion);
      }
      tell(before);
    },
    subscribe(listener) {
      listeners.push(listener);
    },
  };
}
