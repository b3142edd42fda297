// The two matrices of one training: the vectors, and the output matrix that their manifest or the command line names.
import path from 'node:path';
import { missing, usage, W2vError } from '../base/errors.ts';
import { quotable } from '../base/printable.ts';
import { finishInTurns } from '../base/steps.ts';
import { type Manifest, manifestPath, matrixHash } from '../formats/manifest.ts';
import { kindOfPair } from '../query/predict-word.ts';
import { shiftSteps } from '../vectors/center.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import { type CommandContext, withProgress } from './context.ts';
import { loadDenseVectors, manifestBeside } from './open-vectors.ts';
import { quotedForShell } from './options/output.ts';

export interface TrainedPair {
  vectors: WordVectors;
  contextVectors: WordVectors;
  kind: ReturnType<typeof kindOfPair>;
  /** Undefined where the vectors have none: another program made them. */
  manifest: Manifest | undefined;
}

/**
 * Throws `usage` where no output matrix is named, or the two do not belong together; `file-missing` where it is gone;
 * and as reading vectors does.
 */
export async function openTrainedPair(
  context: CommandContext,
  file: string,
  named: string | undefined,
  quiet: boolean,
): Promise<TrainedPair> {
  const manifest = await manifestBeside(context, file, quiet);
  const outputFile = named ?? outputFileOf(file, manifest);
  return withProgress(context, quiet, async ({ onProgress }) => {
    const options = { onProgress, signal: context.signal };
    const vectors = await loadDenseVectors(context, file, options);
    const contextVectors = await loadDenseVectors(context, outputFile, options).catch((error: unknown) => {
      const isGone = named === undefined && error instanceof W2vError && error.code === 'file-missing';
      if (!isGone) throw error;
      const observed = `${outputFile}, the output matrix of ${file}, does not exist`;
      throw missing(observed, trainAgain(file, manifest));
    });
    const kind = kindOfPair(vectors, contextVectors);
    const expected = manifest?.outputVectors?.sha256;
    if (expected !== undefined && matrixHash(contextVectors.matrix) !== expected) {
      const observed = `${outputFile} is not the output matrix that was trained with ${file} (${manifestPath(file)} has its hash)`;
      throw usage(observed, trainAgain(file, manifest));
    }
    // Prediction is about the vectors that were trained.
    if (manifest?.mean?.length === vectors.dimensions) await finishInTurns(shiftSteps(vectors, manifest.mean, 1));
    return { vectors, contextVectors, kind, manifest };
  });
}

function outputFileOf(file: string, manifest: Manifest | undefined): string {
  if (manifest?.outputVectors !== undefined) return namedByManifest(file, manifest.outputVectors.file);
  const observed =
    manifest === undefined
      ? `${file} has no manifest that names its output matrix, and prediction needs both matrices`
      : manifest.route === 'count'
        ? `${file} was made by counting, and prediction needs the two matrices of a training`
        : manifest.route === 'combined'
          ? `${file} was combined from several vectors, and prediction needs the two matrices of a training`
          : `${file} was trained without --save-output, and prediction needs both matrices`;
  throw usage(observed, trainAgain(file, manifest));
}

/** A file beside the vectors or below their folder: whoever wrote the manifest does not choose what else is opened. */
function namedByManifest(file: string, named: string): string {
  const inside = path.normalize(named);
  if (!path.isAbsolute(inside) && inside.split(path.sep)[0] !== '..') return path.join(path.dirname(file), inside);
  const observed = `${manifestPath(file)} names ${quotable(named)} as the output matrix, which is outside the folder of ${file}`;
  throw usage(observed, 'if you trust it, name it: --output-vectors FILE');
}

function trainAgain(file: string, manifest: Manifest | undefined): string {
  const { dir, name, ext } = path.parse(file === '-' ? 'vectors.bin' : file);
  const output = path.join(dir, `${name}.out${ext}`);
  const both =
    manifest?.route === 'predict'
      ? `train again as before, with --force --save-output ${quotedForShell(output)}`
      : 'w2v train CORPUS -o vectors.bin --save-output vectors.out.bin makes both';
  return `${both}; or name the output matrix: --output-vectors FILE`;
}
