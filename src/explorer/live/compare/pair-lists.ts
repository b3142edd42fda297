// The long lists of a comparison, loaded once: rows of the same word, common neighbours, and how frequent words are.
import { type FrequencySteps, frequencySteps } from '../../frequent-enough.ts';
import type { PairData } from '../../page-data.ts';
import type { App } from '../app.ts';

export interface PairLists {
  pair: PairData;
  /** For each file, (V) the row of the same word in the other one, or -1. */
  rows: readonly [Int32Array, Int32Array];
  /** (V of file 1) number of common neighbours, 255 if not compared. */
  overlap: Uint8Array;
  /** The same between two seeds. */
  seeds: Uint8Array | undefined;
  frequency: FrequencySteps;
}

const loaded = new WeakMap<App, Promise<PairLists>>();

/** The lists of a page with two files. */
export function pairLists(app: App, pair: PairData): Promise<PairLists> {
  const known = loaded.get(app) ?? load(app, pair);
  loaded.set(app, known);
  return known;
}

async function load(app: App, pair: PairData): Promise<PairLists> {
  const { spaces } = app;
  const names = [pair.rows, pair.overlap, ...(pair.seeds ? [pair.seeds.overlap] : [])];
  const [rows, overlap, seeds] = await Promise.all(names.map((name) => app.blob(name)));
  const forth = new Int32Array(rows!);
  const back = new Int32Array(spaces[1]!.list.length).fill(-1);
  for (const [row, other] of forth.entries()) if (other >= 0) back[other] = row;
  return {
    pair,
    rows: [forth, back],
    overlap: new Uint8Array(overlap!),
    seeds: seeds && new Uint8Array(seeds),
    frequency: frequencySteps(forth, [spaces[0]!.countList, spaces[1]!.countList]),
  };
}
