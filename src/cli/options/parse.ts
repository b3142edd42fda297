// Parsers for option values. Each says what it got and what it wants: `--window 0: expected a whole number from 1 to
// 1000`.
import { type Command, Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { quotable } from '../../printable.ts';
import { accepting } from './values.ts';

type Parser<T> = (value: string) => T;

/** Stands for `see 'w2v COMMAND --help'`: a parser does not know which command its option belongs to (run.ts does). */
export const seeHelp = 'see --help';

function refuse(flag: string, value: string, expected: string): never {
  throw new W2vError('usage', `${flag} ${quotable(value)}: expected ${expected}`, seeHelp);
}

/** A whole number, in digits (also `1e6`), from `low` to `high`. */
export function wholeNumber(flag: string, low: number, high: number = Number.MAX_SAFE_INTEGER): Parser<number> {
  const expected =
    high === Number.MAX_SAFE_INTEGER ? `a whole number, ${low} or more` : `a whole number from ${low} to ${high}`;
  const parse: Parser<number> = (value) => {
    const number = parseNumber(value);
    return Number.isSafeInteger(number) && number >= low && number <= high ? number : refuse(flag, value, expected);
  };
  return accepting(parse, { areNumbers: true });
}

/** A decimal number from `low` to `high`; `above` leaves `low` itself out. */
export function decimalNumber(
  flag: string,
  low: number,
  high: number,
  { above = false }: { above?: boolean } = {},
): Parser<number> {
  const expected = above ? `a number above ${low}, up to ${high}` : `a number from ${low} to ${high}`;
  const parse: Parser<number> = (value) => {
    const number = parseNumber(value);
    return number <= high && (above ? number > low : number >= low) ? number : refuse(flag, value, expected);
  };
  return accepting(parse, { areNumbers: true });
}

/** One of a few words. */
export function oneOf<const T extends string>(flag: string, choices: readonly T[]): Parser<T> {
  const expected = choices.length === 1 ? choices[0]! : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  const parse: Parser<T> = (value) => choices.find((choice) => choice === value) ?? refuse(flag, value, expected);
  return accepting(parse, { words: choices });
}

const unitBytes: Record<string, number> = {
  '': 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
};

/** An amount of memory in bytes: `2GB`, `500 MB`, `1.5GiB`, `2g`, `2e9`. */
export function byteAmount(flag: string): Parser<number> {
  return (value) => {
    const [, number, unit] = /^(.*?)\s*([kmgt]i?)?b?$/i.exec(value) ?? [];
    const bytes = Math.floor(parseNumber(number ?? '') * unitBytes[(unit ?? '').toLowerCase()]!);
    return bytes >= 1 && bytes <= Number.MAX_SAFE_INTEGER
      ? bytes
      : refuse(flag, value, 'an amount of memory, such as 2GB, 500MB or 1.5GiB');
  };
}

/** A time between two events: seconds, or epochs of a training. */
export type Interval = { seconds: number } | { epochs: number };

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600 };

/** `30s`, `10m`, `2h`, `1.5 hours`; `1e`, `0.5 epochs`. */
export function interval(flag: string): Parser<Interval> {
  const units = /^([\d.]+)\s*(?:(s|m|h)|(s)ec(?:ond)?s?|(m)in(?:ute)?s?|(h)(?:ou)?rs?|(e)(?:pochs?)?)$/i;
  return (value) => {
    const [, digits = '', ...letters] = units.exec(value.trim()) ?? [];
    const number = parseNumber(digits);
    const unit = letters.find((letter) => letter !== undefined)?.toLowerCase();
    if (unit === undefined || !(number > 0)) {
      return refuse(flag, value, 'a time such as 30s, 10m or 2h, or epochs such as 1e');
    }
    return unit === 'e' ? { epochs: number } : { seconds: number * unitSeconds[unit]! };
  };
}

function parseNumber(value: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
}

/** `--flag <name>`, one of `choices`; `text` tells what each of them does. */
export function addChoice<const T extends string>(
  command: Command,
  flags: string,
  text: string,
  choices: readonly T[],
  standard: T,
): void {
  const parse = oneOf(flags.split(' ')[0]!, choices);
  command.addOption(new Option(flags, text).argParser(parse).default(standard, standard));
}

export function addWhole(
  command: Command,
  flags: string,
  text: string,
  [low, high]: readonly [low: number, high?: number],
  standard: number,
): void {
  const parse = wholeNumber(flags.split(' ')[0]!, low, high);
  command.addOption(new Option(flags, text).argParser(parse).default(standard));
}

export function addDecimal(
  command: Command,
  flags: string,
  text: string,
  [low, high]: readonly [low: number, high: number],
  standard: number,
  limits: { above?: boolean } = {},
): void {
  const parse = decimalNumber(flags.split(' ')[0]!, low, high, limits);
  command.addOption(new Option(flags, text).argParser(parse).default(standard));
}
