// What can be walked: the network of two layers, CBOW and skip-gram with the full softmax, and skip-gram with negative
// sampling.
import { createRandom } from '../../base/random.ts';
import { layersNetwork } from '../chapters/graph.ts';
import { NEGATIVES, samplingStart } from '../chapters/sampling.ts';
import { contextsOf } from '../contexts.ts';
import type { Lesson } from '../lesson.ts';
import { transposed } from '../matrix.ts';
import { cbowNodes, negativeSamplingNodes, skipgramNodes, softmaxNodes } from '../word2vec/layers.ts';
import { drawNegatives, noiseChances } from '../word2vec/negatives.ts';
import { softmaxExamples } from '../word2vec/training.ts';
import { startingWeights } from '../word2vec/weights.ts';
import type { Walk } from './walk.ts';

const makers = { layers: layersWalk, cbow: cbowWalk, skipgram: skipgramWalk, sampling: samplingWalk };

export type WalkName = keyof typeof makers;
export const walkNames = Object.keys(makers) as WalkName[];

/** Throws `corpus-empty` where the text has no pairs. */
export function makeWalk(name: WalkName, lesson: Lesson): Walk {
  return makers[name](lesson);
}

function layersWalk(lesson: Lesson): Walk {
  const { nodes, values } = layersNetwork(lesson);
  const { x, ...weights } = values;
  return {
    weights,
    constants: { x },
    learningRate: lesson.settings.learningRate,
    pairs: 1,
    describe: () => 'x → 2',
    nodesOf: () => nodes,
    factorOf: () => 1,
  };
}

function cbowWalk(lesson: Lesson): Walk {
  const examples = contextsOf(lesson);
  const { words, settings } = lesson;
  const whole = settings.as === 'word2vec';
  return {
    ...softmaxStart(lesson),
    pairs: examples.length,
    describe: (pair) => {
      const { center, contexts } = examples[pair];
      return `${contexts.map((id) => words[id]).join(' ')} → ${words[center]}`;
    },
    nodesOf: (pair) => [...cbowNodes([examples[pair].contexts]), ...softmaxNodes([examples[pair].center])],
    factorOf: (edge, pair) => (whole && edge === 'W_in' ? examples[pair].contexts.length : 1),
  };
}

function skipgramWalk(lesson: Lesson): Walk {
  const pairs = pairsOf(lesson);
  return {
    ...softmaxStart(lesson),
    pairs: pairs.length,
    describe: (pair) => describePair(lesson, pairs[pair]),
    nodesOf: (pair) => [...skipgramNodes([pairs[pair].center]), ...softmaxNodes([pairs[pair].answer])],
    factorOf: () => 1,
  };
}

function samplingWalk(lesson: Lesson): Walk {
  const { settings, counts } = lesson;
  const { weights, negatives: first } = samplingStart(lesson);
  const pairs = pairsOf(lesson);
  const chances = noiseChances(counts);
  const negativesOf = (pair: number, epoch: number) => {
    if (pair === 0 && epoch === 0) return first; // those of the chapter
    const random = createRandom(settings.seed, 5 + epoch * pairs.length + pair);
    return drawNegatives(chances, pairs[pair].answer, NEGATIVES, settings.as, random);
  };
  return {
    weights: { W_in: weights.input, W_out: weights.output },
    constants: {},
    learningRate: settings.learningRate,
    pairs: pairs.length,
    describe: (pair) => describePair(lesson, pairs[pair]),
    nodesOf: (pair, epoch) => {
      const { center, answer } = pairs[pair];
      const negatives = negativesOf(pair, epoch);
      const labels = [[1 as const, ...negatives.map(() => 0 as const)]];
      return [...skipgramNodes([center]), ...negativeSamplingNodes([[answer, ...negatives]], { labels })];
    },
    factorOf: () => 1,
  };
}

function softmaxStart(lesson: Lesson): Pick<Walk, 'weights' | 'constants' | 'learningRate'> {
  const { input, output } = startingWeights(lesson);
  const { learningRate } = lesson.settings;
  return { weights: { W_in: input, W_out: transposed(output) }, constants: {}, learningRate };
}

interface Pair {
  center: number;
  answer: number;
}

function pairsOf(lesson: Lesson): Pair[] {
  return softmaxExamples('skipgram', contextsOf(lesson)).map(({ inputs, answer }) => ({ center: inputs[0], answer }));
}

function describePair({ words }: Lesson, { center, answer }: Pair): string {
  return `${words[center]} → ${words[answer]}`;
}
