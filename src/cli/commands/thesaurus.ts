// w2v thesaurus WORD...: senses, synonyms and hypernyms of a word in WordNet.
import type { ChalkInstance } from 'chalk';
import type { Command } from 'commander';
import { W2vError } from '../../base/errors.ts';
import { counted } from '../../base/format-numbers.ts';
import { quotable } from '../../base/printable.ts';
import { whole } from '../../base/ranges.ts';
import {
  describeWord,
  type HypernymTree,
  type SenseDescription,
  type WordDescription,
} from '../../thesaurus/describe-word.ts';
import { type CommandContext, printJson, printResult, printStyled, say, stdoutColors } from '../context.ts';
import { wordnet } from '../options/evaluate.ts';
import { within } from '../options/kinds.ts';
import { declare, type OptionsOf, option } from '../options/option.ts';
import { printingRecords, tsvLine } from '../options/print.ts';
import { tell } from '../problems.ts';
import { fitted } from '../terminal/text-width.ts';
import { loadWordNet } from '../test-sets.ts';

const thesaurusOptions = [
  option({
    flags: '--senses <n>',
    text: 'maximum number of senses per word; 0 shows all',
    takes: within(whole(0)),
    fallback: 0,
  }),
  wordnet,
  ...printingRecords,
] as const;

type ThesaurusCommandOptions = OptionsOf<typeof thesaurusOptions>;

const examples = `Examples:
  w2v thesaurus whale
  w2v thesaurus mice ran --senses 2      inflected forms are recognized
  w2v thesaurus bank --json
`;

export function define(command: Command, context: CommandContext): void {
  command.addHelpText('before', examples);
  declare(command, {
    operands: [{ name: '<word...>', text: 'words or phrases, in any case' }],
    options: thesaurusOptions,
  });
  command.action((words: string[], options: ThesaurusCommandOptions) => run(context, words, options));
}

async function run(context: CommandContext, words: string[], options: ThesaurusCommandOptions): Promise<void> {
  const quiet = options.quiet === true;
  const dictionary = await loadWordNet(context, options.wordnet);
  const known: WordDescription[] = [];
  const unknown: W2vError[] = [];
  for (const word of words) {
    const description = describeWord(dictionary, word);
    if (description.senses.length > 0) known.push(description);
    else {
      const isEnglish = !/\p{L}/u.test(word.replace(/\p{Script=Latin}/gu, ''));
      const hint = isEnglish
        ? 'try a base form, or word vectors: w2v nearest FILE WORD'
        : 'WordNet is English: give an English word, or ask word vectors: w2v nearest FILE WORD';
      unknown.push(new W2vError('word-unknown', `'${quotable(word)}' is not in WordNet ${dictionary.version}`, hint));
    }
  }
  const shown = (description: WordDescription) =>
    options.senses === 0 ? description.senses : description.senses.slice(0, options.senses);
  if (options.json) {
    printJson(
      context,
      known.map((description) => ({ ...description, senses: shown(description) })),
    );
  } else if (options.tsv) {
    for (const description of known) {
      const { word } = description;
      const line = ({ name, partOfSpeech, definition, synonyms }: SenseDescription) =>
        tsvLine([word, name, partOfSpeech, definition, synonyms.join(', ')]);
      printResult(context, shown(description).map(line));
    }
  } else {
    const colors = stdoutColors(context);
    for (const [at, description] of known.entries()) {
      if (at > 0) printResult(context, ['']);
      const lines = describedLines(description, shown(description), colors);
      printStyled(
        context,
        lines.map((line) => fitted(context.stdout, line)),
      );
      const hidden = description.senses.length - shown(description).length;
      if (hidden > 0 && !quiet) say(context, `${description.word}: ${counted(hidden, 'sense')} more (--senses 0)`);
    }
  }
  for (const error of unknown.slice(0, -1)) {
    tell(context, error);
  }
  const last = unknown.at(-1);
  if (last !== undefined) throw last;
}

function describedLines(
  { word, lemmas }: WordDescription,
  senses: readonly SenseDescription[],
  colors: ChalkInstance,
): string[] {
  const bases = [...new Set(lemmas.map(({ lemma }) => lemma))].filter((lemma) => lemma !== word.toLowerCase());
  const heading = bases.length > 0 ? `${word} (${bases.join(', ')})` : word;
  return [colors.bold(heading), ...senses.flatMap((sense, at) => senseLines(sense, at + 1, colors))];
}

function senseLines(sense: SenseDescription, number: number, colors: ChalkInstance): string[] {
  const lines = [
    `  ${number}. ${colors.cyan(sense.partOfSpeech)} ${colors.dim(sense.name)}  ${sense.definition}`,
    ...sense.examples.map((example) => colors.dim(`     "${example}"`)),
  ];
  if (sense.synonyms.length > 0) lines.push(`     same: ${sense.synonyms.join(', ')}`);
  for (const hypernym of sense.hypernyms) lines.push(...treeLines(hypernym, 5));
  return lines;
}

/** Each step up a little further in. */
function treeLines(tree: HypernymTree, indent: number): string[] {
  const article = /^[aeiou]/i.test(tree.words[0]) ? 'an' : 'a';
  const line = `${' '.repeat(indent)}is ${article} ${tree.words.slice(0, 3).join(', ')}`;
  return [line, ...tree.hypernyms.flatMap((above) => treeLines(above, indent + 2))];
}
