// Answers in the page itself, from its vectors in 8 bits.
import { usage, W2vError } from '../../base/errors.ts';
import { thousands } from '../../base/format-numbers.ts';
import type { Answers } from '../answers.ts';
import { answersOf } from '../answers-of.ts';
import { dequantized } from '../quantized.ts';
import type { LoadedSpace } from './app.ts';
import type { LoadBlob } from './blobs.ts';

/** Milliseconds until the first picture is drawn, where the browser does not say (Safari). */
const IDLE = 1000;

/** The vectors are made from their blobs when the page has nothing else to do, or at the first question. */
export function localAnswers(spaces: readonly LoadedSpace[], blob: LoadBlob): Answers {
  const opened: (Promise<Answers> | undefined)[] = [];
  const open = async (file: number): Promise<Answers> => {
    const space = spaces[file];
    const { vectors, dimensions, list, textForm, name } = space;
    if (vectors === undefined || dimensions === undefined) {
      const observed = `this page has no vectors of ${name}`;
      throw usage(observed, 'open the file with w2v serve, or make the page with more room: w2v map --vectors');
    }
    const numbers = new Int8Array(await blob(vectors.numbers));
    const scales = new Float32Array(await blob(vectors.scales));
    const words = list.slice(0, vectors.rows);
    const matrix = dequantized({ numbers, scales }, dimensions);
    return answersOf([{ vectors: { words, matrix, dimensions, source: name }, textForm }]);
  };
  const ask = async <T>(file: number, question: (answers: Answers) => Promise<T>): Promise<T> => {
    opened[file] ??= open(file);
    try {
      return await question(await opened[file]);
    } catch (error) {
      const { vectors, vocabulary } = spaces[file];
      const rows = vectors?.rows ?? vocabulary;
      if (!(error instanceof W2vError) || error.code !== 'word-unknown' || rows === vocabulary) throw error;
      const hint = `this page has the vectors of the first ${thousands(rows)} words; w2v serve answers about all of them`;
      throw new W2vError(error.code, error.message, hint);
    }
  };
  // A first question, so that those of the user find everything ready.
  const warmUp = () => {
    for (const [file, { vectors, list }] of spaces.entries()) {
      if (vectors !== undefined) void ask(file, (answers) => answers.nearest(0, list[0], 1)).catch(() => {});
    }
  };
  if ('requestIdleCallback' in globalThis) requestIdleCallback(warmUp);
  else setTimeout(warmUp, IDLE);
  return {
    nearest: (file, query, k) => ask(file, (answers) => answers.nearest(0, query, k)),
    analogy: (file, question, k) => ask(file, (answers) => answers.analogy(0, question, k)),
    similarities: (file, pairs) => ask(file, (answers) => answers.similarities(0, pairs)),
    axes: (file, words, axes) => ask(file, (answers) => answers.axes(0, words, axes)),
    association: (file, test) => ask(file, (answers) => answers.association(0, test)),
  };
}
