// The options of phrases: which are joined (--phrases), and how they are found (w2v phrases).

import { phraseDefaults, phraseRanges } from '../../base/defaults.ts';
import { englishConnectorWords, type Phrases } from '../../corpus/phrases/phrases.ts';
import { parsePhrases } from '../../corpus/phrases/phrases-file.ts';
import { sha256Of } from '../../files/sha256.ts';
import { wordList } from './cleaning.ts';
import { type Kind, text, within } from './kinds.ts';
import { option, titled } from './option.ts';
import { readSmallText } from './text-file.ts';

/** A phrases file that --phrases names. */
export interface PhrasesFile {
  file: string;
  /** Of its content. */
  sha256: string;
  phrases: Phrases;
}

const phrasesKind: Kind<PhrasesFile> = {
  parse: (file) => ({ file }) as PhrasesFile, // the rest by `load`
  path: 'reads',
  files: ({ file }) => [file],
  async load({ file }, context) {
    const content = await readSmallText(context, file, 'make it with: w2v phrases CORPUS -o FILE');
    return { file, sha256: sha256Of(Buffer.from(content)), phrases: parsePhrases(content, file) };
  },
};

export const phrases = option({
  flags: '--phrases <file>',
  text: "join each phrase in this file (from 'w2v phrases') into one word",
  takes: phrasesKind,
  shown: 'none',
});

const { threshold, passes, minCount, delimiter, pruneVocab, scorer } = phraseDefaults;

/** How phrases are found (w2v phrases). */
export const findingPhrases = titled(
  'Phrases:',
  option({
    flags: '--passes <n>',
    text: 'passes over the text; n passes find phrases of up to 2^n words',
    takes: within(phraseRanges.passes),
    fallback: passes,
    basic: true,
  }),
  option({
    flags: '--scorer <name>',
    text: 'default: (n(ab) - min-count) / (n(a) n(b)) x vocabulary (Mikolov et al. 2013); npmi: from -1 to 1',
    takes: within(phraseRanges.scorer),
    fallback: scorer,
    basic: true,
  }),
  option({
    flags: '--threshold <t>',
    text: `minimum score of a phrase, exclusive (default: ${threshold.default}, npmi ${threshold.npmi})`,
    takes: within(phraseRanges.threshold),
    basic: true,
  }),
  option({
    flags: '--min-count <n>',
    text: 'minimum number of occurrences of a phrase',
    takes: within(phraseRanges.minCount),
    fallback: minCount,
    basic: true,
  }),
  option({
    flags: '--connector-words <list|file>',
    text: 'words allowed inside a phrase but not at its ends: english (a, the, of, and ...), none, or a file of words',
    takes: wordList(englishConnectorWords),
    shown: 'none',
  }),
  option({
    flags: '--delimiter <text>',
    text: 'separator between the words of a joined phrase',
    takes: text({ isHarmless: true }),
    fallback: delimiter,
  }),
  option({
    flags: '--prune-vocab <n>',
    text: 'drop the rarest words and pairs when memory holds more than n different ones',
    takes: within(phraseRanges.pruneVocab),
    fallback: pruneVocab,
  }),
);
