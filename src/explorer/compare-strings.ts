// Every sentence of the views that compare two files and that test associations, in one place, so that it can be
// translated.
import { counted, percentage, thousands } from '../base/format-numbers.ts';

export const compareStrings = {
  title: (names: readonly string[]) => `${names.join(' and ')}, word by word`,
  lead: (k: number, compared: number, common: number) =>
    `For each word: how many of its ${k} nearest words are the same in both files. ${
      compared === common
        ? `All ${counted(common, 'common word')} are compared.`
        : `The first ${thousands(compared)} of ${counted(common, 'common word')} are compared.`
    }`,
  none: 'The files have too few words in common to compare them.',
  mean: (mean: number, chance: number, seeds: number | undefined) =>
    `On average, ${percentage(mean)} are the same. ${
      seeds === undefined
        ? ''
        : `Two training runs with different seeds agree on ${percentage(seeds)}: anything below that is a difference between the files. `
    }Chance alone would give ${percentage(chance)}.`,
  histogram: {
    title: (k: number) => `Words by number of the same neighbors, of ${k}`,
    picture: (shares: readonly string[]) =>
      `Histogram of words by number of the same neighbors: ${shares.map((share, same) => `${same}: ${share}`).join(', ')}`,
    x: (k: number) => `neighbors that are the same, of ${k}`,
    y: 'words',
    files: 'these files',
    chance: 'chance',
    seeds: 'two seeds',
    seedsFile: (name: string) => `two seeds (${name})`,
    meanOf: (name: string, mean: number) => `${name}: ${percentage(mean)}`,
    noSeeds:
      'To see how much of the difference is noise, add a third file: the first one, trained with another random seed.',
  },
  changed: {
    title: 'Words that changed',
    which: 'Show',
    most: 'the most changed',
    least: 'the least changed',
    minCount: (count: number) => `At least ${counted(count, 'occurrence')} in both files`,
    maxRank: (rank: number) => `Among the ${counted(rank, 'most frequent word')}`,
    columns: {
      word: 'Word',
      same: (k: number) => `Same of ${k}`,
      seeds: 'Two seeds',
      count: (name: string) => `Count in ${name}`,
      rank: (name: string) => `Rank in ${name}`,
      shift: 'Shift',
    },
    bySeeds: 'Most changed means furthest below the agreement of two seeds.',
    empty: 'No word is frequent enough in both files.',
    caption: (count: number, which: 'most' | 'least') => `${counted(count, 'word')} that changed ${which}`,
    save: 'Save as CSV',
  },
  word: {
    title: 'One word in both files',
    label: 'Word',
    show: 'Show',
    empty: 'Choose a word in the table or enter one.',
    of: (word: string) => `Nearest words to ${word}`,
    in: (name: string) => `in ${name}`,
    lines: 'A line connects a word that is in both lists. The number is its rank in the other list.',
    same: (same: number, k: number) => `${same} of its ${k} nearest common words are the same.`,
    sameSeeds: (same: number) => `Two seeds: ${same}.`,
    notCompared: 'This word was not compared: only the most frequent common words are.',
    missing: (name: string) => `not in ${name}`,
    place: (place: number) => `${place}.`,
    beyond: (places: number) => `> ${places}`,
    at: (place: number, name: string) => `rank ${place} in ${name}`,
    further: (places: number, name: string) => `beyond rank ${places} in ${name}`,
    lacks: (word: string, name: string) => `“${word}” is not in ${name}.`,
    found: (word: string, same: number) => `${word}: ${counted(same, 'word')} in both lists`,
  },
  maps: {
    title: 'Both maps',
    lead: 'The second map is rotated to match the first. Both move together, and the word under the pointer is shown in both.',
    none: 'There is no map of the same kind for both files.',
    loading: 'Loading the maps …',
    notIn: (word: string, name: string) => `${word} is not in ${name}`,
    showAll: 'Show all',
    notCompared: 'not in both files',
  },
  movers: {
    title: 'Words that moved on the map',
    lead: 'How far a word is from its place on the other map, not counting the movement that all words share. 1 is the typical distance of a word from the center of the map. Trust the lists more than the maps: UMAP may move whole groups for no reason in the vectors.',
    caption: (count: number) => `${counted(count, 'word')} that moved furthest`,
  },
} as const;

export const associationStrings = {
  title: 'Associations',
  lead: 'The Word Embedding Association Test (Caliskan, Bryson and Narayanan 2017): are the first targets closer to the first attributes than the second targets are?',
  sets: 'Tests from the paper',
  setName: (targets: readonly string[], attributes: readonly string[]) =>
    `${targets.join(' / ')} with ${attributes.join(' / ')}`,
  targets: ['First targets', 'Second targets'],
  attributes: ['First attributes', 'Second attributes'],
  listHint: 'Words, separated by spaces or commas',
  test: 'Test',
  testing: 'Testing …',
  empty: 'Choose a test from the paper or enter four lists of words.',
  lacking: (list: string) => `${list}: enter at least two words.`,
  result: {
    effect: 'Effect size d',
    effectHint: 'from -2 to 2; 0 is no difference; 0.8 or more is considered large',
    p: 'p, one-sided',
    exact: (count: number) => `from all ${counted(count, 'partition')} of the targets`,
    drawn: (count: number) => `from ${counted(count, 'random partition')} of the targets`,
    below: (value: number) => `${value.toPrecision(2)}`,
    said: (d: string, p: string) => `Effect size ${d}, p ${p}`,
    words: 'Words used',
    used: (used: number, given: number) => `${used} of ${given}`,
    missing: (words: readonly string[]) => `Not in the file: ${words.join(', ')}`,
    manyMissing: 'More than a fifth of a list is missing, so this is no longer the test from the paper.',
    picture: (first: string, second: string) =>
      `Each target word by its association: words on the right are closer to ${first}, on the left to ${second}`,
    caption:
      'The association s of each target word: its mean cosine with the first attributes, minus its mean cosine with the second. d is the difference between the two means divided by the standard deviation over all targets.',
    mean: 'mean',
    table: 'Show as a table',
    columns: { word: 'Word', list: 'List', association: 'Association s' },
  },
} as const;
