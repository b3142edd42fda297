// The manifest of trained vectors: settings, what the training started from, shards, cluster, losses.
import { dirname, relative } from 'node:path';
import type { Cluster } from '../cluster/cluster.ts';
import type { EncodedCorpus } from '../corpus/encoded-corpus.ts';
import { type Manifest, matrixHash } from '../formats/manifest.ts';
import type { TrainResult } from '../train/train.ts';
import { manifestOf } from './from-corpus.ts';
import type { TrainCommandOptions } from './options/train.ts';

export function startedFrom(
  { initVectors, freeze = false }: TrainCommandOptions,
  { initWords, newWords, keptWords, lostWords }: TrainResult,
) {
  if (initVectors === undefined) return undefined;
  return { file: initVectors, words: initWords, frozen: freeze, new: newWords, kept: keptWords, lost: lostWords };
}

export function trainManifest(
  corpus: EncodedCorpus,
  options: TrainCommandOptions,
  result: TrainResult,
  {
    seconds,
    cluster,
    ...facts
  }: Pick<Manifest, 'mean'> & {
    seconds: { read: number; train: number };
    cluster: Cluster['facts'] | undefined;
  },
): Promise<Manifest> {
  const { settings, lossByEpoch, engine, versions, repeatable } = result;
  const initVectors = startedFrom(options, result);
  const { output, saveOutput } = options;
  return manifestOf(corpus, options, {
    command: 'train',
    route: 'predict',
    options: { ...settings, ...(options.center && { center: true }), ...(cluster && { cluster }) },
    seed: settings.seed,
    dimensions: settings.dim,
    vocabulary: result.vectors.words.length,
    ...(initVectors && { initVectors }),
    ...(result.rounds && { rounds: result.rounds }),
    ...(saveOutput !== undefined && {
      outputVectors: { file: relative(dirname(output), saveOutput), sha256: matrixHash(result.contextVectors.matrix) },
    }),
    ...facts,
    lossByEpoch,
    seconds,
    engine: { name: engine, versions: { node: process.versions.node, ...versions } },
    repeatable,
  });
}
