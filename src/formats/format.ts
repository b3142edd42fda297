// What a file format is to the rest of w2v: one row of the table in formats.ts, one file of code each.
import type { OnProgress } from '../progress.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ByteSource } from './byte-source.ts';

/** Vectors as they stood in a file. */
export interface LoadedVectors extends WordVectors {
  source: string;
  /** Name of the format they were read from. */
  format: string;
  /** Rows left out because their word had come before; the first row of a word counts, as in gensim. */
  duplicates: number;
}

export interface ReadOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** Takes bytes in order. The caller may reuse `bytes` once the promise is fulfilled. */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void>;
}

export interface VectorFormat {
  /** As `--format` takes it. */
  name: string;
  /** For people. */
  title: string;
  /** Extensions, with the dot, that choose this format for writing. */
  extensions: readonly string[];
  /** Whether content that begins so is of this format; `complete`: `head` is all of it. */
  detect(head: Uint8Array, complete: boolean): boolean;
  read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors>;
  write(vectors: WordVectors, sink: ByteSink, options: ReadOptions): Promise<void>;
}
