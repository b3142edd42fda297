// The mean loss of an example before training, in nats: what each loss says where every score is 0. Losses of different
// kinds compare by how far they are below it.
import { codeLengths, type HuffmanTree, huffmanTree } from '../corpus/huffman.ts';
import type { TrainSettings } from './settings.ts';

/**
 * (1 + negative) log 2 decisions of negative sampling; as many log 2 as a word of the text has decisions in the mean,
 * for hierarchical softmax; log V for the softmax over all words.
 *
 * @param counts (V) of the vocabulary; @param tree that of `counts`, if it is built
 */
export function untrainedLoss(
  { loss, negative }: Pick<TrainSettings, 'loss' | 'negative'>,
  counts: Float64Array,
  tree?: HuffmanTree,
): number {
  if (loss === 'ns') return (1 + negative) * Math.LN2;
  if (loss === 'softmax') return Math.log(counts.length);
  const lengths = codeLengths(tree ?? huffmanTree(counts));
  const [decisions, words] = counts.reduce(([sum, all], count, i) => [sum + count * lengths[i], all + count], [0, 0]);
  return (decisions / words) * Math.LN2;
}
