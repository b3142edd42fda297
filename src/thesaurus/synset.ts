// Parses a synset (a sense, its words and its hypernyms) from a line of WordNet's data files (manual page wndb(5WN)):
//   offset lex_filenum ss_type w_cnt word lex_id [word lex_id...] p_cnt [symbol offset pos source/target...]
//   [frames...] | gloss

export type PartOfSpeech = 'noun' | 'verb' | 'adjective' | 'adverb';

export interface Synset {
  readonly partOfSpeech: PartOfSpeech;
  /** Whether it is a satellite adjective ('s' in its name). */
  readonly satellite: boolean;
  /** Byte offset of its line in the data file, which identifies it within the part of speech. */
  readonly offset: number;
  /** NLTK's name: first word, part of speech, sense number: 'dog.n.01'. */
  readonly name: string;
  /** Words and phrases with this sense; phrases contain spaces. */
  readonly words: readonly string[];
  readonly definition: string;
  readonly examples: readonly string[];
  /** Offsets of the hypernyms: first class hypernyms, then instance hypernyms (Rome: a city). */
  readonly hypernyms: readonly number[];
}

/** A parsed line; `name` is added with the index. */
export type SynsetLine = Omit<Synset, 'name' | 'partOfSpeech'>;

/** Throws RangeError ('breaks off', ...) for a truncated line or an invalid number. */
export function parseSynset(line: string): SynsetLine {
  const bar = line.indexOf('|');
  const fields = line
    .slice(0, bar < 0 ? line.length : bar)
    .trim()
    .split(' ');
  const gloss = bar < 0 ? '' : line.slice(bar + 1).trim();
  let at = 0;
  const next = () => {
    const field = fields[at++];
    if (field === undefined) throw new RangeError('breaks off');
    return field;
  };
  const nextNumber = (radix: number) => {
    const field = next();
    const value = Number.parseInt(field, radix);
    if (Number.isNaN(value)) throw new RangeError(`has '${field}' for a number`);
    return value;
  };
  const offset = nextNumber(10);
  next(); // lexicographer file
  const satellite = next() === 's';
  const words = Array.from({ length: nextNumber(16) }, () => {
    const word = next();
    next(); // sense within the lexicographer file
    return word.replace(/\([a-z]+\)$/, '').replaceAll('_', ' '); // adjectives: (a), (p), (ip) mark their position
  });
  if (words.length === 0) throw new RangeError('has no word');
  const classes: number[] = [];
  const instances: number[] = [];
  for (let left = nextNumber(10); left > 0; left--) {
    const symbol = next();
    const target = nextNumber(10);
    next(); // a hypernym has its synset's part of speech
    next();
    const list = symbol === '@' ? classes : symbol === '@i' ? instances : undefined;
    if (list !== undefined && !list.includes(target)) list.push(target);
  }
  return {
    offset,
    satellite,
    words,
    definition: gloss.replace(/".*?"/g, '').replace(/^[; ]+|[; ]+$/g, ''),
    examples: Array.from(gloss.matchAll(/"([^"]*)"/g), (match) => match[1]),
    hypernyms: [...classes, ...instances],
  };
}
