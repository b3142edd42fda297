// The lines that an executor gets, as a corpus of the vocabulary's ids, in a temporary file of the executor.
import { tmpdir } from 'node:os';
import { corpusInStore, type EncodedCorpus } from '../../corpus/encoded-corpus.ts';
import { createIdFile, type IdStore } from '../../corpus/id-store.ts';
import { mappedPieces } from '../../corpus/map-ids.ts';
import { createTokenRules } from '../../corpus/token-rules.ts';
import { createTokenizer } from '../../corpus/tokenize.ts';
import type { Vocabulary } from '../../corpus/vocabulary.ts';
import type { WorkerSettings } from './settings.ts';

const PIECE = 1 << 18; // entries

/** `dropped.rareTokens` are the words that the vocabulary lacks. The caller closes the corpus. */
export async function encodePartition(
  input: AsyncIterable<Uint8Array>,
  vocabulary: Vocabulary,
  { tokenizer: name, keepCase }: WorkerSettings,
): Promise<EncodedCorpus> {
  const store = createIdFile(tmpdir());
  try {
    const tokenizer = createTokenizer(createTokenRules(name, keepCase), store.append, { words: vocabulary.words });
    let bytes = 0;
    tokenizer.startFile('the corpus', 0);
    for await (const chunk of input) {
      bytes += chunk.length;
      tokenizer.write(chunk);
    }
    tokenizer.endFile();
    store.finish();
    const { size, counts } = tokenizer.types.countedTypes();
    const V = vocabulary.words.length;
    const found = counts.subarray(0, V).reduce((sum, count) => sum + count, 0);
    const rareTokens = counts.subarray(V, size).reduce((sum, count) => sum + count, 0);
    rewrite(store, tokenizer.types.resolve(Int32Array.from({ length: size }, (_, id) => (id < V ? id : -1))));
    const source = { files: [], bytes, sha256: '', lines: tokenizer.lines() };
    const dropped = { rareTokens, overlongTokens: tokenizer.overlongTokens() };
    return corpusInStore(store, { vocabulary, tokens: found, source, dropped });
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Gives all entries their final ids, in place; drops words that have none, and lines without any other. */
function rewrite(store: IdStore, finalIds: Int32Array): void {
  let written = 0;
  for (const entries of mappedPieces(store, { from: 0, to: store.length(), size: PIECE }, finalIds)) {
    store.write(written, entries, entries.length);
    written += entries.length;
  }
  store.truncate(written);
}
