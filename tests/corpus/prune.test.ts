import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { countWords, encodeCorpus } from '../../src/corpus/encode.ts';
import { LINE_END } from '../../src/corpus/encoded-corpus.ts';
import { createTokenRules } from '../../src/corpus/token-rules.ts';
import { createTokenizer } from '../../src/corpus/tokenize.ts';

/** word2vec.c's LearnVocabFromTrainFile with its ReduceVocab, over words in their final form. */
function naive(words: string[], mostTypes: number) {
  const counts = new Map<string, number>();
  const lost = { types: 0, tokens: 0 };
  let minReduce = 1;
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (counts.size <= mostTypes) continue;
    for (const [each, count] of counts) {
      if (count > minReduce) continue;
      counts.delete(each);
      lost.types++;
      lost.tokens += count;
    }
    minReduce++;
  }
  return { counts: Object.fromEntries([...counts].sort()), lost };
}

/** `text` through the tokenizer, in chunks of `chunk` bytes. */
function pruned(
  text: string,
  mostTypes: number,
  { rule = 'whitespace' as 'words' | 'whitespace', chunk = 1 << 30 } = {},
) {
  const entries: number[] = [];
  const rules = createTokenRules(rule, false);
  const tokenizer = createTokenizer(rules, (ids) => entries.push(...ids), { mostTypes });
  const bytes = Buffer.from(text);
  tokenizer.startFile('text', 0);
  for (let from = 0; from < bytes.length; from += chunk) tokenizer.write(bytes.subarray(from, from + chunk));
  tokenizer.endFile();
  const { counts, word, size } = tokenizer.types.countedTypes();
  const kept: [string, number][] = [];
  for (let id = 0; id < size; id++) if (counts[id] > 0) kept.push([word(id), counts[id]]);
  // Encoded entries of what is kept: as many as were counted.
  const ids = tokenizer.types.resolve(Int32Array.from({ length: size }, (_, id) => (counts[id] > 0 ? id : -1)));
  const encoded: Record<string, number> = {};
  for (const entry of entries) {
    const id = entry === LINE_END ? -1 : ids[entry];
    if (id >= 0) encoded[word(id)] = (encoded[word(id)] ?? 0) + 1;
  }
  return { counts: Object.fromEntries(kept.sort()), encoded, lost: tokenizer.pruned() };
}

function zipfWords(tokens: number, seed: number): string[] {
  const random = createRandom(seed);
  return Array.from({ length: tokens }, () => `w${Math.floor(Math.exp(random.float() * 9)).toString(36)}`);
}

describe('pruning the types while reading', () => {
  it.each([1, 7, 100, 2000, 5000])('is ReduceVocab of word2vec.c, with at most %i types', (mostTypes) => {
    const words = zipfWords(30_000, mostTypes);
    const expected = naive(words, mostTypes);
    const { counts, lost, encoded } = pruned(words.join(' '), mostTypes);
    expect(counts).toEqual(expected.counts);
    expect(lost).toEqual(expected.lost);
    expect(encoded).toEqual(counts);
    expect(lost.types > 0).toBe(mostTypes < 5000);
  });

  it('does not depend on where the chunks end', () => {
    const text = zipfWords(20_000, 3).join(' ');
    expect(pruned(text, 500, { chunk: 777 })).toEqual(pruned(text, 500));
  });

  it('counts all spellings of a word together', () => {
    // É and é are one word in two spellings; each occurs once before the table is too large.
    const { counts, encoded, lost } = pruned('É é one two three four five É', 6, { rule: 'words' });
    expect(counts).toEqual({ é: 3 });
    expect(encoded).toEqual(counts);
    expect(lost).toEqual({ types: 5, tokens: 5 });
  });

  it('says what was lost, and reads on one thread', async () => {
    const words = zipfWords(60_000, 4);
    const stdin = [Buffer.from(words.join(' '))];
    const options = { minCount: 1, pruneVocab: 1000, tokenizer: 'whitespace', threads: 4 } as const;
    const corpus = await encodeCorpus(['-'], { ...options, stdin });
    const counted = await countWords(['-'], { ...options, stdin });
    const expected = naive(words, 1000);
    expect(corpus.dropped).toMatchObject({ prunedTypes: expected.lost.types, prunedTokens: expected.lost.tokens });
    expect(counted.dropped).toEqual(corpus.dropped);
    expect(corpus.tokens + corpus.dropped.prunedTokens).toBe(words.length);
    expect(corpus.vocabulary.words.length).toBe(Object.keys(expected.counts).length);
    corpus.close();
  });

  it.each([-1, 0.5, Number.NaN])('refuses the limit %s', async (pruneVocab) => {
    await expect(encodeCorpus(['x'], { pruneVocab })).rejects.toMatchObject({ code: 'usage' });
  });
});
