// A command line of word2vec.c, fastText or gensim as it is pasted: which of our commands it means.

/** Their commands, as the first words of ours. */
const commands = new Map<string | undefined, readonly string[]>([
  ['-train', ['train', '-train']], // word2vec.c and gensim's word2vec_standalone have no commands
  ['skipgram', ['train', '--model', 'skipgram']],
  ['cbow', ['train', '--model', 'cbow']],
  ['analogies', ['analogy']],
  ['print-word-vectors', ['vector']],
  ['print-sentence-vectors', ['embed']],
  ['distance', ['nearest']],
  ['most_similar', ['nearest']],
  ['most-similar', ['nearest']],
  ['doesnt_match', ['odd']],
  ['predict_output_word', ['predict']],
]);

/** `skipgram -input a.txt ...` -> `train --model skipgram -input a.txt ...`; all else as it is. */
export function translateCommand(args: readonly string[]): readonly string[] {
  const ours = commands.get(args[0]);
  return ours === undefined ? args : [...ours, ...args.slice(1)];
}
