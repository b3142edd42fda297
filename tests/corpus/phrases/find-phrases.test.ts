import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeCorpus, encodeText } from '../../../src/corpus/encode.ts';
import { type EncodedCorpus, LINE_END } from '../../../src/corpus/encoded-corpus.ts';
import { createIdList } from '../../../src/corpus/id-store.ts';
import { type FindPhrasesOptions, findPhrases } from '../../../src/corpus/phrases/find-phrases.ts';
import { englishConnectorWords } from '../../../src/corpus/phrases/phrases.ts';

interface Golden {
  connectors: string[];
  text: string[];
  cases: {
    min_count: number;
    threshold: number;
    scoring: 'default' | 'npmi';
    max_vocab_size: number;
    connectors: boolean;
    /** By pass: words, count and score of each phrase, in the order of the words. */
    passes: [string, number, number][][];
    joined?: string[];
  }[];
}

const golden = JSON.parse(readFileSync('tests/golden/phrases.json', 'utf8')) as Golden;
const text = `${golden.text.join('\n')}\n`;
const folder = mkdtempSync(join(tmpdir(), 'w2v-phrases-'));
const file = join(folder, 'text.txt');
writeFileSync(file, text);

const chunks = (whole: string) => [Buffer.from(whole)];
const find = (whole: string, options: FindPhrasesOptions = {}) =>
  findPhrases(['-'], { tokenizer: 'whitespace', stdin: chunks(whole), ...options });

function linesOf({ vocabulary, length, read }: EncodedCorpus): string[] {
  const ids = new Int32Array(length);
  read(0, ids, 0, length);
  const lines: string[][] = [[]];
  for (const id of ids) {
    if (id === LINE_END) lines.push([]);
    else lines.at(-1)!.push(vocabulary.words[id]);
  }
  return lines.slice(0, -1).map((words) => words.join(' '));
}

describe('the phrases of a text', () => {
  it('has the connector words of gensim', () => {
    expect([...englishConnectorWords].sort()).toEqual(golden.connectors);
  });

  for (const one of golden.cases) {
    const { min_count: minCount, threshold, scoring: scorer, max_vocab_size: pruneVocab } = one;
    const name = `${scorer}, ${one.connectors ? 'with' : 'without'} connector words, at most ${pruneVocab} strings`;
    const connectorWords = one.connectors ? englishConnectorWords : [];
    const options = { minCount, threshold, scorer, pruneVocab, connectorWords, passes: 2 };

    it(`are those of gensim's Phrases: ${name}`, async () => {
      const { phrases } = await find(text, options);
      expect(phrases.passes.length).toBe(one.passes.filter((pass) => pass.length > 0).length);
      for (const [at, pass] of phrases.passes.entries()) {
        const found = pass.map(({ words, count, score }) => [words.join(' '), count, score] as const);
        found.sort(([a], [b]) => (a < b ? -1 : 1));
        const expected = one.passes[at];
        expect(found.map(([words, count]) => [words, count])).toEqual(expected.map(([words, count]) => [words, count]));
        for (const [i, [, , score]] of found.entries()) expect(score / expected[i][2]).toBeCloseTo(1, 14);
      }
    });

    if (one.joined) {
      it(`are joined as by gensim's Phrases: ${name}`, async () => {
        const { phrases, joinedTokens } = await find(text, options);
        for (const corpus of [
          await encodeText(text, { tokenizer: 'whitespace', minCount: 1, phrases }),
          await encodeCorpus([file], { tokenizer: 'whitespace', minCount: 1, phrases, threads: 2 }),
        ]) {
          expect(linesOf(corpus)).toEqual(one.joined);
          expect(corpus.tokens).toBe(joinedTokens);
          corpus.close();
        }
      });
    }
  }

  it('are sorted by falling score', async () => {
    const { phrases } = await find(text, { threshold: 1.5, minCount: 4 });
    const scores = phrases.passes[0].map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(scores.length).toBeGreaterThan(3);
  });

  it('never cross the end of a line', async () => {
    const { phrases } = await find('new\nyork\n'.repeat(50), { threshold: 0.01 });
    expect(phrases.passes).toEqual([]);
  });

  it('are empty where no pair reaches the threshold', async () => {
    expect((await find('one two three\n')).phrases.passes).toEqual([]);
  });

  it('need a text with words', async () => {
    await expect(find('')).rejects.toMatchObject({ code: 'corpus-empty' });
    await expect(find('... !\n', { tokenizer: 'words' })).rejects.toMatchObject({ code: 'corpus-empty' });
  });

  it.each([
    [{ passes: 0 }, /passes is 0/],
    [{ passes: 2.5 }, /passes is 2.5/],
    [{ minCount: 0 }, /minCount is 0/],
    [{ threshold: 0 }, /threshold is 0/],
    [{ threshold: 2, scorer: 'npmi' }, /threshold is 2/],
    [{ threshold: Number.NaN }, /threshold is NaN/],
    [{ delimiter: ' ' }, /delimiter is " "/],
    [{ delimiter: '' }, /delimiter is ""/],
    [{ scorer: 'pmi' as 'npmi' }, /scorer is 'pmi': expected default or npmi/],
    [{ pruneVocab: 0 }, /pruneVocab is 0/],
  ] satisfies [FindPhrasesOptions, RegExp][])('refuses %o', async (options, message) => {
    await expect(find('a b\n', options)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    });
  });

  it('refuses an option that it does not have', async () => {
    await expect(find('a b\n', { min_count: 3 } as FindPhrasesOptions)).rejects.toMatchObject({
      code: 'usage',
      hint: 'did you mean minCount?',
    });
  });
});

