// What a saved counting says of itself, as a file of two lines: the hash of the second, and JSON.
import { type Identity, identityShape } from '../../files/identity.ts';
import { sha256Of } from '../../files/sha256.ts';
import { fieldsOf, finite, isNatural, listOf, natural, shape, text } from '../../files/shape.ts';
import type { Extents } from './counting-worker.ts';

/** Raise it with each change of what the fields mean. */
export const FORMAT = 1;

/** What has been counted: the first `position` entries of the corpus, in these runs. */
export interface Counted {
  position: number;
  runs: Extents[][];
  /** Length of the runs file. */
  bytes: number;
}

export interface State extends Counted {
  format: number;
  sequence: number;
  identity: Identity;
  /** From the byte where the part before ends, to `end`. */
  parts: { end: number; sha256: string }[];
}

export function formatState(state: State): string {
  const json = JSON.stringify(state);
  return `${sha256Of(Buffer.from(json))}\n${json}\n`;
}

const anyFormat = fieldsOf({ format: finite });
const extents = shape(
  'a list of offsets and lengths',
  (value) => Array.isArray(value) && value.length % 2 === 0 && value.every(isNatural),
);
const stateShape = fieldsOf<keyof State>({
  format: finite,
  sequence: natural,
  identity: identityShape,
  position: natural,
  runs: listOf(listOf(extents)),
  bytes: natural,
  parts: listOf(fieldsOf({ end: natural, sha256: text })),
});

/**
 * The state, or why there is none. Its first line is the hash of the second, so that all of it is there; who wrote it is
 * not known.
 */
export function parseState(content: string): State | string {
  const [hash, json = ''] = content.split('\n');
  if (hash !== sha256Of(Buffer.from(json))) return 'it is damaged';
  let state: State;
  try {
    state = JSON.parse(json);
  } catch {
    return 'it is wrong: it is not JSON';
  }
  const misfit =
    anyFormat(state, '') ?? (state.format === FORMAT ? (stateShape(state, '') ?? misfitOf(state)) : undefined);
  return misfit === undefined ? state : `it is wrong: ${misfit}`;
}

/** What in a state of the right shape contradicts itself. */
function misfitOf({ identity, position, runs, bytes, parts }: State): string | undefined {
  if (position > Number(identity.entries)) return `${position} of ${identity.entries} entries are counted`;
  const partsOfRun = String(identity.rows).split(' ').length - 1;
  if (runs.some((run) => run.length !== partsOfRun))
    return `"runs" have other parts than the ${partsOfRun} of its rows`;
  for (const extents of runs.flat()) {
    for (let at = 0; at < extents.length; at += 2) {
      if (extents[at]! + extents[at + 1]! > bytes) return `"runs" end after ${bytes} bytes`;
    }
  }
  let from = 0;
  for (const { end } of parts) {
    if (end <= from) return '"parts" are not in order';
    from = end;
  }
  return from === bytes ? undefined : `"parts" end at ${from}, expected ${bytes}`;
}
