// The identity of a training: every setting that decides the bytes, the arithmetic, and the text itself.
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import type { Steps } from '../../base/steps.ts';
import type { EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import type { Identity } from '../../files/identity.ts';
import { updateWithList } from '../../files/sha256.ts';
import type { WordVectors } from '../../vectors/word-vectors.ts';
import type { TrainingEngine } from '../engine.ts';
import type { TrainSettings } from '../settings.ts';

/** Settings that may change: more epochs train on, and threads are compared by what they mean to the result. */
type Free = 'epochs' | 'threads' | 'deterministic';

/** All that is known before the text is read. */
export function identityOfSettings(
  settings: TrainSettings,
  engine: Pick<TrainingEngine, 'name' | 'arithmetic'>,
): Identity {
  const { epochs: _, threads, deterministic, ...decisive }: Pick<TrainSettings, Free> & Identity = { ...settings };
  const isOneThread = threads === 1 || deterministic;
  return {
    ...decisive,
    engine: engine.name,
    ...engine.arithmetic,
    byteOrder: endianness(),
    processor: process.arch,
    // Threads of the portable engine race: how many they are decides nothing, but one does not race.
    ...(engine.name === 'wasm' && { threads: isOneThread ? 1 : 'several' }),
  };
}

const ENTRIES = 1 << 18; // read at a time

/** The words with their counts, and all entries. */
export function* hashCorpus({ vocabulary, length, read }: EncodedCorpus): Steps<string> {
  const hash = createHash('sha256');
  const { counts } = vocabulary;
  updateWithList(hash, vocabulary.words);
  hash.update(new Uint8Array(counts.buffer, counts.byteOffset, counts.byteLength));
  const entries = new Int32Array(Math.min(ENTRIES, length));
  for (let position = 0; position < length; ) {
    const got = read(position, entries, 0, entries.length);
    if (got <= 0) break;
    hash.update(new Uint8Array(entries.buffer, 0, 4 * got));
    position += got;
    yield;
  }
  return hash.digest('hex').slice(0, 16);
}

/** Of the vectors that a training starts from. */
export function* hashVectors({ words, matrix }: WordVectors): Steps<string> {
  const hash = createHash('sha256');
  updateWithList(hash, words);
  for (let first = 0; first < matrix.length; first += ENTRIES) {
    const part = matrix.subarray(first, first + ENTRIES);
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    yield;
  }
  return hash.digest('hex').slice(0, 16);
}
