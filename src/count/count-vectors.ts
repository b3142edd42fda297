// Makes count-based word vectors: corpus -> co-occurrence counts -> PPMI -> truncated SVD -> word vectors
// (Levy, Goldberg & Dagan 2015): W = U S^eig, or W + C with context vectors C = V S^eig (their section 3.3).

import { countDefaults, countRanges } from '../base/defaults.ts';
import { usage, W2vError } from '../base/errors.ts';
import { checkOptionNames, namesOf } from '../base/option-names.ts';
import { checkRanges, real, whole } from '../base/ranges.ts';
import { checkCorpus, type EncodedCorpus } from '../corpus/encoded-corpus.ts';
import type { SparseVectors } from '../vectors/sparse-matrix.ts';
import { nonzeros } from '../vectors/sparse-matrix.ts';
import type { WordVectors } from '../vectors/word-vectors.ts';
import {
  boundsOf,
  type CooccurrenceSettings,
  type CountLimits,
  countCooccurrences,
} from './cooccurrence/cooccurrence.ts';
import { type PpmiSettings, ppmi } from './ppmi.ts';
import { type SvdSettings, type TruncatedSvd, truncatedSvd } from './svd/truncated-svd.ts';

/** All settings that affect the result; countDefaults has the defaults and their sources. */
export interface CountSettings extends CooccurrenceSettings, PpmiSettings, SvdSettings {
  /** Exponent of the singular values: 1 is the plain SVD; 0.5 and 0 work better (Levy et al. 2015, section 3.3). */
  eig: number;
  /** W + C instead of W alone. */
  addContext: boolean;
}

/** What was counted, what is left of it, and the time it took. */
export interface CountReport {
  /** V, and the number of tokens counted. */
  vocabulary: number;
  tokens: number;
  /** Nonzeros of the co-occurrence matrix, and of the PPMI matrix (0 if none was made). */
  cooccurrences: number;
  nonzeros: number;
  /** Sorted runs on disk that were merged, and bytes written. */
  runs: number;
  spilledBytes: number;
  /** (D) singular values, and their share of the PPMI matrix's squared norm; empty and 0 without an SVD. */
  singularValues: number[];
  keptShare: number;
  seconds: { count: number; ppmi: number; svd: number };
}

/** Settings of counting, PPMI and SVD; those left out are `countDefaults`. */
export type CountOptions = Partial<CountSettings>;

const settingNames = namesOf<CountSettings>({
  window: true,
  weighting: true,
  directional: true,
  sample: true,
  sampling: true,
  seed: true,
  cds: true,
  shift: true,
  base: true,
  dim: true,
  iterations: true,
  oversample: true,
  eig: true,
  addContext: true,
});
const limitNames = namesOf<CountLimits>({
  memory: true,
  threads: true,
  temporaryDirectory: true,
  onProgress: true,
  signal: true,
  tokensPerDrain: true,
  checkpoint: true,
  counted: true,
});

const limitRanges = { threads: whole(1, 1024), memory: real(0, Number.MAX_SAFE_INTEGER, { above: true }) };

/** The settings with all defaults. Throws `usage` for an unknown name, or one that belongs to another argument. */
function countSettings(task: string, options: CountOptions, limits: CountLimits): CountSettings {
  checkOptionNames(task, options, settingNames, { names: limitNames, place: 'the third argument' });
  checkOptionNames(task, limits, limitNames, { names: settingNames, place: 'the second argument' });
  checkRanges(limitRanges, { threads: limits.threads, memory: limits.memory });
  const { memory: _, ...standard } = countDefaults;
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings = { ...standard, ...Object.fromEntries(given) };
  checkRanges(countRanges, settings);
  return settings;
}

/** Co-occurrence counts as a sparse matrix with its words. Throws as `countCooccurrences` does. */
export async function countMatrix(
  corpus: EncodedCorpus,
  options: CountOptions = {},
  limits: CountLimits = {},
): Promise<{ vectors: SparseVectors; report: CountReport }> {
  checkCorpus(corpus);
  const settings = countSettings('countMatrix', options, limits);
  const started = performance.now();
  const { matrix, runs, spilledBytes } = await countCooccurrences(corpus, settings, limits);
  const report: CountReport = {
    ...{ vocabulary: corpus.vocabulary.words.length, tokens: corpus.tokens },
    ...{ cooccurrences: nonzeros(matrix), nonzeros: 0, runs, spilledBytes, singularValues: [], keptShare: 0 },
    seconds: { count: secondsSince(started), ppmi: 0, svd: 0 },
  };
  return { vectors: { words: corpus.vocabulary.words, matrix }, report };
}