describe('joining phrases', () => {
  const aboutNewYork = Array.from({ length: 20 }, (_, i) => `from${i} new york to${i}\n`).join('');
  const phrases = async (options: FindPhrasesOptions = {}) =>
    (await find(aboutNewYork, { threshold: 1, ...options })).phrases;

  it('counts what it joined', async () => {
    const corpus = await encodeText('New York, new york. York\n', {
      phrases: await phrases({ tokenizer: 'words' }),
      minCount: 1,
    });
    expect(corpus.vocabulary.words).toEqual(['new_york', 'york']);
    expect([...corpus.vocabulary.counts]).toEqual([2, 1]);
    expect(corpus.source.joined).toEqual({ phrases: 1, occurrences: 2 });
  });

  it('comes before rare words are dropped', async () => {
    const found = await phrases();
    const corpus = await encodeText('new york new york new york', {
      phrases: found,
      tokenizer: 'whitespace',
      minCount: 3,
    });
    expect(corpus.vocabulary.words).toEqual(['new_york']);
    expect(corpus.dropped.rareTokens).toBe(0);
  });

  it('leaves a text without them as it is', async () => {
    const corpus = await encodeText('b a b', { phrases: await phrases(), tokenizer: 'whitespace', minCount: 1 });
    expect(corpus.vocabulary.words).toEqual(['b', 'a']);
    expect(corpus.source.joined).toEqual({ phrases: 0, occurrences: 0 });
  });

  it('keeps words that were pruned while reading apart', async () => {
    const options = { tokenizer: 'whitespace' as const, minCount: 1, pruneVocab: 4, threads: 1 };
    const rare = Array.from({ length: 20 }, (_, i) => `new x${i} york`).join(' ');
    const stdin = chunks(`${'new york '.repeat(5)}${rare}`);
    const corpus = await encodeCorpus(['-'], { ...options, phrases: await phrases(), stdin });
    expect(corpus.source.joined).toEqual({ phrases: 1, occurrences: 5 });
    corpus.close();
  });

  it('refuses a text that is split in another way, naming both', async () => {
    const found = await phrases();
    await expect(encodeText('new york', { phrases: found })).rejects.toMatchObject({
      code: 'usage',
      message: 'the phrases were found with the tokenizer whitespace; this text is read with words',
    });
  });
});

it('a phrase of very many words takes linear time and memory', async () => {
  const { joinPhrases } = await import('../../../src/corpus/phrases/join-phrases.ts');
  const length = 300_000;
  const words = Array.from({ length }, (_, i) => (i === 0 || i === length - 1 ? 0 : 1));
  const store = createIdList();
  store.append(Int32Array.from(words));
  store.finish();
  for (const _ of joinPhrases(store, { phrases: [{ words, id: 2 }], isConnector: Uint8Array.of(0, 1, 0) }));
  expect(store.length()).toBe(1);
});
