// Chapter `sampling`: the same pair of words by the full softmax, by negative sampling and by a Huffman tree: terms,
// rows, multiplications.
import { createRandom } from '../../base/random.ts';
import { type Block, type Chapter, drawnGraph, formula, heading, paragraph, plot, question, table } from '../blocks.ts';
import { contextsOf } from '../contexts.ts';
import { edited } from '../edits.ts';
import { fixed, rounded } from '../figures.ts';
import { createGraph, type Graph } from '../graph.ts';
import type { Lesson } from '../lesson.ts';
import { generated, rowOf, transposed } from '../matrix.ts';
import { minusLogSigmoid, sigmoidOf } from '../nodes/activations.ts';
import { softmax } from '../nodes/softmax-with-loss.ts';
import { negativeSamplingNodes, skipgramNodes, softmaxNodes } from '../word2vec/layers.ts';
import { drawNegatives, NOISE_EXPONENT, noiseChances } from '../word2vec/negatives.ts';
import type { Weights } from '../word2vec/weights.ts';
import { lessonPath, lessonTree, treeBlocks, treeCostBlocks } from './sampling-tree.ts';

export const NEGATIVES = 2; // K: negatives, few enough to read; word2vec.c: 5
const USUAL = 5;

export function samplingChapter(lesson: Lesson): Chapter {
  const { words, counts, settings, strings } = lesson;
  const say = strings.sampling;
  const { weights, center, answer, negatives } = samplingStart(lesson);
  const chances = noiseChances(counts);
  const [full, sampled] = [fullGraph(weights, center, answer), sampledGraph(weights, center, answer, negatives)];
  const blocks: Block[] = [
    paragraph(say.intro(words[center], words[answer])),
    paragraph(say.rules[settings.as]),
    heading(say.softmaxHeading),
    ...softmaxBlocks(lesson, full, answer),
    heading(say.samplingHeading),
    ...noiseBlocks(lesson, chances),
    paragraph(say.drawn(negatives.map((id) => words[id]).join(', '), NEGATIVES)),
    ...sampledBlocks(lesson, sampled, [answer, ...negatives]),
    ...treeBlocks(lesson, weights.input, center, answer),
    heading(say.costHeading),
    ...costBlocks(lesson, negatives.length),
    ...treeCostBlocks(lesson, lessonPath(lessonTree(lesson), answer).length),
    question(say.question, 1 + USUAL, 0, say.questionWhy),
    question(say.rareQuestion, rounded(100 ** NOISE_EXPONENT, 1), 0.5, say.rareQuestionWhy),
  ];
  return { name: 'sampling', title: say.title, blocks };
}

/** The first pair, its negatives, and random weights, because with real starting weights all scores are near 0. */
export function samplingStart(lesson: Lesson): {
  weights: Weights;
  center: number;
  answer: number;
  negatives: number[];
} {
  const { words, counts, settings, edits } = lesson;
  const [{ center, contexts }] = contextsOf(lesson);
  const answer = contexts[0];
  const random = createRandom(settings.seed, 4);
  const drawn = () => generated(words.length, settings.dimensions, () => 0.5 * random.normal());
  const weights = { input: drawn(), output: drawn() };
  const negatives = drawNegatives(noiseChances(counts), answer, NEGATIVES, settings.as, random);
  const input = edited('sampling W_in', weights.input, edits);
  const output = edited('sampling W_out', weights.output, edits);
  return { weights: { input, output }, center, answer, negatives };
}

function fullGraph({ input, output }: Weights, center: number, answer: number): Graph {
  const graph = createGraph([...skipgramNodes([center]), ...softmaxNodes([answer])]);
  graph.forward({ W_in: input, W_out: transposed(output) });
  graph.backward();
  return graph;
}

function sampledGraph({ input, output }: Weights, center: number, answer: number, negatives: number[]): Graph {
  const labels = [[1 as const, ...negatives.map(() => 0 as const)]];
  const graph = createGraph([
    ...skipgramNodes([center]),
    ...negativeSamplingNodes([[answer, ...negatives]], { labels }),
  ]);
  graph.forward({ W_in: input, W_out: output });
  graph.backward();
  return graph;
}

