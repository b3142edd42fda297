// The settings of what a cluster counts.
import type { Weighting } from '../count/cooccurrence/window-weights.ts';
import type { ClusterTokenizer } from './worker/settings.ts';

export interface ClusterTokenizing {
  tokenizer: ClusterTokenizer;
  keepCase: boolean;
}

export interface WordLimits {
  minCount: number;
  /** 0: no limit. */
  maxVocab: number;
  stopWords: readonly string[];
}

export interface PairSettings {
  window: number;
  weighting: Weighting;
  directional: boolean;
}
