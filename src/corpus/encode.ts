// Encodes a text as a vocabulary and word ids in one pass over the text. Provisional ids go to a spool file while types
// are counted (count-words.ts); the spool is then rewritten once through the table provisional id -> final id (or
// dropped).
import { tmpdir } from 'node:os';
import { throwIfAborted, W2vError } from '../errors.ts';
import { checkOptionNames, namesOf } from '../option-names.ts';
import { type CountWordsOptions, type EncodeOptions, readWords, type Sources, sourcesOf } from './count-words.ts';
import { corpusInStore, type EncodedCorpus, LINE_END } from './encoded-corpus.ts';
import { createIdFile, createIdList, type IdStore } from './id-store.ts';
import type { TextSource } from './source.ts';

export type { EncodeOptions } from './count-words.ts';

export interface EncodeCorpusOptions extends CountWordsOptions {
  /** Folder for the ids, 4 bytes per word, in an unnamed file; default the system's temporary folder. */
  temporaryDirectory?: string | undefined;
}

const ofText = {
  tokenizer: true,
  keepCase: true,
  minCount: true,
  maxVocab: true,
  vocabulary: true,
  onProgress: true,
  signal: true,
} as const;
const textNames = namesOf<EncodeOptions>(ofText);
const corpusNames = namesOf<EncodeCorpusOptions>({ ...ofText, stdin: true, temporaryDirectory: true });

const REWRITE = 1 << 18; // entries per read

/**
 * Reads the text at `paths` (files, folders, globs, gzip, '-') and encodes it as ids on disk. Memory grows with the
 * number of different words, not with the length of the text, provided that the folder for temporary files is on a disk
 * (on some systems /tmp is in memory). Close the corpus after use.
 * Progress: phase 'read' in bytes on disk, then 'encode' in words. Throws W2vError: `usage`, `file-missing`,
 * `file-unreadable`, `file-malformed`, `not-text`, `corpus-empty`, `file-unwritable`, `out-of-memory`, `interrupted`.
 */
export async function encodeCorpus(
  paths: readonly string[],
  options: EncodeCorpusOptions = {},
): Promise<EncodedCorpus> {
  checkOptionNames('encodeCorpus', options, corpusNames);
  throwIfAborted(options.signal);
  const sources = await sourcesOf(paths, options);
  return encodeSources(sources, options, createIdFile(options.temporaryDirectory ?? tmpdir()));
}

/** Encodes a small `text` in memory, with the same rules. Throws as `encodeCorpus` does. */
export async function encodeText(text: string, options: EncodeOptions = {}): Promise<EncodedCorpus> {
  checkOptionNames('encodeText', options, textNames);
  throwIfAborted(options.signal);
  if (typeof text !== 'string') {
    const hint = 'join the strings; encodeCorpus takes an iterable of strings as its stdin';
    throw new W2vError('usage', `the text is of type ${typeof text}, expected a string`, hint);
  }
  const bytes = Buffer.from(text);
  const source: TextSource = {
    name: 'text',
    size: bytes.length,
    async *chunks(onRead) {
      onRead(bytes.length);
      if (bytes.length > 0) yield bytes;
    },
  };
  return encodeSources({ sources: [source], skipped: [] }, options, createIdList());
}

async function encodeSources(sources: Sources, options: EncodeOptions, spool: IdStore): Promise<EncodedCorpus> {
  try {
    const { finalIds, ...facts } = await readWords(sources, options, spool.append);
    spool.finish();
    const tokens = await rewrite(spool, finalIds, options);
    return corpusInStore(spool, { ...facts, tokens });
  } catch (error) {
    spool.close();
    throw error;
  }
}

/** Maps every entry of `spool` through `finalIds`, in place; removes dropped words and lines without any kept word. */
async function rewrite(spool: IdStore, finalIds: Int32Array, options: EncodeOptions): Promise<number> {
  const total = spool.length();
  const buffer = new Int32Array(Math.min(REWRITE, total));
  let written = 0;
  let lineEnds = 0;
  let lineStart = 0;
  for (let position = 0; position < total; ) {
    throwIfAborted(options.signal);
    const got = spool.read(position, buffer, 0, buffer.length);
    let kept = 0;
    for (let i = 0; i < got; i++) {
      const provisional = buffer[i]!;
      if (provisional === LINE_END) {
        if (written + kept > lineStart) {
          buffer[kept++] = LINE_END;
          lineEnds++;
        }
        lineStart = written + kept;
        continue;
      }
      const id = finalIds[provisional]!;
      buffer[kept] = id;
      kept += 1 + (id >> 31); // branch-free, because a branch on dropped words (-1) is unpredictable
    }
    spool.write(written, buffer, kept); // safe in place: the write position never passes the read position
    written += kept;
    position += got;
    options.onProgress?.({ phase: 'encode', done: position, total, unit: 'words' });
    await new Promise(setImmediate); // lets Ctrl-C and the progress display run
  }
  spool.truncate(written);
  return written - lineEnds;
}
