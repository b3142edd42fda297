// w2v phrases CORPUS... -o FILE: finds the phrases of a text, for --phrases.
import type { Command } from 'commander';
import { byteSize, counted, duration, thousands } from '../../base/format-numbers.ts';
import { findPhrases } from '../../corpus/phrases/find-phrases.ts';
import { formatPhrases } from '../../corpus/phrases/phrases-file.ts';
import { writeFiles } from '../../files/write-files.ts';
import { type CommandContext, forStream, printJson, say, withProgress } from '../context.ts';
import { secondsSince } from '../from-corpus.ts';
import { cleanedLine, cleaning } from '../options/cleaning.ts';
import { corpora, pathsOf, splitting, tokenizerOf } from '../options/corpus.ts';
import { declare, type OptionsOf, titled } from '../options/option.ts';
import { quotedForShell, textOutput } from '../options/output.ts';
import { findingPhrases } from '../options/phrases.ts';
import { temporary, threads } from '../options/run.ts';

const phrasesOptions = [
  ...findingPhrases,
  ...cleaning,
  ...splitting,
  ...titled('Run:', threads, temporary),
  ...textOutput,
] as const;

type PhrasesCommandOptions = OptionsOf<typeof phrasesOptions>;

const examples = `Examples:
  w2v phrases notes.txt -o phrases.tsv        new york, machine learning ...
  w2v phrases texts/ -o phrases.tsv --passes 2 --connector-words english
  w2v train texts/ --phrases phrases.tsv -o vectors.bin
  w2v nearest vectors.bin 'new york'          finds new_york
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, { operands: [corpora], options: phrasesOptions });
  command.action((names: string[], options: PhrasesCommandOptions) => run(context, names, options));
}

async function run(context: CommandContext, corpora: string[], options: PhrasesCommandOptions): Promise<void> {
  const { output, force, temporary: temporaryDirectory, json, quiet = false } = options;
  const { stdin, signal } = context;
  const toFile = output !== '-';
  const started = performance.now();
  const { phrases, source, tokens, joinedTokens } = await withProgress(context, quiet, async ({ onProgress }) => {
    const { passes, scorer, threshold, minCount, connectorWords, delimiter, pruneVocab } = options;
    const { threads, encoding, strip, digits, sentences } = options;
    return findPhrases(await pathsOf(context, corpora, onProgress), {
      ...{ passes, scorer, threshold, minCount, delimiter, pruneVocab },
      connectorWords: connectorWords?.words ?? [],
      ...tokenizerOf(options),
      ...{ encoding, strip, digits, sentences, threads, temporaryDirectory, stdin, signal, onProgress },
    });
  });
  const find = secondsSince(started);
  const text = formatPhrases(phrases);
  if (toFile) {
    const content = Buffer.from(text);
    await writeFiles([{ path: output, content: (sink) => sink.write(content) }], { force, signal });
  } else context.stdout.write(forStream(context.stdout, text));

  const found = phrases.passes.map((pass) => pass.length);
  const total = found.reduce((sum, count) => sum + count, 0);
  if (json) {
    const { passes: _, ...settings } = phrases;
    const seconds = { find, total: secondsSince(started) };
    printJson(context, {
      command: 'phrases',
      phrases: total,
      passes: found,
      tokens,
      joinedTokens,
      ...settings,
      seconds,
      output,
    });
  }
  if (quiet) return;
  say(context, `Read ${byteSize(source.bytes)} in ${duration(find)}: ${counted(tokens, 'word')}`);
  if (source.cleaned) say(context, cleanedLine(source.cleaned));
  const passes =
    found.length > 1 ? ` (${found.map((count, at) => `pass ${at + 1}: ${thousands(count)}`).join(', ')})` : '';
  say(context, `Found ${counted(total, 'phrase')}${passes}; joined, the text has ${counted(joinedTokens, 'word')}`);
  if (total === 0) say(context, `Lower --threshold (${phrases.threshold}) or --min-count (${phrases.minCount})`);
  if (!toFile) return;
  const [file, ...texts] = [output, ...corpora].map(quotedForShell);
  say(context, `Wrote ${output}. Try: w2v train ${texts.join(' ')} --phrases ${file} -o vectors.bin`);
}
