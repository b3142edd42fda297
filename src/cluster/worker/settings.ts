// What a worker on an executor is asked to do. The settings come as an argument of its command line.
import type { TokenizerName } from '../../corpus/tokenizers/tokenizers.ts';
import type { Weighting } from '../../count/cooccurrence/window-weights.ts';

/** Tokenizers that are tables of characters: they split alike on every machine, whatever its Node was built with. */
export const clusterTokenizers = ['words', 'whitespace', 'jamo'] as const satisfies readonly TokenizerName[];
export type ClusterTokenizer = (typeof clusterTokenizers)[number];

export interface WorkerSettings {
  tokenizer: ClusterTokenizer;
  keepCase: boolean;
  /** `vocabulary`: a file with the URIs of the corpus, in its order, one a line. */
  files?: string;
  /** All but `vocabulary`: the vocabulary file. `count` and `merge`: how pairs are counted. */
  vocabulary?: string;
  window?: number;
  weighting?: Weighting;
  directional?: boolean;
  parts?: number;
  /**
   * Training: a file with the plan of the rounds; the number of the round, and a file with the model it begins with.
   */
  round?: string;
  roundNumber?: number;
  model?: string;
}

export type WorkerMode = 'vocabulary' | 'count' | 'merge' | 'encode' | 'measure' | 'train' | 'combine';

/** Bytes for counting in a worker; one runs for each core of an executor, beside the memory of its JVM. */
export const WORKER_MEMORY = 512e6;

/** Names of the rows that are numbers of a text and not words: they begin with a space, which no word has. */
export const TEXT_NUMBERS = { lines: ' lines', bytes: ' bytes', overlong: ' overlong' } as const;

/** Settings as a word that shells and SQL leave alone. */
export function settingsWord(settings: WorkerSettings): string {
  return Buffer.from(JSON.stringify(settings)).toString('base64url');
}

export function readSettings(word: string): WorkerSettings {
  return JSON.parse(Buffer.from(word, 'base64url').toString()) as WorkerSettings;
}
