// Text -> vocabulary and ids, in one pass over the text: each new type gets a provisional id, the ids are spooled while types
// are counted, and the spool is then rewritten once through a table provisional id -> final id (or dropped).
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { corpusDefaults } from '../defaults.ts';
import { throwIfAborted, W2vError } from '../errors.ts';
import type { OnProgress } from '../progress.ts';
import { corpusInStore, type EncodedCorpus, LINE_END } from './encoded-corpus.ts';
import { createIdFile, createIdList, type IdStore } from './id-store.ts';
import { byteOrderMarkLength, findSources, type TextSource } from './source.ts';
import { createTokenRules, type TokenizerName } from './token-rules.ts';
import { createTokenizer } from './tokenize.ts';
import type { TypeCounter } from './type-counter.ts';
import { type BuiltVocabulary, buildVocabulary, type Vocabulary } from './vocabulary.ts';

export interface EncodeOptions {
  /** `words` (default) or `whitespace`: see token-rules.ts. */
  tokenizer?: TokenizerName | undefined;
  /** `words` without lower-casing; `whitespace` never lower-cases. Default false. */
  keepCase?: boolean | undefined;
  /** Words with fewer occurrences are dropped; default 5. */
  minCount?: number | undefined;
  /** At most so many words, the most frequent ones; 0, the default, is no limit. */
  maxVocab?: number | undefined;
  /** Use this vocabulary as it is, counts too; `minCount` and `maxVocab` do not apply then. */
  vocabulary?: Vocabulary | undefined;
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

export interface EncodeCorpusOptions extends EncodeOptions {
  /** What the path '-' reads. */
  stdin?: AsyncIterable<Uint8Array> | undefined;
  /** Where the ids are kept, 4 bytes a word, in a file without a name; default the system's folder. */
  temporaryDirectory?: string | undefined;
}

const REWRITE = 1 << 18; // entries read at once

/**
 * Reads the text behind `paths` (files, folders, globs, gzip, '-') and encodes it to ids on disk. Memory grows with the
 * number of different words, not with the text. Close the corpus when done with it.
 * Progress: phase 'read' in bytes on disk, then 'encode' in words. Throws W2vError: `usage`, `file-missing`,
 * `file-unreadable`, `file-malformed`, `not-text`, `corpus-empty`, `file-unwritable`, `out-of-memory`, `interrupted`.
 */
export async function encodeCorpus(
  paths: readonly string[],
  options: EncodeCorpusOptions = {},
): Promise<EncodedCorpus> {
  throwIfAborted(options.signal);
  const sources = await findSources(paths, options.stdin);
  if (sources.length === 0)
    throw new W2vError('usage', 'no corpus was named', 'name a file, a folder or - for standard input');
  const directory = options.temporaryDirectory ?? tmpdir();
  return encodeSources(sources, options, createIdFile(directory));
}

/** Encodes `text` in memory, by the same rules; for small texts. Throws as `encodeCorpus` does. */
export async function encodeText(text: string, options: EncodeOptions = {}): Promise<EncodedCorpus> {
  const bytes = Buffer.from(text);
  const source: TextSource = {
    name: 'text',
    size: bytes.length,
    async *chunks(onRead) {
      onRead(bytes.length);
      if (bytes.length > 0) yield bytes;
    },
  };
  return encodeSources([source], options, createIdList());
}

async function encodeSources(
  sources: readonly TextSource[],
  options: EncodeOptions,
  spool: IdStore,
): Promise<EncodedCorpus> {
  try {
    const rules = createTokenRules(
      options.tokenizer ?? corpusDefaults.tokenizer,
      options.keepCase ?? corpusDefaults.keepCase,
    );
    const tokenizer = createTokenizer(rules, options.vocabulary?.words ?? [], spool.append);

    const sha256 = createHash('sha256');
    const total = sources.reduce<number>((sum, source) => sum + (source.size ?? Number.NaN), 0) || 0;
    let done = 0;
    let bytes = 0;
    for (const source of sources) {
      let isFirst = true;
      for await (const chunk of source.chunks((count) => {
        done += count;
      })) {
        throwIfAborted(options.signal);
        sha256.update(chunk);
        bytes += chunk.length;
        const skip = isFirst ? byteOrderMarkLength(chunk, source.name) : 0;
        if (isFirst) tokenizer.startFile(source.name, skip);
        isFirst = false;
        tokenizer.write(skip > 0 ? chunk.subarray(skip) : chunk);
        options.onProgress?.({ phase: 'read', done, total, unit: 'bytes' });
      }
      tokenizer.endFile();
    }
    spool.finish();

    const built = chooseWords(tokenizer.types, options);
    const facts = {
      vocabulary: built.vocabulary,
      source: {
        files: sources.map((source) => source.name),
        bytes,
        sha256: sha256.digest('hex'),
        lines: tokenizer.lines(),
      },
      dropped: {
        rareTokens: built.rareTokens,
        rareTypes: built.rareTypes,
        cappedTokens: built.cappedTokens,
        cappedTypes: built.cappedTypes,
        invalidBytes: tokenizer.invalidBytes(),
        overlongTokens: tokenizer.overlongTokens(),
      },
    };
    const tokens = await rewrite(spool, tokenizer.types.resolve(built.finalIds), options);
    return corpusInStore(spool, { ...facts, tokens });
  } catch (error) {
    spool.close();
    throw error;
  }
}

function chooseWords(counter: TypeCounter, options: EncodeOptions): BuiltVocabulary {
  const types = counter.countedTypes();
  const { vocabulary } = options;
  if (!vocabulary) {
    return buildVocabulary(types, {
      minCount: options.minCount ?? corpusDefaults.minCount,
      maxVocab: options.maxVocab ?? corpusDefaults.maxVocab,
    });
  }
  // The given words were counted first: their provisional ids are 0 .. V - 1, their final ids too.
  const V = vocabulary.words.length;
  const finalIds = Int32Array.from({ length: types.size }, (_, id) => (id < V ? id : -1));
  let known = 0;
  let rareTokens = 0;
  let rareTypes = 0;
  for (let id = 0; id < types.size; id++) {
    const count = types.counts[id]!;
    if (id < V) {
      known += count;
    } else if (count > 0) {
      rareTokens += count;
      rareTypes++;
    }
  }
  if (known === 0) {
    throw new W2vError(
      'corpus-empty',
      `none of the ${V} words of the given vocabulary occurs in the corpus`,
      'check that both are in the same language and were split by the same --tokenizer',
    );
  }
  return { vocabulary, finalIds, rareTokens, rareTypes, cappedTokens: 0, cappedTypes: 0 };
}

/** Every entry of `spool` through `finalIds`, in place; dropped words vanish, and so do lines left without a word. */
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
      kept += 1 + (id >> 31); // without a branch: no processor can foretell which words are dropped (-1)
    }
    spool.write(written, buffer, kept); // what is written never overtakes what was read
    written += kept;
    position += got;
    options.onProgress?.({ phase: 'encode', done: position, total, unit: 'words' });
    await new Promise(setImmediate); // lets Ctrl-C and the progress display have their turn
  }
  spool.truncate(written);
  return written - lineEnds;
}
