// The part of chapter `weights` that shows one step of an RBM in numbers: data, hidden units, reconstruction, update.
import { createRandom } from '../../base/random.ts';
import { type Block, formula, heading, matrixTable, paragraph } from '../blocks.ts';
import { dotInNumbers, fixed, term } from '../figures.ts';
import type { Lesson } from '../lesson.ts';
import { dot, matrixOf, rowOf, toRows, transposed } from '../matrix.ts';
import { contrastiveDivergence, createRbm } from '../rbm.ts';

/** Two kinds of pictures: the left half lit, or the right. */
const data = matrixOf([
  [1, 1, 1, 0, 0, 0],
  [1, 0, 1, 0, 0, 0],
  [0, 0, 0, 1, 1, 1],
  [0, 0, 1, 1, 1, 0],
]);
const HIDDEN_UNITS = 2;

export function rbmStepBlocks({ settings, strings }: Lesson): Block[] {
  const say = strings.weights;
  const random = createRandom(settings.seed, 10);
  const rbm = createRbm(data.columns, HIDDEN_UNITS, random);
  const step = contrastiveDivergence(rbm, data, settings.learningRate, random.float);
  const visible = Array.from({ length: data.columns }, (_, i) => `v${i + 1}`);
  const hidden = Array.from({ length: HIDDEN_UNITS }, (_, j) => `h${j + 1}`);
  const pictures = Array.from({ length: data.rows }, (_, b) => say.picture(b + 1));
  const rows = Array.from({ length: HIDDEN_UNITS }, (_, j) => j);
  const firstColumn = rowOf(transposed(rbm.W), 0);
  const sum = dot(rowOf(data, 0), firstColumn);
  const before = rbm.W.values[0];
  const pairs = (v: Float64Array, h: Float64Array) =>
    Array.from({ length: data.rows }, (_, b) => v[b * data.columns] * h[b * HIDDEN_UNITS]).reduce(
      (total, each) => total + each,
      0,
    );
  const fromData = pairs(data.values, step.hidden.values);
  const fromModel = pairs(step.reconstruction.values, step.hiddenAgain.values);
  const both = rows.map((j) => hidden[j]);
  return [
    heading(say.rbmHeading),
    paragraph(say.rbm),
    matrixTable(say.rbmData, pictures, visible, toRows(data), 0),
    matrixTable(say.rbmWeights, visible, hidden, toRows(rbm.W), 3),
    formula(
      say.rbmHidden,
      'p(h1 | v) = σ(v · W1 + c1)',
      `σ(${dotInNumbers(rowOf(data, 0), firstColumn, 2)} + 0) = σ(${fixed(sum)}) = ${fixed(step.hidden.values[0])}`,
    ),
    matrixTable(say.rbmChances, pictures, both, toRows(step.hidden), 3),
    matrixTable(say.rbmSample, pictures, both, toRows(step.sample), 0),
    matrixTable(say.rbmReconstruction(fixed(step.error)), pictures, visible, toRows(step.reconstruction), 3),
    matrixTable(say.rbmAgain, pictures, both, toRows(step.hiddenAgain), 3),
    formula(
      say.rbmUpdate,
      "W11 = W11 + rate / B (sum v1 p(h1) - sum v1' p(h1'))",
      `${term(before)} + ${settings.learningRate} / ${data.rows} × (${fixed(fromData)} - ${fixed(fromModel)}) = ${fixed(step.after.W.values[0])}`,
    ),
    matrixTable(say.rbmAfter, visible, hidden, toRows(step.after.W), 3),
  ];
}
