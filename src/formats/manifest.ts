// The manifest FILE.json next to each output: how the vectors were made, with everything needed to make them again.
import { createHash } from 'node:crypto';
import { checkText } from '../base/check.ts';
import { malformedAt, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import type { CorpusDropped, CorpusSource } from '../corpus/encoded-corpus.ts';
import { isManifest, LARGEST_MANIFEST } from '../files/manifest-file.ts';
import { openPlainFile, unreadable } from '../files/open-file.ts';
import type { OutputFile } from '../files/output.ts';
import {
  amount,
  amounts,
  anything,
  fieldsOf,
  finite,
  isDeep,
  listOf,
  oneOf,
  optional,
  recordOf,
  type Shape,
  shape,
  text,
} from '../files/shape.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import type { LoadedVectors } from './format.ts';

/** What made a file of vectors, kept next to it as FILE.json. */
export interface Manifest {
  /** Version of w2v. */
  version: string;
  /** 'train', 'count', 'embed', ... */
  command: string;
  /** 'texts': vectors of texts, from vectors of words; 'combined': from several vectors of words. */
  route: 'predict' | 'count' | 'texts' | 'combined';
  /** Every option with its value, including defaults. */
  options: Record<string, unknown>;
  seed: number;
  /** Of combined vectors that of the first part; without files where it is not known. */
  corpus: CorpusSource & { dropped: CorpusDropped };
  /** V */
  vocabulary: number;
  /** (V) occurrences of each word in the corpus, in the order of the vectors; 0 for a word that came from elsewhere. */
  counts?: number[];
  /** D */
  dimensions: number;
  /** In-vocabulary tokens of one pass. */
  tokens: number;
  /**
   * Training from vectors that were already there: their file, how many words started from them, and whether these
   * moved; words that are new, and words of the file that the text lacks, kept or lost.
   */
  initVectors?: { file: string; words: number; frozen: boolean; new?: number; kept?: number; lost?: number };
  /** Training on shards: how many, rounds an epoch and in all, and how what they learned was combined. */
  rounds?: { shards: number; syncs: number; rounds: number; combined: string; learningRate: string };
  /**
   * The output matrix of the same training (--save-output): its file, seen from the folder of the vectors, and its
   * hash.
   */
  outputVectors?: { file: string; sha256: string };
  /** (D) What was subtracted from every vector (--center); absent where nothing was. */
  mean?: number[];
  /** Vectors of texts. */
  texts?: TextsManifest;
  /** Combined vectors. */
  combined?: CombinedManifest;
  /** Mean loss per example in nats, one per epoch; empty without training. */
  lossByEpoch: number[];
  /** Wall-clock seconds of the stages. */
  seconds: Record<string, number>;
  engine: { name: string; versions: Record<string, string> };
  /** Whether the same text, settings and seed give the same bytes again; absent where an older version did not say. */
  repeatable?: boolean;
  /** ISO 8601, from the caller. */
  createdAt: string;
}

/** What vectors of texts were made from, and what it takes to make comparable ones. */
export interface TextsManifest {
  /** The file of word vectors, as it was named, and the hash of its matrix. */
  vectors: string;
  sha256: string;
  pooling: 'mean' | 'sif';
  /** a of pooling 'sif'. */
  sifA?: number;
  /** (R, D) the components that were removed. */
  components: number[][];
  /** Words that have no vector, of all words of the texts; and texts without any word that has one. */
  unknownTokens: number;
  withoutWords: number;
}

/** What vectors were combined from. */
export interface CombinedManifest {
  /** In the order of their dimensions; the first decides the order of the words. */
  parts: CombinedPart[];
  /** With --dim: the share of the variance that is kept. */
  keptShare?: number;
}

/** A file of vectors, or a part that was made for it alone. */
export interface CombinedPart {
  /** As it was named. */
  file?: string;
  /** Of w2v train --best: 'subwords', 'counting', 'skip-gram'. */
  part?: string;
  /** Of the file, in hexadecimal; absent for a folder and for standard input. */
  sha256?: string;
  weight: number;
  dimensions: number;
}

export const nameOfPart = ({ file, part }: CombinedPart): string => file ?? part ?? 'unnamed';

export function manifestPath(vectorsPath: string): string {
  return `${vectorsPath.replace(/(?<=.)[/\\]+$/, '')}.json`;
}

/** The manifest as a file to write together with the vectors. */
export function manifestFile(vectorsPath: string, manifest: Manifest): OutputFile {
  return {
    path: manifestPath(vectorsPath),
    content: (sink) => sink.write(Buffer.from(manifestText(manifest))),
  };
}

/** A field a line, for people; what is as long as the words or the dimensions on a line of its own at the end. */
function manifestText({ mean, counts, ...manifest }: Manifest): string {
  const long = Object.entries({ mean, counts }).filter(([, list]) => list !== undefined);
  const lines = long.map(([name, list]) => `,\n  "${name}": ${JSON.stringify(list)}`);
  return `${JSON.stringify(manifest, null, 2).slice(0, -2)}${lines.join('')}\n}\n`;
}

/** The type of each field, checked once on reading, so that other code can rely on it. */
const shapes: Record<keyof Manifest, Shape> = {
  version: text,
  command: text,
  route: oneOf('predict', 'count', 'texts', 'combined'),
  options: recordOf(anything),
  seed: finite,
  corpus: fieldsOf({
    files: listOf(text),
    bytes: amount,
    sha256: text,
    lines: amount,
    tokenizer: optional(fieldsOf({ name: text, keepCase: anything, locale: optional(text), module: optional(text) })),
    dropped: recordOf(amount),
  } satisfies Partial<Record<keyof Manifest['corpus'], Shape>>),
  vocabulary: amount,
  counts: optional(amounts),
  dimensions: amount,
  tokens: amount,
  initVectors: optional(
    fieldsOf({
      ...{ file: text, words: amount, frozen: anything },
      ...{ new: optional(amount), kept: optional(amount), lost: optional(amount) },
    }),
  ),
  rounds: optional(fieldsOf({ shards: amount, syncs: amount, rounds: amount, combined: text, learningRate: text })),
  outputVectors: optional(fieldsOf({ file: text, sha256: text })),
  mean: optional(listOf(finite)),
  texts: optional(
    fieldsOf({
      ...{ vectors: text, sha256: text, pooling: oneOf('mean', 'sif'), sifA: optional(finite) },
      ...{ components: listOf(listOf(finite)), unknownTokens: amount, withoutWords: amount },
    }),
  ),
  combined: optional(
    fieldsOf({
      parts: listOf(
        fieldsOf({
          ...{ file: optional(text), part: optional(text), sha256: optional(text) },
          ...{ weight: finite, dimensions: amount },
        }),
      ),
      keptShare: optional(finite),
    }),
  ),
  lossByEpoch: listOf(finite),
  seconds: recordOf(amount),
  engine: fieldsOf({ name: text, versions: recordOf(text) }),
  repeatable: optional(shape('true or false', (value) => typeof value === 'boolean')),
  createdAt: text,
};
const manifestShape = fieldsOf(shapes);
const unneeded = 'delete it; the vectors can be used without it';

/**
 * The manifest next to a file of vectors; undefined if there is none. Throws `file-malformed` if it is not JSON or
 * lacks a field, `file-unreadable` if it is not a regular file.
 */
export async function readManifest(vectorsPath: string): Promise<Manifest | undefined> {
  checkText(vectorsPath, 'the path');
  const path = manifestPath(vectorsPath);
  const value = await readJson(path);
  if (value === undefined) return undefined;
  if (isDeep(value)) throw malformedAt(path, 'a manifest nested too deeply', unneeded);
  const misfit = manifestShape(value, '');
  if (misfit !== undefined) throw malformedAt(path, `not a manifest: ${quotable(misfit)}`, unneeded);
  return value as Manifest;
}

/** Whether w2v (any version) wrote the file FILE.json next to the vectors. */
export async function hasManifest(vectorsPath: string): Promise<boolean> {
  const value = await readJson(manifestPath(vectorsPath)).catch(() => undefined);
  return isManifest(value);
}

async function readJson(path: string): Promise<unknown> {
  let content: string;
  try {
    const { handle, found } = await openPlainFile(path);
    try {
      if (found.size > LARGEST_MANIFEST)
        throw malformedAt(path, `${found.size} bytes, too large for a manifest`, unneeded);
      content = await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof W2vError && error.code === 'file-missing') return undefined;
    throw error instanceof W2vError ? error : unreadable(path, error);
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    throw malformedAt(path, `not JSON (${quotable((error as Error).message)})`, unneeded);
  }
}

const PIECE = 1 << 26; // bytes; a hash takes less than 2 GiB at once

/**
 * SHA-256 of a matrix's bytes, little-endian, in hexadecimal: the same in every format that keeps float32, so that it
 * ties two files together.
 */
export function matrixHash({ buffer, byteOffset, byteLength }: Float32Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < byteLength; at += PIECE) {
    hash.update(new Uint8Array(buffer, byteOffset + at, Math.min(PIECE, byteLength - at)));
  }
  return hash.digest('hex');
}

/**
 * (V) How often each word of a file of vectors occurs in its text: from the manifest, or from the file itself
 * (fastText); undefined where neither knows.
 */
export function countsOf(
  manifest: Manifest | undefined,
  vectors: SparseVectors | Pick<LoadedVectors, 'words' | 'counts'>,
): Float64Array | undefined {
  const counts = manifest?.counts ?? ('counts' in vectors ? vectors.counts : undefined);
  return counts?.length === vectors.words.length ? Float64Array.from(counts) : undefined;
}
