// Converts scores to the JSON of the command line (field names are part of its contract); null for missing values.
import type { AnalogiesResult } from '../evaluate/analogy-scores.ts';
import type { SystemScores } from '../evaluate/compare-files.ts';

export interface PairsScore {
  set: string;
  spearman: number | null;
  low: number | null;
  high: number | null;
  /** Seeds the figures are means of, and their standard deviation over these; null for one. */
  seeds: number;
  deviation: number | null;
  used: number;
  total: number;
  answered: number;
}

export interface AnalogyScores {
  accuracy: number | null;
  low: number | null;
  high: number | null;
  /** Seeds the figures are means of, and their standard deviation over these; null for one. */
  seeds: number;
  deviation: number | null;
  correct: number;
  used: number;
  total: number;
  sections: { section: string; accuracy: number | null; correct: number; used: number; total: number }[];
}

export interface AnalogiesScore extends AnalogyScores {
  set: string;
  /** The values are those of 3CosAdd; `mul` has those of 3CosMul. */
  method: 'add';
  mul?: AnalogyScores;
}

export function pairsDocument({ pairs }: SystemScores): PairsScore[] {
  return pairs.map(({ set, spearman = null, low = null, high = null, seeds, deviation = null, ...rest }) => {
    const { used, total, answered } = rest;
    return { set, spearman, low, high, seeds, deviation, used, total, answered };
  });
}

export function analogiesDocument({ analogies }: SystemScores): AnalogiesScore[] {
  return analogies
    .filter(({ method }) => method === 'add')
    .map((add) => {
      const mul = analogies.find(({ set, method }) => set === add.set && method === 'mul');
      return { set: add.set, method: 'add', ...analogyScores(add), ...(mul && { mul: analogyScores(mul) }) };
    });
}

function analogyScores(result: AnalogiesResult): AnalogyScores {
  const { accuracy = null, low = null, high = null, seeds, deviation = null, correct, used, total } = result;
  const sections = result.sections.map((section) => ({ ...section, accuracy: section.accuracy ?? null }));
  return { accuracy, low, high, seeds, deviation, correct, used, total, sections };
}
