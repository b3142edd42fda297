// A language in which planted pairs are synonyms: sN and tN stand in the same sentences, among words of topic N alone,
// and never together.
import { createRandom } from '../../src/base/random.ts';

export const TOPICS = 12;

export function plantedText(sentences: number): string {
  const random = createRandom(7);
  const lines: string[] = [];
  for (let i = 0; i < sentences; i++) {
    const topic = random.below(TOPICS);
    const word = () => `w${topic}x${random.below(6)}`;
    lines.push([word(), word(), `${random.below(2) === 0 ? 's' : 't'}${topic}`, word(), word()].join(' '));
  }
  return lines.join('\n');
}

/** Of rows a and b of a (V, D) matrix. */
export function cosine(matrix: Float32Array, D: number, a: number, b: number): number {
  const row = (i: number) => matrix.subarray(i * D, (i + 1) * D);
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, d) => sum + value * y[d], 0);
  return dot(row(a), row(b)) / Math.sqrt(dot(row(a), row(a)) * dot(row(b), row(b)));
}
