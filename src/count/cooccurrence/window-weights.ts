// Weights of a word pair at distance d = 1 .. W. Each weight is a whole multiple of 1 / unit, so sums are exact:
//   flat      1                 unit 1
//   dynamic   (W + 1 - d) / W   unit W             expectation of word2vec's window, drawn uniformly from 1 .. W
//   harmonic  1 / d             unit lcm(1 .. W)   as in GloVe; for W > 22 the nearest multiple of 2^-32
import { countRanges } from '../../base/defaults.ts';
import { checkRanges } from '../../base/ranges.ts';

export type Weighting = (typeof countRanges.weighting.names)[number];

export interface WindowWeights {
  unit: number;
  /** (W + 1) weight of each distance in units; entry 0 is for every distance if the weight does not vary. */
  multiples: bigint[];
  /** Whether the weight depends on the distance. */
  varies: boolean;
}

const LARGEST_EXACT_HARMONIC = 22; // lcm(1 .. 22) = 232,792,560; the next is 23 times that, too much for 64-bit sums

export function windowWeights(weighting: Weighting, window: number): WindowWeights {
  checkRanges(countRanges, { window, weighting });
  const distances = Array.from({ length: window }, (_, i) => i + 1);
  if (weighting === 'flat' || window === 1) {
    return { unit: 1, multiples: new Array(window + 1).fill(1n), varies: false };
  }
  if (weighting === 'dynamic') {
    return { unit: window, multiples: [0n, ...distances.map((d) => BigInt(window + 1 - d))], varies: true };
  }
  const unit = window <= LARGEST_EXACT_HARMONIC ? distances.reduce(leastCommonMultiple) : 2 ** 32;
  return { unit, multiples: [0n, ...distances.map((d) => BigInt(Math.round(unit / d)))], varies: true };
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
