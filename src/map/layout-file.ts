// Keeps a layout next to the file of vectors (files/side-file.ts): FILE.layout-umap-2 has the positions and, of UMAP,
// what is kept of each word's neighbors, as little-endian float32; FILE.layout-umap-2.json has the settings, the
// quality, and what identifies the vectors. A layout beside another one (LayoutOptions.beside) is
// FILE.layout-umap-2-beside.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { throwIfAborted } from '../base/errors.ts';
import { type ContentStamp, type FileStamp, hasContent, keepSideFile, readFacts } from '../files/side-file.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type Layout, type LayoutOptions, layOut } from './layout.ts';
import type { LayoutQuality, PlacedWords } from './layout-types.ts';
import { layoutSettings } from './settings.ts';

export interface OpenedLayout {
  layout: Layout;
  /** Whether the layout was made by this call. */
  made: boolean;
  /** Why the layout was not stored next to the file; undefined if it was. */
  notKept?: string;
}

/** Raised when the same settings give another map. */
const VERSION = 2;

/** What a layout depends on. */
interface Identity extends FileStamp {
  layoutVersion: number;
  words: number;
  dimensions: number;
  method: string;
  /** 2: earlier versions kept maps of three, too. */
  axes: number;
  seed: number;
  neighbors: number;
  minDist: number;
  /** 0: the default for the number of words. */
  epochs: number;
  /** Hash of the other layout; empty without one. */
  beside: string;
}

/**
 * The layout of the vectors in `path`; made if it is missing, damaged, of another version of the file or of other
 * settings.
 *
 * @param stamp `stampOf(path)`, from before the vectors were loaded
 * @throws W2vError as `layOut`
 */
export async function layoutBeside(
  path: string,
  stamp: FileStamp | undefined,
  vectors: WordVectors,
  options: LayoutOptions = {},
): Promise<OpenedLayout> {
  const { method, seed, neighbors, minDist, epochs = 0, beside, signal } = layoutSettings(options);
  if (stamp === undefined || endianness() === 'BE') {
    const notKept = stamp === undefined ? `${path} is not a file` : 'this processor is big-endian';
    return { layout: await layOut(vectors, options), made: true, notKept };
  }
  const shape = { words: vectors.words.length, dimensions: vectors.dimensions };
  const parameters = { method, axes: 2, seed, neighbors, minDist, epochs };
  const { bytes, modified } = stamp;
  const is: Identity = {
    ...{ layoutVersion: VERSION, bytes, modified, ...shape, ...parameters },
    beside: beside === undefined ? '' : hashOf(beside),
  };
  const name = `${path}.layout-${method}-2${beside === undefined ? '' : '-beside'}`;
  const kept = await openKept(name, is, signal);
  if (kept !== undefined) return { layout: kept, made: false };
  const layout = await layOut(vectors, options);
  if (layout.notUmap !== undefined) return { layout, made: true }; // quickly made, and another one with usearch
  const save = (temporary: string) => writeFile(temporary, contentOf(layout));
  const notKept = await keepSideFile(name, save, (content) => ({ ...is, quality: layout.quality, content }), signal);
  return { layout, made: true, ...(notKept === undefined ? {} : { notKept }) };
}

/** The stored layout; undefined if it is damaged or depends on anything else. */
async function openKept(name: string, is: Identity, signal: AbortSignal | undefined): Promise<Layout | undefined> {
  const facts = await readFacts(name);
  if (facts === undefined || !Object.entries(is).every(([each, value]) => facts[each] === value)) return undefined;
  const { content, quality } = facts;
  if (!isQuality(quality) || !isContent(content)) return undefined;
  const numbers = is.words * 2;
  const withWords = content.bytes === 4 * (numbers + is.words);
  if (!withWords && content.bytes !== 4 * numbers) return undefined;
  if (!(await hasContent(name, content, signal))) return undefined;
  const read = await readFile(name).catch(() => undefined);
  throwIfAborted(signal);
  if (read?.length !== content.bytes) return undefined;
  const values = new Float32Array(read.length / 4);
  new Uint8Array(values.buffer).set(read);
  return {
    method: is.method as Layout['method'],
    positions: values.slice(0, numbers),
    quality,
    ...(withWords ? { keptByWord: values.slice(numbers) } : {}),
  };
}

function contentOf({ positions, keptByWord = new Float32Array(0) }: Layout): Uint8Array {
  const values = new Float32Array(positions.length + keptByWord.length);
  values.set(positions);
  values.set(keptByWord, positions.length);
  return new Uint8Array(values.buffer);
}

function isQuality(value: unknown): value is LayoutQuality {
  const { k, sample, kept, trustworthiness, recall = 1 } = (value ?? {}) as Partial<LayoutQuality>;
  return (
    [k, sample].every((each) => Number.isSafeInteger(each) && each! >= 0) &&
    [kept, trustworthiness, recall].every((each) => typeof each === 'number' && each >= 0 && each <= 1)
  );
}

function isContent(value: unknown): value is ContentStamp {
  const { bytes, sha256 } = (value ?? {}) as Partial<ContentStamp>;
  return Number.isSafeInteger(bytes) && typeof sha256 === 'string';
}

function hashOf({ words, positions }: PlacedWords): string {
  const hash = createHash('sha256');
  for (const word of words) hash.update(word).update('\n');
  return hash.update(new Uint8Array(positions.buffer, positions.byteOffset, positions.byteLength)).digest('hex');
}
