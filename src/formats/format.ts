// The interface of a file format; each format has its own file and one row in the table in formats.ts.

import type { OnProgress } from '../base/progress.ts';
import type { ByteSource } from '../files/byte-source.ts';
import type { ByteSink, OutputFile } from '../files/output.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';

/** Vectors read from a file. */
export interface LoadedVectors extends WordVectors {
  source: string;
  /** Name of the file's format. */
  format: string;
  /** (V) occurrences of each word, where the file has them (fastText's models). */
  counts?: Float64Array;
  /** Rows skipped because their word occurred before; the first row of a word is kept, as in gensim. */
  duplicates: number;
}

export interface ReadOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
  /**
   * Also reads what only a copy of the whole model needs: counts and the output matrix of a fastText model; default
   * false.
   */
  whole?: boolean | undefined;
}

/** Which rows are read. */
export interface RowOptions extends ReadOptions {
  /**
   * Rows of other words are left out. Word2vec's and GloVe's formats, .npy and Parquet never have them in memory;
   * others leave them out at the end.
   */
  only?: { has(word: string): boolean } | undefined;
}

interface AnyFormat {
  /** The value of the setting `format`. */
  name: string;
  /** Title for help and messages. */
  title: string;
}

/** A format with one file, and possibly a second file next to it for the words. */
export interface VectorFormat extends AnyFormat {
  /** Extensions, with the dot, that select this format for writing. */
  extensions: readonly string[];
  /**
   * Whether content that starts with `head` has this format; `complete`: `head` is the whole content. Undefined if
   * another format reads the files that this one writes.
   */
  detect?: (head: Uint8Array, complete: boolean) => boolean;
  /**
   * Whether content that no format matches is most likely a damaged file of this format, so that its reader can report
   * the error. Undefined if `detect` already accepts such files.
   */
  resembles?: (head: Uint8Array, complete: boolean) => boolean;
  read(source: ByteSource, options: RowOptions): Promise<LoadedVectors>;
  /** Undefined for a read-only format. */
  write?: (vectors: WordVectors, sink: ByteSink, options: ReadOptions) => Promise<void>;
  /** Files next to `path`, if one file is not enough; they are written together with it. */
  beside?: (path: string, vectors: WordVectors) => OutputFile[];
}

/** A format with a folder of files with fixed names. */
export interface FolderFormat extends AnyFormat {
  /** Whether a folder with these files has this format. */
  detectFolder(names: ReadonlySet<string>): boolean;
  readFolder(folder: string, options: RowOptions): Promise<LoadedVectors>;
  filesOf(folder: string, vectors: WordVectors, options: ReadOptions): OutputFile[];
}
