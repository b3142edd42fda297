// Where everything lies in the memory that the training threads share.
import { W2vError } from '../../errors.ts';
import { byteSize } from '../../format-numbers.ts';
import { createLayout, LARGEST_MEMORY } from '../../kernels/load.ts';
import type { Model } from '../settings.ts';

export interface MemoryShape {
  model: Model;
  /** V and D */
  words: number;
  dim: number;
  window: number;
  negative: number;
  threads: number;
  /** Entries of the longest chunk. */
  chunk: number;
}

/** Addresses of a thread's own areas. */
export interface Scratch {
  tokens: number;
  kept: number;
  contexts: number;
  outputRows: number;
  ids: number;
  rates: number;
  gradients: number;
  copies: number;
  hidden: number;
  error: number;
  /** A row of zeros. */
  spare: number;
}

export interface TrainingMemory {
  /** Bytes of a row: D floats and zeros up to a multiple of four. */
  row: number;
  /** (V, row / 4) floats each. */
  input: number;
  output: number;
  /** (V) uint32: a word is kept where a random word is not above it. */
  keeps: number;
  /** (V) pairs of uint32: an alias table's threshold and alias. */
  aliases: number;
  scratch: Scratch[];
  bytes: number;
}

const GROUP = 6; // output rows the kernel works on together
const PART = 32; // bytes of a group's gradients for one context

/** @throws W2vError 'out-of-memory' where it is more than a 32-bit memory can hold */
export function layOutMemory(shape: MemoryShape): TrainingMemory {
  const { words: V, dim, window, negative, threads, chunk } = shape;
  const row = 16 * Math.ceil(dim / 4);
  const groups = Math.ceil((1 + negative) / GROUP);
  const contexts = 2 * window + 2;
  const layout = createLayout();
  const memory = {
    row,
    input: layout.take(V * row),
    output: layout.take(V * row),
    keeps: layout.take(V * 4),
    aliases: layout.take(V * 8),
    scratch: Array.from({ length: threads }, () => ({
      tokens: layout.take(chunk * 4),
      kept: layout.take((window + chunk + window) * 4),
      contexts: layout.take(contexts * 4),
      outputRows: layout.take(groups * GROUP * 4),
      ids: layout.take(groups * GROUP * 4),
      rates: layout.take(groups * PART),
      gradients: layout.take(groups * contexts * PART),
      copies: layout.take(contexts * 16),
      hidden: layout.take(row),
      error: layout.take(row),
      spare: layout.take(row),
    })),
  };
  const bytes = layout.end();
  if (bytes > LARGEST_MEMORY) {
    const matrices = byteSize(2 * V * row);
    throw new W2vError(
      'out-of-memory',
      `the portable engine needs ${byteSize(bytes)} in one piece and can have ${byteSize(LARGEST_MEMORY)}: ` +
        `two matrices of ${V.toLocaleString('en')} words x ${dim} dimensions x 4 bytes are ${matrices}`,
      "keep fewer words ({ maxVocab, minCount }), use fewer dimensions ({ dim }), or give { engine: 'tensorflow' }",
    );
  }
  return { ...memory, bytes };
}
