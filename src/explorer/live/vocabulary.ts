// What is computed once for each file: its completer.
import { type Completer, createCompleter } from '../complete.ts';
import type { LoadedSpace } from './app.ts';

const completers = new WeakMap<LoadedSpace, Completer>();

export function completerOf(space: LoadedSpace): Completer {
  const known = completers.get(space) ?? createCompleter(space.list);
  completers.set(space, known);
  return known;
}
