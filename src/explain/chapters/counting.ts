// Chapter `counting`: which words occur together, how surprising that is (PPMI), and the same in two dimensions (SVD).
import {
  type Block,
  type Chapter,
  formula,
  heading,
  matrixTable,
  paragraph,
  plot,
  question,
  table,
} from '../blocks.ts';
import { cooccurrences, densePpmi, rowCosine } from '../dense/cooccurrence.ts';
import { denseSvd } from '../dense/svd.ts';
import { fixed } from '../figures.ts';
import type { Lesson } from '../lesson.ts';
import { type Matrix, rowsSummed, toRows } from '../matrix.ts';

/** The settings of the two ways: the book's, and w2v's defaults (Levy, Goldberg & Dagan 2015). */
export const countingRules = {
  book: { weighting: 'flat', cds: 1, base: 2, eig: 0 },
  word2vec: { weighting: 'dynamic', cds: 0.75, base: Math.E, eig: 0.5 },
} as const;

const DIMENSIONS = 2;

export function countingChapter({ words, lines, settings, strings }: Lesson): Chapter {
  const say = strings.counting;
  const { weighting, cds, base, eig } = countingRules[settings.as];
  const counts = cooccurrences(lines, words.length, settings.window, weighting);
  const weights = densePpmi(counts, { cds, base });
  const { u, singularValues } = denseSvd(weights);
  const vectors = toRows(u).map((row) => row.slice(0, DIMENSIONS).map((x, d) => x * singularValues[d] ** eig));
  const countDigits = weighting === 'flat' || settings.window === 1 ? 0 : 2;
  const blocks: Block[] = [
    paragraph(say.intro),
    paragraph(say.rules[settings.as]),
    matrixTable(say.counts(settings.window), words, words, toRows(counts), countDigits),
    ...ppmiBlocks({ words, settings, strings }, counts, weights),
    heading(say.svdHeading),
    paragraph(say.svd),
    table(
      say.singularValues,
      [{ title: say.number }, { title: say.value, digits: 3 }],
      singularValues.map((value, i) => [i + 1, value]),
    ),
    matrixTable(say.vectors[settings.as], words, ['x', 'y'], vectors, 3),
    plot(
      'points',
      say.map,
      ['x', 'y'],
      [{ name: say.word, points: words.map((label, i) => ({ x: vectors[i][0], y: vectors[i][1] ?? 0, label })) }],
    ),
  ];
  if (isTied(singularValues)) blocks.push(paragraph(say.tied(fixed(singularValues[0], 3))));
  const [a, b] = strongestPair(counts);
  const count = counts.values[a * words.length + b];
  blocks.push(
    question(
      say.question(words[a], words[b], settings.window),
      count,
      0.005,
      say.questionWhy(fixed(count, countDigits)),
    ),
  );
  return { name: 'counting', title: say.title, blocks };
}

function ppmiBlocks(
  { words, settings, strings }: Pick<Lesson, 'words' | 'settings' | 'strings'>,
  counts: Matrix,
  weights: Matrix,
): Block[] {
  const say = strings.counting;
  const { cds, base } = countingRules[settings.as];
  const V = words.length;
  const [a, b] = strongestPair(weights);
  const sums = rowsSummed(counts).values; // rows and columns alike: the matrix is symmetric
  const total = sums.reduce((sum, count) => sum + count ** cds, 0);
  const log = base === 2 ? 'log2' : 'log';
  const power = cds === 1 ? '' : `^${cds}`;
  const numbers = `${log}(${fixed(counts.values[a * V + b], 2)} × ${fixed(total, 2)} / (${fixed(sums[a], 2)} × ${fixed(sums[b], 2)}${power}))`;
  return [
    heading(say.ppmiHeading),
    paragraph(say.ppmi),
    formula(
      `PPMI(${words[a]}, ${words[b]})`,
      `max(0, ${log}(#(w, c) sum_c #(c)${power} / (#(w) #(c)${power})))`,
      `${numbers} = ${fixed(weights.values[a * V + b], 3)}`,
    ),
    matrixTable(say.weights, words, words, toRows(weights), 2),
    paragraph(say.cosines),
    table(
      say.closest,
      [{ title: say.word }, { title: say.word }, { title: say.cosine, digits: 3 }],
      closestPairs(weights).map(({ i, j, cosine }) => [words[i], words[j], cosine]),
    ),
  ];
}

function closestPairs(weights: Matrix, most = 5): { i: number; j: number; cosine: number }[] {
  const pairs: { i: number; j: number; cosine: number }[] = [];
  for (let i = 0; i < weights.rows; i++) {
    for (let j = i + 1; j < weights.rows; j++) pairs.push({ i, j, cosine: rowCosine(weights, i, j) });
  }
  return pairs.sort((a, b) => b.cosine - a.cosine).slice(0, most);
}

/** Row and column of the largest cell, the first of equals. */
function strongestPair({ values, columns }: Matrix): [number, number] {
  const at = values.reduce((best, value, index) => (value > values[best] + 1e-12 ? index : best), 0);
  return [Math.floor(at / columns), at % columns];
}

/** Whether one of the two singular values that are drawn equals another: the map may then be turned. */
function isTied(values: readonly number[]): boolean {
  const same = (a: number, b: number) => Math.abs(a - b) < 1e-9 * values[0];
  return same(values[0], values[1]) || (values.length > DIMENSIONS && same(values[1], values[2]));
}
