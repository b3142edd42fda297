// Parsers for option values. Each says what it got and what it wants: `--window 0: expected a whole number from 1 to 1000`.
import { W2vError } from '../errors.ts';

type Parser<T> = (value: string) => T;

function refuse(flag: string, value: string, expected: string): never {
  throw new W2vError('usage', `${flag} ${value}: expected ${expected}`, 'see the command with --help');
}

/** A whole number, in digits (also `1e6`), from `low` to `high`. */
export function wholeNumber(flag: string, low: number, high: number = Number.MAX_SAFE_INTEGER): Parser<number> {
  const expected =
    high === Number.MAX_SAFE_INTEGER ? `a whole number, ${low} or more` : `a whole number from ${low} to ${high}`;
  return (value) => {
    const number = parseNumber(value);
    return Number.isSafeInteger(number) && number >= low && number <= high ? number : refuse(flag, value, expected);
  };
}

/** A decimal number from `low` to `high`; `above` leaves `low` itself out. */
export function decimalNumber(
  flag: string,
  low: number,
  high: number,
  { above = false }: { above?: boolean } = {},
): Parser<number> {
  const expected = above ? `a number above ${low}, up to ${high}` : `a number from ${low} to ${high}`;
  return (value) => {
    const number = parseNumber(value);
    return number <= high && (above ? number > low : number >= low) ? number : refuse(flag, value, expected);
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(flag: string, choices: readonly T[]): Parser<T> {
  const expected = choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return (value) => choices.find((choice) => choice === value) ?? refuse(flag, value, expected);
}

function parseNumber(value: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
}

// Spellings of word2vec.c, fastText and gensim, so that a command line brought from there works. Not in the help.
const spellings: Record<string, string> = {
  size: 'dim',
  'vector-size': 'dim',
  ws: 'window',
  neg: 'negative',
  iter: 'epochs',
  epoch: 'epochs',
  alpha: 'lr',
  window: 'window',
  negative: 'negative',
  threads: 'threads',
  sample: 'sample',
  'min-count': 'min-count',
};

/** `-size 200`, `--size=200`, `--min_count 5` -> `--dim 200`, `--dim=200`, `--min-count 5`; all else as it is. */
export function translateSpellings(args: readonly string[]): string[] {
  const end = args.indexOf('--');
  return args.map((arg, index) => {
    const match = /^--?([a-z][a-z_-]+)(=.*)?$/.exec(arg);
    if (match === null || (end >= 0 && index > end)) return arg;
    const name = spellings[match[1]!.replaceAll('_', '-')];
    return name === undefined ? arg : `--${name}${match[2] ?? ''}`;
  });
}
