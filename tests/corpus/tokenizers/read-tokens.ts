// The tokens of a text, read as the library reads it.
import { encodeText } from '../../../src/corpus/encode.ts';
import { type EncodedCorpus, LINE_END } from '../../../src/corpus/encoded-corpus.ts';
import type { TokenizerOptions } from '../../../src/corpus/tokenizers/tokenizers.ts';

/** The lines of a corpus that have tokens. */
export function linesOf(corpus: EncodedCorpus): string[][] {
  const ids = new Int32Array(corpus.length);
  corpus.read(0, ids, 0, ids.length);
  const lines: string[][] = [[]];
  for (const id of ids) {
    if (id === LINE_END) lines.push([]);
    else lines.at(-1)!.push(corpus.vocabulary.words[id]);
  }
  return lines.filter((line) => line.length > 0);
}

export async function tokensOf(text: string, options: TokenizerOptions): Promise<string[][]> {
  const corpus = await encodeText(text, { minCount: 1, ...options });
  try {
    return linesOf(corpus);
  } finally {
    corpus.close();
  }
}
