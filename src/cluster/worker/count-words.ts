// Counts the words of the lines that an executor gets, with the place where each came first: the file's number, the
// start of the block of the file, and a number that grows with the words of the block. The smallest of these places, of
// all executors, is where the word comes first in the corpus.
import { createTokenRules } from '../../corpus/token-rules.ts';
import { createTokenizer } from '../../corpus/tokenize.ts';
import { blocksOf, fileNumbers, type RowWriter } from './rows.ts';
import { TEXT_NUMBERS, type WorkerSettings } from './settings.ts';

/** Rows: word, count, file, start, place. */
export async function countPartitionWords(
  input: AsyncIterable<Uint8Array>,
  { tokenizer: name, keepCase, files }: WorkerSettings,
  rows: RowWriter,
): Promise<void> {
  const numberOf = fileNumbers(files!);
  const tokenizer = createTokenizer(createTokenRules(name, keepCase), () => {});
  /** Blocks in the order of the corpus, each with the first id that it may have given. */
  let blocks: { file: number; start: number; firstId: number }[] = [];
  let bytes = 0;

  async function writeWords(): Promise<void> {
    const types = tokenizer.types.countedTypes();
    let block = 0;
    for (let id = blocks[0]?.firstId ?? 0; id < types.size; id++) {
      while (block + 1 < blocks.length && blocks[block + 1].firstId <= id) block++;
      if (types.counts[id] === 0) continue;
      const { file, start } = blocks[block];
      await rows.write(`${types.word(id)}\t${types.counts[id]}\t${file}\t${start}\t${id}\n`);
    }
  }

  tokenizer.startFile('the corpus', 0);
  for await (const { file: uri, start, text } of blocksOf(input)) {
    const file = numberOf(uri);
    const before = blocks.at(-1);
    if (before?.file !== file || before.start !== start) {
      // Spark reads large files first: a word met in a later file may still come in an earlier one.
      if (before && (file < before.file || (file === before.file && start < before.start))) {
        await writeWords();
        tokenizer.types.clear();
        blocks = [];
      }
      blocks.push({ file, start, firstId: tokenizer.types.size() });
    }
    bytes += text.length;
    tokenizer.write(text);
  }
  tokenizer.endFile();
  await writeWords();
  const overall = { lines: tokenizer.lines(), bytes, overlong: tokenizer.overlongTokens() };
  for (const [what, amount] of Object.entries(overall)) {
    await rows.write(`${TEXT_NUMBERS[what as keyof typeof overall]}\t${amount}\t0\t0\t0\n`);
  }
}
