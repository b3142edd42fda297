// What the explorer's page starts from: facts as JSON, and long lists as blobs, which `w2v map` puts into the page and
// `w2v serve` sends on request.

import type { TextForm } from '../corpus/asked-form.ts';

/** The name of a blob: a list of numbers in little-endian order, or the words as UTF-8 JSON; compressed with gzip. */
export type BlobName = string;

/** The element of a page with a blob in it, in base64: `script#blob-NAME`. */
export const blobId = (name: BlobName): string => `blob-${name}`;

/**
 * The header Accept of the page's questions. Errors of these come with the status 200, because browsers write a line to
 * the console for others, and a word that is not in the vocabulary is no fault.
 */
export const PAGE_QUESTION = 'application/vnd.w2v.answer+json';

export interface PageData {
  /** The version of w2v that made the page. */
  version: string;
  /** Who answers questions: the page itself, from its 8-bit vectors, or the server, from the full vectors. */
  answeredBy: 'page' | 'server';
  /** One file of vectors, or two to compare; none in a page that asks the server for its data (the blob `page`). */
  spaces: SpaceData[];
  /** Of two files: how they differ. */
  pair?: PairData | undefined;
}

/** One file of vectors. */
export interface SpaceData {
  /** The name of the file, without its folder. */
  name: string;
  /** V */
  vocabulary: number;
  /** D; undefined for sparse vectors. */
  dimensions?: number;
  /** JSON of V strings, most frequent first if frequencies are known. */
  words: BlobName;
  /** (V) Float64: how often each word occurs in the corpus. */
  counts?: BlobName;
  /** (V) Uint8: index into `classNames`; 255 for a word without a class. WordNet's most frequent class of the word. */
  classes?: BlobName;
  classNames?: string[];
  /** How the text was prepared, so that questions are prepared alike. */
  textForm?: TextForm;
  layouts: LayoutData[];
  /** 8-bit vectors, in a page that answers by itself. */
  vectors?: QuantizedData;
}

export interface LayoutData {
  method: 'pca' | 'umap';
  /** Coordinates a word. */
  /** (V, 2) Uint16, 0 .. 65535 for -1 .. 1. */
  positions: BlobName;
  /** Share of the true k nearest words that are among the k nearest on the map, 0 .. 1, over `sample` words. */
  quality: { k: number; sample: number; kept: number; trustworthiness: number };
  /** (V) Uint8, 0 .. 100 per cent of each word's true neighbors that the map keeps; 255 if unknown. */
  keptByWord?: BlobName;
}

/** Row i is scale[i] times its 8-bit numbers. */
export interface QuantizedData {
  /** Words that have a vector in the page: the first of the file, all of them if there is room. */
  rows: number;
  /** (rows, D) Int8 */
  numbers: BlobName;
  /** (rows) Float32 */
  scales: BlobName;
  /** Share of the ten nearest words that 8 bits and the full vectors have in common, 0 .. 1, over a sample of words. */
  agreement: number;
}

/** How two files differ, for the words that both have. */
export interface PairData {
  /** Number of common words. */
  common: number;
  /** Number of these whose neighbors were compared, and which may be neighbors: the first in the order of file 1. */
  compared: number;
  /** Neighbors compared. */
  k: number;
  /** (V of file 1) Int32: the row of the same word in file 2, or -1. */
  rows: BlobName;
  /** (V of file 1) Uint8: how many of the k nearest common words are the same in both files; 255 if not compared. */
  overlap: BlobName;
  /** The same of more neighbors, which orders words of equal overlap. */
  wider: BlobName;
  /** Mean share of common neighbors, 0 .. 1. */
  mean: number;
  /** The share expected of two unrelated files: k / (compared - 1). */
  chance: number;
  /** Words by number of common neighbors, 0 .. k. */
  histogram: number[];
  /**
   * The same between two seeds of file 1's training, over the same words: what is noise. `name`: the other seed's file.
   */
  seeds?: { name: string; overlap: BlobName; wider: BlobName; mean: number; histogram: number[] };
}
