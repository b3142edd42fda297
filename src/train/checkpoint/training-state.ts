// What is saved of a training, and how its folder is laid out.
import type { ResumableStore, SavedState, SavedWork } from '../../files/resumable-store.ts';
import { amount, amounts, fieldsOf, isNatural, natural } from '../../files/shape.ts';
import type { Tally } from '../tally.ts';

export interface TrainingFacts {
  /** Of the whole training, and words of one epoch. */
  epochs: number;
  tokens: number;
  /** Seconds of training until then. */
  seconds: number;
  tally: Omit<Tally, 'loss' | 'examples'> & { loss: number[]; examples: number[] };
}

export type TrainingArrays = {
  /** (V, D) each; with subwords the input has more rows: those of the n-grams come after the words'. */
  input: Float32Array;
  output: Float32Array;
  /** The engine's. */
  position: Float64Array;
};

export type TrainingStore = ResumableStore<TrainingFacts, TrainingArrays>;
export type SavedTraining = SavedState<TrainingFacts, TrainingArrays>;

export const training: SavedWork<TrainingFacts, TrainingArrays> = {
  name: 'training',
  saves: ['checkpoint-1.w2v', 'checkpoint-2.w2v'],
  format: 2,
  facts: {
    epochs: natural,
    tokens: natural,
    seconds: amount,
    tally: fieldsOf<keyof Tally>({
      words: natural,
      centers: natural,
      loss: amounts,
      examples: amounts,
      worst: amount,
      worstAt: amount,
    }),
  },
  arrays: { input: Float32Array, output: Float32Array, position: Float64Array },
  misfit({ epochs, tokens, tally, identity: { vocabulary, dim }, arrays: { input, output } }) {
    if (tally.words > epochs * tokens) return `${tally.words} words of ${epochs * tokens} are trained`;
    if (tally.loss.length !== epochs || tally.examples.length !== epochs) {
      return `the losses are of ${tally.loss.length} epochs, expected ${epochs}`;
    }
    const fits = output === Number(vocabulary) * Number(dim) && input >= output && (input - output) % Number(dim) === 0;
    return fits ? undefined : `matrices of ${input} and ${output} numbers do not fit its settings`;
  },
};

/** For `newest` of the store: what a wrong position is. */
export function flawOf(_header: unknown, { position }: TrainingArrays): string | undefined {
  return isNatural(position[0]) ? undefined : `its position is ${position[0]}`;
}
