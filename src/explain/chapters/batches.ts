// Chapter `batches`: all at once against a few examples at a time, on the lesson's text and, as measured, on a real
// corpus.
import type { Steps } from '../../base/steps.ts';
import { type Block, type Chapter, heading, paragraph, plot, question, table } from '../blocks.ts';
import { contextsOf } from '../contexts.ts';
import type { Lesson } from '../lesson.ts';
import { recorded } from '../recorded.ts';
import { softmaxExamples, type TrainedSoftmax, trainSoftmax } from '../word2vec/training.ts';
import { startingWeights } from '../word2vec/weights.ts';

const WORK = 4000; // training examples in all epochs, for each batch size
const MOST_EPOCHS = 200;
const SMALL = 3; // the book, chapter 3

/** Pauses after each batch of its trainings. */
export function* batchesChapter(lesson: Lesson): Steps<Chapter> {
  const { strings } = lesson;
  const say = strings.batches;
  const blocks: Block[] = [
    paragraph(say.intro),
    paragraph(say.question),
    ...(yield* ownText(lesson)),
    ...realCorpus(say),
    question(say.stepsQuestion, 334, 0, say.stepsQuestionWhy),
  ];
  return { name: 'batches', title: say.title, blocks };
}

/** CBOW on the lesson's text with all examples, three and one a step. */
function* ownText(lesson: Lesson): Steps<Block[]> {
  const { settings, strings } = lesson;
  const say = strings.batches;
  const examples = softmaxExamples('cbow', contextsOf(lesson));
  const n = examples.length;
  const epochs = Math.max(1, Math.min(MOST_EPOCHS, Math.floor(WORK / n)));
  const sizes = [...new Set([n, Math.min(SMALL, n), 1])];
  const runs: ({ batch: number } & TrainedSoftmax)[] = [];
  for (const batch of sizes) {
    const { learningRate, seed, as } = settings;
    const given = { model: 'cbow', learningRate, epochs, batch, seed, wholeGradient: as === 'word2vec' } as const;
    runs.push({ batch, ...(yield* trainSoftmax(startingWeights(lesson), examples, given)) });
  }
  const staysFinite = runs.every(({ losses }) => losses.every(Number.isFinite));
  return [
    heading(say.ownHeading),
    paragraph(say.own(n, epochs)),
    ...(staysFinite ? [] : [paragraph(strings.diverged(settings.learningRate))]),
    table(
      say.ownTable,
      [
        { title: say.batch },
        { title: say.steps },
        { title: say.firstLoss, digits: 3 },
        { title: say.lastLoss, digits: 3 },
      ],
      runs.map(({ batch, steps, losses }) => [batch, steps, losses[0], losses.at(-1)!]),
    ),
    plot(
      'lines',
      say.ownPlot,
      [say.epoch, say.loss],
      runs.map(({ batch, losses }) => ({
        name: say.batchOf(batch),
        points: losses.map((y, epoch) => ({ x: epoch + 1, y })),
      })),
    ),
  ];
}

function realCorpus(say: Lesson['strings']['batches']): Block[] {
  const { batches, corpus, machine, dimensions } = recorded;
  const first = batches[0];
  const last = batches.at(-1)!;
  const megabytes = (bytes: number) => bytes / 1e6;
  return [
    heading(say.corpusHeading),
    paragraph(say.corpus(corpus, dimensions, machine)),
    table(
      say.corpusTable,
      [
        { title: say.tokens },
        { title: 'V' },
        { title: say.countSeconds, digits: 2 },
        { title: say.countMegabytes, digits: 0 },
        { title: say.epochSeconds, digits: 2 },
        { title: say.trainMegabytes, digits: 0 },
      ],
      batches.map((run) => [
        run.tokens,
        run.vocabulary,
        run.countSeconds,
        megabytes(run.countBytes),
        run.epochSeconds,
        megabytes(run.trainBytes),
      ]),
    ),
    plot(
      'lines',
      say.corpusPlot,
      [say.millionTokens, say.seconds],
      [
        { name: say.countSeconds, points: batches.map((run) => ({ x: run.tokens / 1e6, y: run.countSeconds })) },
        { name: say.epochSeconds, points: batches.map((run) => ({ x: run.tokens / 1e6, y: run.epochSeconds })) },
        { name: say.laterSeconds, points: batches.map((run) => ({ x: run.tokens / 1e6, y: run.laterSeconds })) },
      ],
    ),
    paragraph(say.later(last.laterTokens, last.laterSeconds, last.countSeconds)),
    paragraph(say.memory(last.cells / first.cells, last.trainBytes / first.trainBytes)),
  ];
}
