// A page with two files of vectors, made as the command makes it: words with meanings planted in them, hostile words,
// and many of no meaning.
import { gzipSync } from 'node:zlib';
import { createRandom } from '../../src/base/random.ts';
import { compareSpaces } from '../../src/compare/compare-spaces.ts';
import { explorerPage } from '../../src/explorer/page.ts';
import { pageDataOf, pairDataOf } from '../../src/explorer/page-data-of.ts';
import { layOut } from '../../src/map/layout.ts';
import type { WordVectors } from '../../src/vectors/word-vectors.ts';

export const hostileWords = ['<script>alert(1)</script>', '__proto__', '"><img src=x onerror=alert(1)>', 'שלום'];

const D = 12;
const meanings: ReadonlyMap<string, readonly number[]> = new Map(
  Object.entries({
    man: [0, 1],
    woman: [0, 2],
    king: [0, 1, 3],
    queen: [0, 2, 3],
    boy: [0, 1, 4],
    girl: [0, 2, 4],
    good: [5],
    bad: [6],
  }),
);
const words = [...meanings.keys(), ...hostileWords, ...Array.from({ length: 238 }, (_, at) => `word${at + 1}`)];

/** (V, 12): a word is the sum of the axes of its meanings, and a little noise. */
export function exampleVectors(seed: number, noise = 0.15): WordVectors {
  const random = createRandom(seed);
  const matrix = Float32Array.from({ length: words.length * D }, (_, at) => {
    const own = meanings.get(words[Math.floor(at / D)]);
    return own === undefined ? random.normal() : noise * random.normal() + (own.includes(at % D) ? 1 : 0);
  });
  return { words: [...words], matrix, dimensions: D };
}

interface Made {
  files?: number;
  answeredBy?: 'page' | 'server';
}

export async function examplePage(made: Made = {}): Promise<string> {
  return (await exampleParts(made)).html;
}

/** `blobs`: the long lists, which a page of a server does not have in it. */
export async function exampleParts({ files = 1, answeredBy = 'page' }: Made = {}) {
  const spaces = [exampleVectors(1), exampleVectors(2, 0.5)].slice(0, files);
  const counts = Float64Array.from(words, (_, at) => Math.ceil(5000 / (at + 1)));
  const laidOut = await Promise.all(
    spaces.map(async (vectors, at) => {
      const keptByWord = Float32Array.from(words, (_, row) => (row % 11) / 10);
      const pca = await layOut(vectors, { method: 'pca' });
      const layouts = [
        { ...pca, method: 'umap' as const, keptByWord },
        { ...pca, positions: pca.positions.toReversed() },
      ];
      return { name: `${'ab'[at]}.bin`, vectors, counts: at === 0 ? counts : undefined, layouts };
    }),
  );
  const { data, blobs } = await pageDataOf(laidOut, { version: '1.2.3', answeredBy, vectorBytes: 1e9 });
  if (spaces[1] !== undefined) {
    const comparison = await compareSpaces(spaces[0], spaces[1], {});
    data.pair = pairDataOf(comparison, (name, numbers) => {
      blobs.set(name, gzipSync(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)));
      return name;
    });
  }
  const firstWords = spaces.map((space) => space.words.slice(0, 20));
  const html = explorerPage(data, answeredBy === 'page' ? { blobs, firstWords } : { firstWords });
  return { html, blobs };
}
