// Chapter `predict`: one step of CBOW and one of skip-gram, number by number; then training to the end.
import type { Steps } from '../../base/steps.ts';
import {
  type Block,
  type Chapter,
  drawnGraph,
  formula,
  heading,
  matrixTable,
  paragraph,
  plot,
  question,
  table,
} from '../blocks.ts';
import { type ContextExample, contextsOf } from '../contexts.ts';
import { dotInNumbers, fixed, rounded, term } from '../figures.ts';
import { createGraph, type Graph } from '../graph.ts';
import type { Lesson } from '../lesson.ts';
import { type Matrix, mapped, rowOf, toRows, transposed } from '../matrix.ts';
import { softmax } from '../nodes/softmax-with-loss.ts';
import { cbowNodes, skipgramNodes, softmaxNodes } from '../word2vec/layers.ts';
import { lowestLoss, moved, softmaxExamples, type TrainedSoftmax, trainSoftmax } from '../word2vec/training.ts';
import { startingWeights, type Weights, wordChances } from '../word2vec/weights.ts';

/** Training examples in all epochs: some tenths of a second with the default settings. */
const WORK = 12_000;
const MOST_EPOCHS = 1000; // the book's

/** Pauses after each batch of its trainings. */
export function* predictChapter(lesson: Lesson): Steps<Chapter> {
  const { settings, strings } = lesson;
  const say = strings.predict;
  const examples = contextsOf(lesson);
  const start = startingWeights(lesson);
  const trained = {
    cbow: yield* trainedModel(lesson, 'cbow', examples, start),
    skipgram: yield* trainedModel(lesson, 'skipgram', examples, start),
  };
  const blocks: Block[] = [
    paragraph(say.intro),
    paragraph(say.rules[settings.as]),
    ...cbowBlocks(lesson, examples[0], start),
    ...skipgramBlocks(lesson, examples[0], start),
    ...trainedBlocks(lesson, examples[0], start, trained),
  ];
  return { name: 'predict', title: say.title, blocks };
}

/** The first example through CBOW: forward, loss, backward, update, and the loss after it. */
function cbowBlocks(lesson: Lesson, { center, contexts }: ContextExample, start: Weights): Block[] {
  const { words, settings, strings } = lesson;
  const say = strings.predict;
  const graph = createGraph([...cbowNodes([contexts]), ...softmaxNodes([center])]);
  const values = { W_in: start.input, W_out: transposed(start.output) };
  graph.forward(values);
  const names = contexts.map((id) => words[id]);
  const forward = drawnGraph(say.forward, graph);
  const p = softmax(graph.value('scores')).values;
  const h = graph.value('h').values;
  const before = lossOf(graph);
  const formulas = [
    formula(
      say.hidden,
      `h = 1/${contexts.length} (${names.map((name) => `W_in[${name}]`).join(' + ')})`,
      `h1 = (${contexts.map((id) => term(rowOf(start.input, id)[0], 4)).join(' + ')}) / ${contexts.length} = ${fixed(h[0], 4)}`,
    ),
    formula(
      say.score(words[center]),
      `s = h · W_out[${words[center]}]`,
      `${dotInNumbers(h, rowOf(start.output, center), 4)} = ${fixed(graph.value('scores').values[center], 6)}`,
    ),
    formula(say.loss, `L = -log p(${words[center]})`, `-log ${fixed(p[center], 4)} = ${fixed(before, 4)}`),
  ];
  graph.backward();
  // word2vec.c gives each context word the gradient of h whole.
  const factor = settings.as === 'word2vec' ? contexts.length : 1;
  const slopes = {
    input: mapped(graph.gradient('W_in'), (slope) => factor * slope),
    output: transposed(graph.gradient('W_out')),
  };
  const after = {
    input: moved(start.input, slopes.input, settings.learningRate),
    output: moved(start.output, slopes.output, settings.learningRate),
  };
  graph.forward({ W_in: after.input, W_out: transposed(after.output) });
  const next = lossOf(graph);
  graph.forward(values);
  graph.backward();
  return [
    heading(say.cbowHeading(names.join(' … '), words[center])),
    forward,
    ...formulas,
    chancesTable(lesson, say.chances(names), p, center),
    paragraph(say.backwardText(words[center])),
    drawnGraph(say.backward, graph),
    paragraph(say.shared[settings.as](contexts.length)),
    ...updateTables(lesson, contexts, start.input, slopes.input, after.input),
    paragraph(say.after(fixed(before, 6), fixed(next, 6))),
    question(say.startQuestion, rounded(Math.log(words.length), 3), 0.01, say.startQuestionWhy(words.length)),
  ];
}

/** The first center through skip-gram: each of its contexts is an answer. */
function skipgramBlocks(lesson: Lesson, { center, contexts }: ContextExample, start: Weights): Block[] {
  const { words, settings, strings } = lesson;
  const say = strings.predict;
  const graph = createGraph([...skipgramNodes(contexts.map(() => center)), ...softmaxNodes(contexts)]);
  graph.forward({ W_in: start.input, W_out: transposed(start.output) });
  const p = softmax(graph.value('scores'));
  graph.backward();
  const each = contexts.map((id, i) => -Math.log(rowOf(p, i)[id]));
  // The book adds the losses of the contexts, the node takes their mean.
  const slopes = mapped(graph.gradient('W_in'), (slope) => contexts.length * slope);
  const after = moved(start.input, slopes, settings.learningRate);
  return [
    heading(say.skipgramHeading(words[center], contexts.map((id) => words[id]).join(', '))),
    paragraph(say.skipgram(contexts.length)),
    table(
      say.pairs,
      [{ title: say.center }, { title: say.context }, { title: 'p', digits: 4 }, { title: say.lossColumn, digits: 4 }],
      contexts.map((id, i) => [words[center], words[id], rowOf(p, i)[id], each[i]]),
    ),
    formula(
      say.loss,
      'L = -sum_c log p(c | w)',
      `${each.map((loss) => fixed(loss, 4)).join(' + ')} = ${fixed(
        each.reduce((sum, loss) => sum + loss, 0),
        4,
      )}`,
    ),
    ...updateTables(lesson, [center], start.input, slopes, after),
  ];
}

