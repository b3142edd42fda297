// Sizes of a call: batches in a call, streams in a batch, places of a stream.
import type { BatchShape } from '../batches.ts';
import type { TrainSettings } from '../settings.ts';

export interface TrainingShape extends BatchShape {
  /** S: batches trained in one call. */
  chain: number;
  /** Groups that the streams of a batch are divided into; divides B. */
  lanes: number;
}

/**
 * Chosen on English Wikipedia (docs/algorithms.md): smaller batches spend their time on calls, larger ones train from
 * rows that are too old. A short corpus has fewer streams, so that each reads a stretch of text much longer than its
 * windows.
 *
 * @param tokens words of one epoch
 */
export function trainingShape({ window, negative, threads, loss }: TrainSettings, tokens: number): TrainingShape {
  const isSoftmax = loss === 'softmax';
  // With the softmax, one stream: a batch is as large as a block of the portable engine.
  const streams = isSoftmax ? 1 : 2 * Math.max(1, Math.min(16, Math.floor(tokens / Math.max(2048, 16 * window))));
  const centers = 16;
  return {
    // A few calls an epoch at least, so that the loss is measured in each.
    chain: Math.max(1, Math.min(8, Math.floor(tokens / (8 * streams * centers)))),
    // The bytes are the same for any number of lanes. On two cores four lanes take a fifth more processor time than
    // two.
    lanes: isSoftmax ? 1 : threads >= 4 && streams % 4 === 0 ? 4 : 2,
    streams,
    centers,
    window,
    // 12 for `--negative 5`. With 8, CBOW loses two to three points on analogies (docs/algorithms.md).
    negatives: isSoftmax ? 0 : 4 * Math.max(3, Math.ceil(0.6 * negative)),
  };
}
