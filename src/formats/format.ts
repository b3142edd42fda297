// What a file format is to the rest of w2v: one row of the table in formats.ts, one file of code each.

import type { ByteSink, OutputFile } from '../files/output.ts';
import type { OnProgress } from '../progress.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import type { ByteSource } from './io/byte-source.ts';

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

interface AnyFormat {
  /** As the setting `format` takes it. */
  name: string;
  /** For people. */
  title: string;
}

/** A format that is one file, perhaps with its words in a second one beside it. */
export interface VectorFormat extends AnyFormat {
  /** Extensions, with the dot, that choose this format for writing. */
  extensions: readonly string[];
  /**
   * Whether content that begins so is of this format; `complete`: `head` is all of it. Undefined where another format reads
   * what this one writes.
   */
  detect?: (head: Uint8Array, complete: boolean) => boolean;
  /**
   * Whether content that no format knows was most likely meant to be of this one: reading it tells what is wrong. Undefined
   * where `detect` asks for no more than that.
   */
  resembles?: (head: Uint8Array, complete: boolean) => boolean;
  read(source: ByteSource, options: ReadOptions): Promise<LoadedVectors>;
  /** Undefined where the format is only read. */
  write?: (vectors: WordVectors, sink: ByteSink, options: ReadOptions) => Promise<void>;
  /** The files that stand beside `path`, where one file does not hold all; they are written together with it. */
  beside?: (path: string, vectors: WordVectors) => OutputFile[];
}

/** A format that is a folder of files with fixed names. */
export interface FolderFormat extends AnyFormat {
  /** Whether a folder with these files in it is of this format. */
  detectFolder(names: ReadonlySet<string>): boolean;
  readFolder(folder: string, options: ReadOptions): Promise<LoadedVectors>;
  filesOf(folder: string, vectors: WordVectors, options: ReadOptions): OutputFile[];
}
