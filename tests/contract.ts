// The command-line contract, which people script against: the commands with their options, the fixed fields of their
// JSON, and what is still to come. Extend it; rename nothing.

/** What an option takes: alternatives, a default, or in capitals any value. Empty: nothing. */
type Options = Record<`--${string}` | `-${string}`, string>;

const reading: Options = { '--min-count': '5', '--seed': '1' };
const output: Options = { '-o': 'FILE', '--force': '', '--json': '', '--quiet': '' };
const printing: Options = { '--json': '', '--tsv': '', '--quiet': '' };

export const commands: Record<string, { operands: string; options: Options }> = {
  train: {
    operands: 'CORPUS...',
    options: {
      ...{ ...output, ...reading, '--model': 'skipgram|cbow', '--engine': 'auto|tensorflow|wasm', '--dim': '100' },
      ...{ '--window': '5', '--negative': '5', '--epochs': 'auto', '--sample': '0.001', '--lr': 'auto' },
      ...{ '--threads': 'N', '--tokenizer': 'NAME', '--max-vocab': 'N', '--save-output': 'FILE' },
      ...{ '--loss': 'ns|hs|softmax', '--init': 'NAME', '--init-vectors': 'FILE', '--freeze': '' },
      ...{ '--vocab': 'FILE', '--checkpoint': 'DIR', '--checkpoint-every': 'TIME', '--resume': 'DIR' },
      ...{
        '--center': '',
        '--best': '',
        '--subwords': 'MIN..MAX',
        '--buckets': 'N',
        '--phrases': 'FILE',
        '--on': 'ADDRESS',
        '--encoding': 'NAME',
      },
    },
  },
  count: {
    operands: 'CORPUS...',
    options: {
      ...{ ...output, ...reading, '--method': 'svd|ppmi|counts', '--dim': '100', '--window': '5' },
      ...{ '--weighting': 'flat|harmonic|dynamic', '--cds': '0.75', '--shift': '1', '--eig': '0.5' },
      ...{ '--add-context': '', '--sample': '0', '--memory': 'SIZE', '--checkpoint': 'DIR', '--resume': 'DIR' },
      ...{ '--on': 'ADDRESS' },
    },
  },
  combine: { operands: 'FILE...', options: { ...output, '--weights': 'W...', '--dim': 'N', '--memory': 'SIZE' } },
  vocab: { operands: 'CORPUS...', options: output },
  phrases: { operands: 'CORPUS...', options: output },
  nearest: { operands: 'FILE WORD', options: { ...printing, '-k': '10' } },
  analogy: { operands: 'FILE WORDS', options: printing },
  similarity: { operands: 'FILE WORDS', options: printing },
  odd: { operands: 'FILE WORDS', options: printing },
  vector: { operands: 'FILE WORD', options: printing },
  predict: { operands: 'FILE', options: { ...printing, '--context': 'TEXT' } },
  embed: { operands: 'FILE TEXT', options: { ...printing, '-o': 'FILE' } },
  search: { operands: 'FILE QUERY', options: { ...printing, '--in': 'TEXTS' } },
  evaluate: { operands: 'FILE', options: { ...printing, '--pairs': 'FILE', '--analogies': 'FILE' } },
  compare: { operands: 'CORPUS|FILE', options: { '--report': 'FILE', '--json': '', '--quiet': '' } },
  thesaurus: { operands: 'WORD...', options: printing },
  explain: { operands: '', options: { '--json': '', '--quiet': '' } },
  map: { operands: 'FILE FILE2', options: output },
  serve: { operands: 'FILE FILE2', options: { '--json': '', '--quiet': '' } },
  convert: { operands: 'IN OUT', options: { '--format': 'NAME', '--force': '', '--json': '', '--quiet': '' } },
  info: { operands: 'FILE', options: { '--json': '', '--quiet': '' } },
  corpus: { operands: 'list get', options: {} },
  setup: { operands: '', options: { '--json': '', '--quiet': '' } },
  doctor: { operands: '', options: { '--json': '', '--quiet': '' } },
  completion: { operands: 'shell', options: {} },
};

/** Not there yet. Whoever adds one moves it to `commands`. */
export const toCome = {
  commands: ['glove', 'retrofit', 'shift', 'play'],
  /** Option of w2v train, and the value that is to come. */
  options: [['--engine', 'native']],
} as const;

export type Shape = string | Shape[] | { [field: string]: Shape };

const made = {
  ...{ command: 'string', engine: 'string', model: 'string', vocabulary: 'number', tokens: 'number' },
  ...{ epochs: 'number', loss: 'number|null', wordsPerSecond: 'number', output: 'string' },
};
const scored = { set: 'string', used: 'number', total: 'number' };
const perhaps = 'number|null';

/** The fields that are fixed; a document may have others. */
export const fixedFields = {
  train: { ...made, seconds: { read: 'number', train: 'number', write: 'number', total: 'number' } },
  count: {
    ...{ ...made, method: 'string', nonzeros: 'number' },
    seconds: {
      ...{ read: 'number', count: 'number', ppmi: 'number', svd: 'number', write: 'number', total: 'number' },
    },
  },
  serve: { url: 'string' },
  nearest: [{ query: 'string', neighbors: [{ word: 'string', similarity: 'number' }] }],
  analogy: { query: ['string'], answers: [{ word: 'string', score: 'number' }] },
  similarity: { words: ['string'], similarity: 'number' },
  vector: [{ word: 'string', vector: ['number'], composed: 'boolean' }],
  predict: { context: 'string', words: ['string'], predictions: [{ word: 'string', probability: 'number' }] },
  evaluate: [
    {
      file: 'string',
      pairs: [{ ...scored, spearman: perhaps, low: perhaps, high: perhaps }],
      analogies: [{ ...scored, accuracy: perhaps, correct: 'number', sections: [{ section: 'string' }] }],
    },
  ],
} satisfies Record<string, Shape>;

/** The places where `value` lacks what `shape` fixes, or has it with another type. A list must not be empty. */
export function lacks(value: unknown, shape: Shape, at = '$'): string[] {
  if (typeof shape === 'string') {
    const type = value === null ? 'null' : typeof value;
    return shape.split('|').includes(type) ? [] : [`${at} is ${type}, not ${shape}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value) || value.length === 0) return [`${at} is no list with items`];
    return value.flatMap((item, index) => lacks(item, shape[0], `${at}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${at} is no object`];
  return Object.entries(shape).flatMap(([name, field]) =>
    lacks((value as Record<string, unknown>)[name], field, `${at}.${name}`),
  );
}

/** The part of a help text that is about an option; undefined where the command does not have it. */
export function helpOf(help: string, option: string): string | undefined {
  const lines = help.split('\n');
  const isOption = (line: string) => /^ {2}-/.test(line);
  const from = lines.findIndex((line) => isOption(line) && ` ${line}`.split(/[\s,]+/).includes(option));
  if (from < 0) return undefined;
  const length = lines.slice(from + 1).findIndex((line) => isOption(line) || line.trim() === '' || /^\S/.test(line));
  return lines
    .slice(from, length < 0 ? undefined : from + 1 + length)
    .join('\n')
    .replace(/\s+/g, ' ');
}

/** Where the help of an option does not say what the contract does. */
export function helpLacks(about: string, takes: string): string[] {
  if (takes === '') return [];
  if (/^[A-Z]/.test(takes)) return /<\S+>|\[\S+\]/.test(about) ? [] : ['an argument'];
  return takes
    .split('|')
    .filter((value) => !new RegExp(`(?<![\\w.])${value.replace('.', '\\.')}(?![\\w])`).test(about));
}
