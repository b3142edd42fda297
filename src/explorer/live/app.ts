// What the parts of the explorer's page share: the files, who answers, and the state, which everything shown follows
// from.
import type { Answers } from '../answers.ts';
import type { PageData, SpaceData } from '../page-data.ts';
import type { ExplorerState } from '../state.ts';

/** A file of vectors with its long lists loaded. */
export interface LoadedSpace extends SpaceData {
  list: readonly string[];
  rowOf: ReadonlyMap<string, number>;
  /** (V) */
  countList?: Float64Array;
  /** (V) index into classNames, 255 for none. */
  classList?: Uint8Array;
}

export interface App {
  readonly data: PageData;
  readonly spaces: readonly LoadedSpace[];
  readonly answers: Answers;
  /** A long list of the page's data, decompressed; loaded once. */
  blob(name: string): Promise<ArrayBuffer>;
  readonly state: ExplorerState;
  /** Changes the state; everything that depends on it is shown anew and the URL follows. */
  set(change: Partial<ExplorerState>): void;
  /** Calls `listener` after each change, with the state before it. */
  subscribe(listener: (before: ExplorerState) => void): void;
  /** Says something in the live region of the page, for screen readers and eyes; `quiet`: for screen readers alone. */
  say(message: string, options?: { bad?: boolean; quiet?: boolean }): void;
}

/** A view of the page: a tab with its panel. */
export interface ViewPart {
  readonly name: ExplorerState['view'];
  readonly title: string;
  /** Whether this page can show it: comparing needs two files. */
  readonly available: boolean;
  /** The panel; shown and hidden by the page. */
  readonly element: HTMLElement;
  /** Called when the view becomes visible, and after each change of the state while it is. */
  update(): void;
}