/** The PPMI matrix with its words. Throws as `countCooccurrences` and `ppmi` do. */
export async function ppmiMatrix(
  corpus: EncodedCorpus,
  options: CountOptions = {},
  limits: CountLimits = {},
): Promise<{ vectors: SparseVectors; report: CountReport }> {
  checkCorpus(corpus);
  const settings = countSettings('ppmiMatrix', options, limits);
  const { vectors, report } = await countMatrix(corpus, settings, limits);
  const started = performance.now();
  const matrix = await ppmi(vectors.matrix, settings, limits);
  report.nonzeros = nonzeros(matrix);
  report.seconds.ppmi = secondsSince(started);
  return { vectors: { words: vectors.words, matrix }, report };
}

const FEWEST = 2; // words; with fewer, vectors are meaningless

/**
 * Word vectors by the SVD of the PPMI matrix. Throws `usage` for settings out of range or D above the vocabulary's size
 * (before anything is counted), `diverged`, and as the three stages do.
 */
export async function countVectors(
  corpus: EncodedCorpus,
  options: CountOptions = {},
  limits: CountLimits = {},
): Promise<{ vectors: WordVectors; report: CountReport }> {
  checkCorpus(corpus);
  const settings = countSettings('countVectors', options, limits);
  const V = corpus.vocabulary.words.length;
  if (V > 0 && V <= FEWEST && settings.dim > V) {
    throw new W2vError(
      'corpus-empty',
      `the vocabulary has ${V === 1 ? 'one word' : `${V} words`}, too few for vectors`,
      'lower { minCount }, or give a longer text',
    );
  }
  if (V > 0 && settings.dim > V) {
    throw usage(
      `dim is ${settings.dim}, but a vocabulary of ${V} words has at most ${V} dimensions`,
      `give { dim: ${Math.min(countDefaults.dim, V)} } or less, or a longer text`,
    );
  }
  checkEmbedding(settings);
  const { vectors, report } = await ppmiMatrix(corpus, settings, limits);
  const started = performance.now();
  const svd = await truncatedSvd(vectors.matrix, settings, { ...limits, ...boundsOf(limits) });
  const matrix = embedding(svd, settings);
  requireFinite(matrix, settings);
  report.singularValues = [...svd.singularValues];
  report.keptShare = svd.keptShare;
  report.seconds.svd = secondsSince(started);
  return { vectors: { words: vectors.words, matrix, dimensions: settings.dim }, report };
}

/** Throws `diverged`: the logarithm to a base just above 1, or a high power of the singular values, exceeds 32 bits. */
function requireFinite(matrix: Float32Array, { base = Math.E, eig }: CountSettings): void {
  if (matrix.every(Number.isFinite)) return;
  const observed = `the vectors have numbers that are infinite or not a number (base ${base}, eig ${eig})`;
  throw new W2vError('diverged', observed, 'leave out { base }, or give a lower { eig }');
}

/** (V, D) U S^eig, plus V S^eig if contexts are added; overwrites U. */
export function embedding(
  { u, v, singularValues }: TruncatedSvd,
  { eig, addContext }: Pick<CountSettings, 'eig' | 'addContext'>,
): Float32Array {
  const D = singularValues.length;
  const scale = singularValues.map((value) => (value > 0 ? value ** eig : 0));
  for (let i = 0; i < u.length; i++) {
    u[i] = ((u[i] as number) + (addContext ? (v[i] as number) : 0)) * (scale[i % D] as number);
  }
  return u;
}

function checkEmbedding({ addContext, directional }: CountSettings): void {
  if (addContext && directional) {
    throw usage(
      'addContext and directional exclude each other: with directional contexts each word has two context vectors',
      'leave out { addContext }',
    );
  }
}

function secondsSince(started: number): number {
  return (performance.now() - started) / 1000;
}
