// Chapter `weights`: starting weights layer by layer; an RBM, a deep belief network and its fine-tuning; and how much
// starting weights matter for word vectors.
import type { Steps } from '../../base/steps.ts';
import { type Block, type Chapter, heading, matrixTable, paragraph, plot, question, table } from '../blocks.ts';
import { comparePretraining, EXAMPLES, HIDDEN, RBM_EPOCHS, TUNING_EPOCHS } from '../deep/pretraining.ts';
import { type Activation, activations, LAYERS, signalsThrough } from '../deep/signals.ts';
import { starts } from '../deep/starts.ts';
import { rounded } from '../figures.ts';
import type { Lesson } from '../lesson.ts';
import { recorded } from '../recorded.ts';
import { rbmStepBlocks } from './rbm-step.ts';

/** Pauses after each activation and each epoch. */
export function* weightsChapter(lesson: Lesson): Steps<Chapter> {
  const { settings, strings } = lesson;
  const say = strings.weights;
  const blocks: Block[] = [
    paragraph(say.intro),
    ...(yield* signalBlocks(settings.seed, say)),
    ...rbmStepBlocks(lesson),
    ...(yield* pretrainingBlocks(settings.seed, say)),
    ...wordVectorBlocks(say),
    question(say.sigmoidQuestion, 0.25, 0.001, say.sigmoidQuestionWhy),
    question(say.depthQuestion(LAYERS), rounded(0.25 ** LAYERS, 5), 0.0002, say.depthQuestionWhy(LAYERS)),
  ];
  return { name: 'weights', title: say.title, blocks };
}

type Say = Lesson['strings']['weights'];

function* signalBlocks(seed: number, say: Say): Steps<Block[]> {
  const layers = Array.from({ length: LAYERS }, (_, layer) => say.layer(layer + 1));
  const measured = [];
  for (const activation of Object.keys(activations) as Activation[]) {
    const runs = starts.map((start) => ({ start, signals: signalsThrough(activation, start, seed) }));
    measured.push({ activation, runs });
    yield;
  }
  const both = measured.flatMap(({ activation, runs }) => [
    matrixTable(
      say.spread(activation),
      runs.map(({ start }) => say.start(start)),
      layers,
      runs.map(({ signals }) => signals.spread),
      3,
    ),
    table(
      say.gradients(activation),
      [{ title: '' }, ...layers.map((title) => ({ title, align: 'right' as const }))],
      runs.map(({ start, signals }) => [say.start(start), ...signals.gradients.map(compact)]),
    ),
  ]);
  const lines = measured.flatMap(({ activation, runs }) =>
    runs
      .filter(({ start }) => start === 'Xavier' || start === 'He')
      .map(({ start, signals }) => ({
        name: `${activation}, ${start}`,
        points: signals.gradients.map((slope, layer) => ({ x: layer + 1, y: Math.log10(slope) })),
      })),
  );
  return [
    heading(say.signalsHeading),
    paragraph(say.signals),
    ...both,
    plot('lines', say.gradientPlot, [say.layerAxis, say.logGradient], lines),
    paragraph(say.signalsMeaning),
  ];
}

function* pretrainingBlocks(seed: number, say: Say): Steps<Block[]> {
  const { errors, runs } = yield* comparePretraining(seed);
  const curve = (values: readonly number[]) => values.map((y, epoch) => ({ x: epoch + 1, y }));
  return [
    heading(say.dbnHeading),
    paragraph(say.dbn(EXAMPLES, HIDDEN, RBM_EPOCHS, TUNING_EPOCHS)),
    table(
      say.reconstruction,
      [{ title: say.layerAxis }, { title: say.firstError, digits: 3 }, { title: say.lastError, digits: 3 }],
      errors.map((of, layer) => [layer + 1, of[0], of.at(-1)!]),
    ),
    plot(
      'lines',
      say.reconstruction,
      [say.epoch, say.error],
      errors.map((of, layer) => ({ name: say.layer(layer + 1), points: curve(of) })),
    ),
    table(
      say.tuning,
      [
        { title: say.startColumn },
        { title: say.firstLoss, digits: 3 },
        { title: say.lastLoss, digits: 3 },
        { title: say.accuracy, digits: 2 },
      ],
      runs.map(({ name, tuning }) => [say.start(name), tuning.losses[0], tuning.losses.at(-1)!, tuning.accuracy]),
    ),
    plot(
      'lines',
      say.tuning,
      [say.epoch, say.loss],
      runs.map(({ name, tuning }) => ({ name: say.start(name), points: curve(tuning.losses) })),
    ),
    paragraph(say.dbnMeaning),
  ];
}

function wordVectorBlocks(say: Say): Block[] {
  const { weights, corpus, epochs, seeds, dimensions } = recorded;
  return [
    heading(say.vectorsHeading),
    paragraph(say.vectors(corpus, dimensions, epochs, seeds)),
    table(
      say.vectorsTable,
      [
        { title: say.startColumn },
        { title: say.lastEpoch, digits: 3 },
        { title: 'WordSim-353' },
        { title: 'SimLex-999' },
      ],
      weights.map((run) => [run.name, run.losses.at(-1)!, withRange(run.wordsim), withRange(run.simlex)]),
    ),
    paragraph(say.vectorsMeaning),
  ];
}

/** Of a mean over seeds, with the lowest and the highest: 0.441 (0.432 .. 0.450) */
function withRange({ mean, low, high }: { mean: number; low: number; high: number }): string {
  return `${mean.toFixed(3)} (${low.toFixed(3)} .. ${high.toFixed(3)})`;
}

/** Two digits: 0.14, 1.8e-9 */
function compact(value: number): string {
  if (value === 0) return '0';
  return value >= 0.001 && value < 1000 ? `${Number(value.toPrecision(2))}` : value.toExponential(1);
}