function trainedModel(
  { settings }: Lesson,
  model: 'cbow' | 'skipgram',
  examples: ContextExample[],
  start: Weights,
): Steps<TrainedSoftmax> {
  const pairs = softmaxExamples(model, examples);
  const isBook = settings.as === 'book';
  return trainSoftmax(start, pairs, {
    model,
    learningRate: settings.learningRate,
    epochs: Math.max(1, Math.min(MOST_EPOCHS, Math.floor(WORK / pairs.length))),
    batch: isBook ? 3 : 1, // the book, chapter 3: batch_size = 3
    seed: settings.seed,
    wholeGradient: !isBook,
  });
}

function trainedBlocks(
  lesson: Lesson,
  { center, contexts }: ContextExample,
  start: Weights,
  { cbow, skipgram }: Record<'cbow' | 'skipgram', TrainedSoftmax>,
): Block[] {
  const { words, settings, strings } = lesson;
  const say = strings.predict;
  const before = wordChances(start, contexts);
  const after = wordChances(cbow.weights, contexts);
  const lowest = (model: 'cbow' | 'skipgram') => lowestLoss(softmaxExamples(model, contextsOf(lesson)));
  const order = words.map((_, id) => id).sort((a, b) => after[b] - after[a]);
  const dimensions = Array.from({ length: settings.dimensions }, (_, d) => `${d + 1}`);
  const staysFinite = [...cbow.losses, ...skipgram.losses].every(Number.isFinite);
  const curve = ({ losses }: TrainedSoftmax) => losses.map((loss, epoch) => ({ x: epoch + 1, y: loss }));
  const blocks: Block[] = [
    heading(say.trainHeading),
    paragraph(say.train[settings.as](cbow.losses.length, skipgram.losses.length)),
    paragraph(say.lowest(fixed(lowest('cbow')), fixed(lowest('skipgram')))),
    ...(staysFinite ? [] : [paragraph(strings.diverged(settings.learningRate))]),
    plot(
      'lines',
      say.curve,
      [say.epoch, say.lossColumn],
      [
        { name: 'CBOW', points: curve(cbow) },
        { name: 'skip-gram', points: curve(skipgram) },
      ],
    ),
    table(
      say.missing(contexts.map((id) => words[id])),
      [
        { title: say.word },
        { title: say.beforeTraining, digits: 3 },
        { title: say.afterTraining, digits: 3 },
        { title: say.stood },
      ],
      order.map((id) => [words[id], before[id], after[id], id === center ? '*' : '']),
    ),
    matrixTable(say.vectors, words, dimensions, toRows(cbow.weights.input), 3),
    ...(Number.isFinite(after[center])
      ? [question(say.endQuestion(words[center]), rounded(after[center], 3), 0.02, say.endQuestionWhy)]
      : []),
  ];
  if (settings.dimensions === 2) {
    const points = words.map((label, id) => ({
      x: rowOf(cbow.weights.input, id)[0],
      y: rowOf(cbow.weights.input, id)[1],
      label,
    }));
    blocks.push(plot('points', say.map, ['1', '2'], [{ name: 'CBOW', points }]));
  }
  return blocks;
}

function chancesTable({ words, strings }: Lesson, title: string, p: Float64Array, center: number): Block {
  const say = strings.predict;
  return table(
    title,
    [{ title: say.word }, { title: 'p', digits: 4 }, { title: say.gradientColumn, digits: 4 }],
    words.map((word, id) => [word, p[id], p[id] - (id === center ? 1 : 0)]),
  );
}

/** The rows of W_in that are read, before, their gradient, and after the step. */
function updateTables(
  { words, strings, settings }: Lesson,
  ids: number[],
  before: Matrix,
  slopes: Matrix,
  after: Matrix,
): Block[] {
  const say = strings.predict;
  const unique = [...new Set(ids)];
  const first = unique[0];
  const dimensions = Array.from({ length: settings.dimensions }, (_, d) => `${d + 1}`);
  const rows = unique.flatMap((id) => [rowOf(before, id), rowOf(slopes, id), rowOf(after, id)].map((row) => [...row]));
  const names = unique.flatMap((id) => [say.rowBefore(words[id]), say.rowGradient(words[id]), say.rowAfter(words[id])]);
  return [
    formula(
      say.update,
      'w = w - rate × dL/dw',
      `w1[${words[first]}] = ${term(rowOf(before, first)[0], 4)} - ${settings.learningRate} × ${term(rowOf(slopes, first)[0], 4)} = ${fixed(rowOf(after, first)[0], 4)}`,
    ),
    matrixTable(say.rows, names, dimensions, rows, 4),
  ];
}

const lossOf = (graph: Graph) => graph.value('loss').values[0];
