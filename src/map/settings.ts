// The settings of a layout: the given options, checked, and the defaults of the others.
import { availableParallelism } from 'node:os';
import { layoutDefaults } from '../base/defaults.ts';
import { usage } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import type { LayoutOptions } from './layout-types.ts';

const names = namesOf<LayoutOptions>({
  method: true,
  seed: true,
  neighbors: true,
  minDist: true,
  epochs: true,
  threads: true,
  beside: true,
  onProgress: true,
  signal: true,
});

type Optional = 'epochs' | 'beside' | 'onProgress' | 'signal';
type Chosen = { [name in Exclude<keyof LayoutOptions, Optional>]-?: NonNullable<LayoutOptions[name]> };
export type LayoutSettings = Chosen & Pick<LayoutOptions, Optional>;

/** @throws W2vError 'usage' for an unknown option and for values out of range */
export function layoutSettings(options: LayoutOptions): LayoutSettings {
  checkOptionNames('layOut', options, names);
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const settings: LayoutSettings = { ...layoutDefaults, threads: availableParallelism(), ...given };
  const { method, seed, neighbors, minDist, epochs, threads } = settings;
  expect('method', method, method === 'pca' || method === 'umap', "'pca' or 'umap'", "'umap'");
  expect('seed', seed, Number.isSafeInteger(seed), 'a whole number', '1');
  expect('neighbors', neighbors, isWhole(neighbors, 2, MOST_NEIGHBORS), `2 to ${MOST_NEIGHBORS}`, '15');
  expect('minDist', minDist, minDist >= 0 && minDist <= 1, '0 to 1', '0.1');
  expect('epochs', epochs, epochs === undefined || isWhole(epochs, 1, MOST_EPOCHS), `1 to ${MOST_EPOCHS}`, '200');
  expect('threads', threads, isWhole(threads, 1, 1024), '1 to 1024', '1');
  return settings;
}

const MOST_NEIGHBORS = 200;
const MOST_EPOCHS = 100_000;

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function expect(name: string, value: unknown, isRight: boolean, range: string, example: string): void {
  if (isRight) return;
  throw usage(`${name} is ${String(value)}, expected ${range}`, `give { ${name}: ${example} }`);
}