function softmaxBlocks({ words, strings }: Lesson, graph: Graph, answer: number): Block[] {
  const say = strings.sampling;
  const scores = graph.value('scores').values;
  const p = softmax(graph.value('scores')).values;
  const slopes = graph.gradient('scores').values;
  const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
  const loss = graph.value('loss').values[0];
  return [
    paragraph(say.softmax(words.length)),
    table(
      say.softmaxTerms,
      [
        { title: say.word },
        { title: say.score, digits: 3 },
        { title: 'e^s', digits: 3 },
        { title: 'p', digits: 3 },
        { title: say.slope, digits: 3 },
      ],
      words.map((word, id) => [
        id === answer ? `${word} *` : word,
        scores[id],
        Math.exp(scores[id]),
        p[id],
        slopes[id],
      ]),
    ),
    formula(
      say.loss,
      'L = -log(e^s(1) / sum_v e^s(v))',
      `-log(${fixed(Math.exp(scores[answer]))} / ${fixed(total)}) = ${fixed(loss)}`,
    ),
  ];
}

function noiseBlocks({ words, counts, strings }: Lesson, chances: number[]): Block[] {
  const say = strings.sampling;
  const plain = noiseChances(counts, 1);
  const total = counts.reduce((sum, count) => sum + count ** NOISE_EXPONENT, 0);
  const bars = (values: readonly number[]) => values.map((y, x) => ({ x, y, label: words[x] }));
  return [
    paragraph(say.noise),
    formula(
      say.noiseFormula(words[0]),
      'P(w) = count(w)^0.75 / sum_v count(v)^0.75',
      `${counts[0]}^0.75 / ${fixed(total)} = ${fixed(chances[0])}`,
    ),
    table(
      say.noiseTable,
      [
        { title: say.word },
        { title: say.count },
        { title: say.plainChance, digits: 3 },
        { title: say.noiseChance, digits: 3 },
      ],
      words.map((word, id) => [word, counts[id], plain[id], chances[id]]),
    ),
    plot(
      'bars',
      say.noiseTable,
      [say.word, 'P'],
      [
        { name: 'count', points: bars(plain) },
        { name: 'count^0.75', points: bars(chances) },
      ],
    ),
  ];
}

function sampledBlocks({ words, strings }: Lesson, graph: Graph, ids: number[]): Block[] {
  const say = strings.sampling;
  const scores = graph.value('scores').values;
  const slopes = graph.gradient('scores').values;
  const losses = [...scores].map((score, i) => minusLogSigmoid(i === 0 ? score : -score));
  const loss = graph.value('loss').values[0];
  return [
    table(
      say.samplingTerms,
      [
        { title: say.word },
        { title: say.label },
        { title: say.score, digits: 3 },
        { title: 'σ(s)', digits: 3 },
        { title: say.lossTerm, digits: 3 },
        { title: say.slope, digits: 3 },
      ],
      ids.map((id, i) => [words[id], i === 0 ? 1 : 0, scores[i], sigmoidOf(scores[i]), losses[i], slopes[i]]),
    ),
    formula(
      say.loss,
      'L = -log σ(s(1)) - sum_k log σ(-s(k))',
      `-log ${[...scores].map((score, i) => `σ(${fixed(i === 0 ? score : -score)})`).join(' - log ')} = ${fixed(loss)}`,
    ),
    drawnGraph(say.graph, graph),
    paragraph(say.rows(new Set(ids).size, words.length)),
    table(
      say.rowGradients,
      [{ title: say.word }, { title: say.gradient }],
      words.map((word, id) => [word, [...rowOf(graph.gradient('W_out'), id)].map((slope) => fixed(slope)).join(' ')]),
    ),
  ];
}

function costBlocks({ words, settings, strings }: Lesson, negatives: number): Block[] {
  const say = strings.sampling;
  const D = 100;
  const rows = [7, 100, 1_000, 10_000, 100_000, 1_000_000].map((V) => {
    const few = Math.min(V, 1 + USUAL);
    return [V, V * D, V, few * D, few, Math.round(V / few)];
  });
  return [
    paragraph(say.cost(words.length * settings.dimensions, (1 + negatives) * settings.dimensions)),
    table(
      say.costTable(D, USUAL),
      [say.vocabulary, say.softmaxProducts, say.softmaxRows, say.samplingProducts, say.samplingRows, say.ratio].map(
        (title) => ({ title }),
      ),
      rows,
    ),
  ];
}
