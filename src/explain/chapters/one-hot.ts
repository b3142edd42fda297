// Chapter `one-hot`: contexts and targets; one-hot times MatMul beside Embedding; a row that is read twice.
import { type Block, type Chapter, heading, matrixTable, paragraph, plot, question, table } from '../blocks.ts';
import { contextsOf } from '../contexts.ts';
import type { Lesson } from '../lesson.ts';
import { filled, generated, type Matrix, product, rowOf, toRows } from '../matrix.ts';
import { embedding } from '../nodes/embedding.ts';
import { matMul } from '../nodes/matmul.ts';
import { recorded } from '../recorded.ts';
import { startingWeights } from '../word2vec/weights.ts';

const SHOWN = 12; // contexts and targets

export function oneHotChapter(lesson: Lesson): Chapter {
  const { words, settings, strings } = lesson;
  const say = strings.oneHot;
  const examples = contextsOf(lesson);
  const shown = examples
    .slice(0, SHOWN)
    .map(({ center, contexts }) => [
      contexts.map((id) => words[id]).join(' '),
      words[center],
      contexts.join(' '),
      center,
    ]);
  const [V, D] = [words.length, settings.dimensions];
  const [{ contexts }] = examples;
  const { input } = startingWeights(lesson);
  const hot = oneHot(contexts, V);
  const byMatMul = product(hot, input);
  const [byEmbedding] = embedding(contexts).forward([input]);
  const names = contexts.map((id) => words[id]);
  const dimensions = Array.from({ length: D }, (_, d) => `${d + 1}`);
  const blocks: Block[] = [
    paragraph(say.intro),
    paragraph(say.rules[settings.as]),
    table(
      say.examples(shown.length, examples.length),
      [{ title: say.contexts }, { title: say.target }, { title: say.contextIds }, { title: say.targetId }],
      shown,
    ),
    heading(say.productHeading),
    paragraph(say.product),
    matrixTable(say.oneHotRows, names, words, toRows(hot), 0),
    matrixTable(say.matMulResult, names, dimensions, toRows(byMatMul), 4),
    matrixTable(say.embeddingResult, names, dimensions, toRows(byEmbedding), 4),
    paragraph(say.same(largestDifference(byMatMul, byEmbedding))),
    ...costBlocks(say, contexts.length, V, D),
    ...repeatedBlocks(lesson),
    question(say.question, 1_000_000, 0, say.questionWhy),
  ];
  return { name: 'one-hot', title: say.title, blocks };
}

/** (n, V): a 1 at each id. */
function oneHot(ids: readonly number[], V: number): Matrix {
  return generated(ids.length, V, (index) => (ids[Math.floor(index / V)] === index % V ? 1 : 0));
}

function costBlocks(say: Lesson['strings']['oneHot'], n: number, V: number, D: number): Block[] {
  const rows = [V, 1_000, 10_000, 100_000, 1_000_000].map((size) => [size, n * size * D, 0, n * D]);
  return [
    heading(say.costHeading),
    table(
      say.cost(n, D),
      [say.vocabulary, say.multiplications, say.byEmbedding, say.numbersRead].map((title) => ({ title })),
      rows,
    ),
    paragraph(say.measured(recorded.dimensions, recorded.machine)),
    table(
      say.times,
      [
        { title: say.vocabulary },
        { title: say.oneHotTime, align: 'right' },
        { title: say.embeddingTime, align: 'right' },
      ],
      recorded.embedding.map(({ vocabulary, oneHotMilliseconds, embeddingMilliseconds }) => [
        vocabulary,
        `${oneHotMilliseconds}`,
        `${embeddingMilliseconds}`,
      ]),
    ),
    plot(
      'lines',
      say.times,
      [say.logVocabulary, say.logTime],
      [
        { name: 'MatMul', points: recorded.embedding.map((run) => logPoint(run.vocabulary, run.oneHotMilliseconds)) },
        {
          name: 'Embedding',
          points: recorded.embedding.map((run) => logPoint(run.vocabulary, run.embeddingMilliseconds)),
        },
      ],
    ),
  ];
}

const logPoint = (x: number, y: number) => ({ x: Math.log10(x), y: Math.log10(y) });

/** The gradient of W_in where a word is read twice: added, and, wrongly, written over. */
function repeatedBlocks({ words, strings, settings }: Lesson): Block[] {
  const say = strings.oneHot;
  const ids = [0, 1, 0];
  const gradient = generated(3, 2, (index) => [1, 2, 10, 20, 100, 200][index]);
  const W = filled(2, 2);
  const [added] = embedding(ids).backward([gradient], [W], []);
  const overwritten = filled(2, 2);
  for (const [i, id] of ids.entries()) rowOf(overwritten, id).set(rowOf(gradient, i));
  const [, byMatMul] = matMul.backward([gradient], [oneHot(ids, 2), W], []);
  const names = words.slice(0, 2);
  return [
    heading(say.repeatedHeading),
    paragraph(say.repeated(words[0], settings.as)),
    matrixTable(
      say.gradientRows,
      ids.map((id) => words[id]),
      ['1', '2'],
      toRows(gradient),
      0,
    ),
    matrixTable(say.added, names, ['1', '2'], toRows(added), 0),
    matrixTable(say.byMatMul, names, ['1', '2'], toRows(byMatMul), 0),
    matrixTable(say.overwritten, names, ['1', '2'], toRows(overwritten), 0),
  ];
}

function largestDifference(a: Matrix, b: Matrix): number {
  return a.values.reduce((most, value, i) => Math.max(most, Math.abs(value - b.values[i])), 0);
}
