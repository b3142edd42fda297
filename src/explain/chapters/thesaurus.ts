// Chapter `thesaurus`: the text's words in WordNet, which people made by hand, and words it does not have. The caller
// provides WordNet: a browser has none, the command reads its files.
import { type Block, type Chapter, heading, paragraph, table } from '../blocks.ts';
import type { Lesson } from '../lesson.ts';

export interface ThesaurusEntry {
  /** Number of senses; 0 where the thesaurus does not have the word. */
  senses: number;
  /** Of the first sense. */
  definition: string;
  /** Of all senses, each once, those of the first sense first. */
  synonyms: readonly string[];
  /** What the first sense is a kind of, nearest first. */
  kindOf: readonly string[];
}

/** undefined: this word cannot be looked up now. */
export type LookUp = (word: string) => ThesaurusEntry | undefined;

/** Words that came into use after WordNet 3.1 (2011), or changed what they mean. */
const newWords = ['selfie', 'smartphone', 'crowdfunding', 'emoji', 'hashtag', 'podcast'];
/** Words with synonyms that mean something slightly different. */
const shades = ['child', 'father', 'car', 'mistake'];

/** Without `lookUp` the chapter says how to get WordNet. */
export function thesaurusChapter({ words, strings }: Lesson, lookUp?: LookUp): Chapter {
  const say = strings.thesaurus;
  const blocks: Block[] = [paragraph(say.intro)];
  if (lookUp === undefined) blocks.push(paragraph(say.missing), paragraph(say.get));
  else blocks.push(...entryBlocks(words, lookUp, say));
  blocks.push(heading(say.limitsHeading), ...say.limits.map(paragraph));
  return { name: 'thesaurus', title: say.title, blocks };
}

function entryBlocks(words: readonly string[], lookUp: LookUp, say: Lesson['strings']['thesaurus']): Block[] {
  const entries = words.map((word) => ({ word, entry: lookUp(word) }));
  const known = entries.flatMap(({ word, entry }) =>
    entry !== undefined && entry.senses > 0 ? [{ word, entry }] : [],
  );
  const quoted = (wanted: (entry: ThesaurusEntry | undefined) => boolean) =>
    entries.flatMap(({ word, entry }) => (wanted(entry) ? [`"${word}"`] : [])).join(', ');
  const unknown = quoted((entry) => entry?.senses === 0);
  const notAsked = quoted((entry) => entry === undefined);
  return [
    table(
      say.entries,
      [{ title: say.word }, { title: say.senses }, { title: say.synonyms }, { title: say.kindOf }],
      known.map(({ word, entry }) => [word, entry.senses, firstOf(entry.synonyms), firstOf(entry.kindOf)]),
    ),
    table(
      say.definitions,
      [{ title: say.word }, { title: say.definition }],
      known.map(({ word, entry }) => [word, entry.definition]),
    ),
    ...(unknown === '' && notAsked === '' ? [paragraph(say.allKnown)] : []),
    ...(unknown === '' ? [] : [paragraph(say.unknown(unknown))]),
    ...(notAsked === '' ? [] : [paragraph(say.notAsked(notAsked))]),
    table(
      say.newWords,
      [{ title: say.word }, { title: say.senses }],
      newWords.map((word) => [word, lookUp(word)?.senses ?? null]),
    ),
    table(
      say.shades,
      [{ title: say.word }, { title: say.synonyms }],
      shades.map((word) => [word, firstOf(lookUp(word)?.synonyms ?? [], 5)]),
    ),
  ];
}

const firstOf = (names: readonly string[], most = 3) => names.slice(0, most).join(', ');
