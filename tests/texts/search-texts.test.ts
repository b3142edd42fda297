// The most similar texts, against all cosines of embedTexts.

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { vocabularyOf } from '../../src/corpus/vocabulary.ts';
import { cosine } from '../../src/query/similarity.ts';
import { embedTexts } from '../../src/texts/embed-texts.ts';
import { searchTexts, type TextMatch } from '../../src/texts/search-texts.ts';
import { fc, runs } from '../properties.ts';

const random = createRandom(7);
const words = Array.from({ length: 60 }, (_, at) => `w${at}`);
const D = 6;
const vectors = { words, matrix: Float32Array.from({ length: 60 * D }, () => random.normal() + 0.5), dimensions: D };
const vocabulary = vocabularyOf(
  words,
  Float64Array.from(words, (_, at) => 1000 / (at + 1)),
);
const sif = { pooling: 'sif', vocabulary } as const;
const texts = Array.from({ length: 700 }, (_, at) =>
  at % 97 === 0
    ? 'nothing known'
    : Array.from({ length: 1 + random.below(8) }, () => words[random.below(60)]).join(' '),
);
const queries = ['w1 w2', 'w40', 'w3 unknown w7', 'w5 w5 w9', 'w0 w59'];

/** All texts with their cosines, by embedTexts of texts and queries together. */
async function ranked(settings: typeof sif | object, query: string, k: number): Promise<TextMatch[]> {
  const { matrix, components } = await embedTexts(vectors, texts, settings);
  const given = components.length > 0 ? { ...settings, removeComponents: undefined, components } : settings;
  const asked = (await embedTexts(vectors, [query], given)).matrix;
  return texts
    .map((text, at) => ({ line: at + 1, text, similarity: cosine(matrix.slice(at * D, (at + 1) * D), asked)! }))
    .filter(({ text }) => text !== 'nothing known')
    .sort((a, b) => b.similarity - a.similarity || a.line - b.line)
    .slice(0, k);
}

describe.each([
  ['mean', {}],
  ['sif', sif],
  ['sif without removal', { ...sif, removeComponents: 0 }],
])('%s', (_name, settings) => {
  it.each([1, 5, 1000])('the best %i, each with its line, text and cosine', async (k) => {
    const { matches, facts } = await searchTexts(vectors, texts, queries, { ...settings, k });
    expect(matches).toHaveLength(5);
    for (const [at, query] of queries.entries()) {
      const expected = await ranked(settings, query, k);
      expect(matches[at].map(({ line, text }) => [line, text])).toEqual(expected.map(({ line, text }) => [line, text]));
      matches[at].forEach(({ similarity }, place) => {
        expect(similarity).toBeCloseTo(expected[place].similarity, 6);
      });
    }
    expect(facts).toMatchObject({ texts: 700, withoutWords: 8, unknownTokens: 16 });
  });

  it('a query gives the same alone and beside others, and texts from a stream', async () => {
    const together = (await searchTexts(vectors, texts, queries, settings)).matches;
    const stream = {
      [Symbol.asyncIterator]: async function* () {
        yield* texts;
      },
    };
    for (const [at, query] of queries.entries()) {
      expect((await searchTexts(vectors, stream, [query], settings)).matches).toEqual([together[at]]);
    }
  });
});

it('of equal texts the first come first, also where more are equal than are asked for', async () => {
  const same = Array.from({ length: 600 }, (_, at) => (at % 2 === 0 ? 'w1 w2' : 'w2 w1'));
  const { matches } = await searchTexts(vectors, same, ['w1 w2'], { k: 4 });
  expect(matches[0].map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  expect(matches[0][0].similarity).toBeCloseTo(1, 6);
});

it('a query without a known word has no match, and no text is one either', async () => {
  expect(
    (await searchTexts(vectors, texts, ['', 'unicorns', 'w1'], { k: 1 })).matches.map((one) => one.length),
  ).toEqual([0, 0, 1]);
  expect((await searchTexts(vectors, [], ['w1'])).matches).toEqual([[]]);
  expect((await searchTexts(vectors, texts, [])).matches).toEqual([]);
  expect((await searchTexts(vectors, ['', 'unknown'], ['w1'])).matches).toEqual([[]]);
});

it('finds every text that is the query itself', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 699 }), async (at) => {
      if (texts[at] === 'nothing known') return;
      const { matches } = await searchTexts(vectors, texts, [texts[at]], { k: 10 });
      expect(matches[0].filter(({ text }) => text === texts[at]).length).toBeGreaterThan(0);
      expect(matches[0][0].similarity).toBeCloseTo(1, 6);
    }),
    { numRuns: runs(20) },
  ));

describe('an error', () => {
  it.each<[string, unknown, unknown, object, RegExp]>([
    ['k', texts, ['a'], { k: 0 }, /k is 0/],
    ['queries', texts, 'a', {}, /queries is a string/],
    ['a query', texts, [1], {}, /text 1 is of type number/],
    ['a text', ['a', null], ['a'], {}, /text 2 is of type object/],
    ['an option', texts, ['a'], { topn: 3 }, /no option 'topn'/],
    ['sif without counts', texts, ['a'], { pooling: 'sif' }, /needs the counts/],
    ['too few texts', ['w1'], ['w1'], sif, /1 text with known words/],
  ])('%s', async (_what, some, asked, options, message) => {
    await expect(searchTexts(vectors, some as string[], asked as string[], options)).rejects.toThrow(message);
  });

  it('texts that can be read only once, where sif reads them twice', async () => {
    const once = (function* () {
      yield* texts;
    })();
    await expect(searchTexts(vectors, once, ['w1'], sif)).rejects.toThrow(/700 came the first time, 0 the second time/);
    const { components } = await embedTexts(vectors, texts, sif);
    const again = (function* () {
      yield* texts;
    })();
    const { matches } = await searchTexts(vectors, again, ['w1'], { ...sif, components });
    expect(matches).toEqual((await searchTexts(vectors, texts, ['w1'], sif)).matches);
  });

  it('the signal', async () => {
    const endless = {
      [Symbol.asyncIterator]: async function* () {
        for (;;) yield 'w1';
      },
    };
    const search = searchTexts(vectors, endless, ['w1'], { signal: AbortSignal.timeout(60) });
    await expect(search).rejects.toMatchObject({ code: 'interrupted' });
  });
});
