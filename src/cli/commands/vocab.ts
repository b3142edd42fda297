// w2v vocab CORPUS...: the words of a text and how often each occurs.
import { once } from 'node:events';
import type { Command } from 'commander';
import { counted } from '../../base/format-numbers.ts';
import { type Vocabulary, vocabularyPieces } from '../../corpus/vocabulary.ts';
import type { ByteSink } from '../../files/output.ts';
import { writeFiles } from '../../files/write-files.ts';
import { type CommandContext, forStream, printJson, say, withProgress } from '../context.ts';
import { secondsSince } from '../from-corpus.ts';
import { wordsOnCluster } from '../on-cluster.ts';
import { clusterAddress, countingOnCluster, withCluster } from '../options/cluster.ts';
import { corpora, countedWords, readWords, sayDropped } from '../options/corpus.ts';
import { declare, type OptionsOf, titled, without } from '../options/option.ts';
import { quotedForShell, textOutput } from '../options/output.ts';
import { temporary, threads } from '../options/run.ts';

const vocabOptions = withCluster(
  [...countedWords, ...titled('Run:', threads, temporary), ...countingOnCluster, ...textOutput],
  {
    threads: [without('on', 'the executors do the work')],
    temporary: [without('on', 'the executors do the work')],
  },
);

type VocabOptions = OptionsOf<typeof vocabOptions>;

const examples = `Examples:
  w2v vocab notes.txt | head         the most frequent words: word, tab, count
  w2v vocab texts/ -o words.tsv      a file that 'w2v train --vocab' reads
  w2v vocab corpus:mix --min-count 100
  w2v vocab s3a://bucket/wiki -o words.tsv --on sc://host:15002
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: [corpora], options: vocabOptions });
  command.action((names: string[], options: VocabOptions) => run(context, names, options));
}

async function run(context: CommandContext, corpora: string[], options: VocabOptions): Promise<void> {
  const { output, force, signal } = { ...options, signal: context.signal };
  const quiet = options.quiet === true;
  const remote = clusterAddress(context, options);
  const toFile = output !== '-';

  const started = performance.now();
  const counts = await withProgress(context, quiet, ({ onProgress }) =>
    remote
      ? wordsOnCluster(context, remote, corpora, options, onProgress)
      : readWords(context, corpora, options, onProgress),
  );
  const read = secondsSince(started);
  const { vocabulary } = counts;
  if (toFile) await writeFiles([{ path: output, content: (sink) => writeWords(vocabulary, sink) }], { force, signal });
  else {
    for (const piece of vocabularyPieces(vocabulary)) {
      if (!context.stdout.write(forStream(context.stdout, piece))) await once(context.stdout, 'drain', { signal });
    }
  }

  const total = secondsSince(started);
  if (options.json) {
    const { length: words } = vocabulary.words;
    printJson(context, {
      command: 'vocab',
      vocabulary: words,
      tokens: vocabulary.total,
      dropped: counts.dropped,
      cleaned: counts.source.cleaned ?? null,
      joined: counts.source.joined ?? null,
      ...('cluster' in counts && { cluster: counts.cluster }),
      seconds: { read, write: total - read, total },
      output,
    });
  }
  if (quiet) return;
  sayDropped(context, counts);
  const figures = `${counted(vocabulary.words.length, 'word')}, ${counted(vocabulary.total, 'occurrence')}`;
  if (!toFile) return;
  const [vocabFile, ...texts] = [output, ...corpora].map(quotedForShell);
  const next = remote ? `count --on ${remote.address}` : 'train';
  say(context, `Wrote ${output} (${figures}). Try: w2v ${next} ${texts.join(' ')} --vocab ${vocabFile} -o vectors.bin`);
}

async function writeWords(vocabulary: Vocabulary, sink: ByteSink): Promise<void> {
  for (const piece of vocabularyPieces(vocabulary)) await sink.write(Buffer.from(piece));
}
