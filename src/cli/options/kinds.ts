// What options and operands take: numbers, names, sizes, times, texts, files and folders. Each kind parses its value,
// and says what it got and what it expects: `--window 0: expected a whole number from 1 to 1000`.
import { existsSync } from 'node:fs';
import { usage } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { allows, type ChoiceRange, expected, type Range, type RealRange, type WholeRange } from '../../base/ranges.ts';
import type { TestSetKind } from '../../fetch/catalog.ts';
import type { CommandContext } from '../context.ts';

/** Stands for `see 'w2v COMMAND --help'`: a kind does not know which command its option belongs to (run.ts does). */
export const seeHelp = 'see --help';

export interface Kind<T> {
  /** `before`: what the same option had already, for lists. Throws `usage`. */
  parse(text: string, flag: string, before?: T): T;
  /** Numbers, and nothing else. */
  areNumbers?: boolean;
  /** Words that it accepts; with a path, files besides. */
  words?: readonly string[];
  /** It may be given again, for a list. */
  repeats?: boolean;
  /** Also names of the catalog (w2v corpus list) of this kind. */
  catalog?: TestSetKind | 'any';
  /** Also `corpus:NAME`. */
  areCorpora?: boolean;
  /** What it does with the files or the folder that it names. */
  path?: 'reads' | 'writes' | 'reads folder' | 'writes folder';
  /** The files that a value names, with those beside them; default: the value itself. */
  files?(value: T, options: Record<string, unknown>): readonly string[] | Promise<readonly string[]>;
  /** Reads the file that a value names, or finds what it needs, before any work. */
  load?(value: T, context: CommandContext): Promise<T>;
  /** Refuses outputs that would replace what the folder keeps. */
  keeps?(outputs: readonly string[], folder: T): Promise<void>;
  /** Why `-` cannot stand for it. */
  noStream?: string;
  /** Text that is no path, no address and no code: the configuration may have it. */
  isHarmless?: boolean;
}

/** Refuses a value. */
export function refuse(flag: string, value: string, wanted: string): never {
  throw usage(`${flag} ${quotable(value)}: expected ${wanted}`, seeHelp);
}

/** A number or a name within a range of the settings. Numbers are digits, also `1e6`. */
export function within<T extends string>(range: ChoiceRange<T>): Kind<T>;
export function within(range: WholeRange | RealRange): Kind<number>;
export function within(range: Range): Kind<string | number> {
  const parse = (text: string, flag: string) => {
    const value = range.kind === 'choice' ? text : parseNumber(text);
    return allows(range, value) ? value : refuse(flag, text, expected(range));
  };
  return range.kind === 'choice' ? { parse, words: range.names } : { parse, areNumbers: true };
}

/** A number, or 'auto', which leaves it to what the command finds. */
export const orAuto = (range: WholeRange | RealRange): Kind<number | 'auto'> => ({
  parse(given, flag) {
    const value = given === 'auto' ? given : parseNumber(given);
    return value === 'auto' || allows(range, value) ? value : refuse(flag, given, `${expected(range)}, or auto`);
  },
  ...{ areNumbers: true, words: ['auto'] },
});

/** `--flag <n...>`: numbers within a range, given one by one or with commas between. */
export const numbers = (range: RealRange): Kind<number[]> => ({
  parse(given, flag, before = []) {
    const { parse } = within(range);
    return [...before, ...given.split(',').map((one) => parse(one.trim(), flag))];
  },
  ...{ repeats: true, areNumbers: true },
});

/** Any text. `isHarmless`: see `Kind`. */
export const text = ({ isHarmless = false } = {}): Kind<string> => ({ parse: (given) => given, isHarmless });

/** `--flag <word...>` */
export const texts: Kind<string[]> = {
  parse: (given, _flag, before = []) => [...before, given],
  repeats: true,
  isHarmless: true,
};

/** A file that is read; `-` is standard input. */
export const fileRead: Kind<string> = { parse: (given) => given, path: 'reads' };
/** A file that is written; `-` is standard output. */
export const fileWritten: Kind<string> = { parse: (given) => given, path: 'writes' };
export const folderRead: Kind<string> = { parse: notEmpty('folder'), path: 'reads folder' };
export const folderWritten: Kind<string> = { parse: notEmpty('folder'), path: 'writes folder' };

function notEmpty(what: string): (given: string, flag: string) => string {
  return (given, flag) => {
    if (given !== '') return given;
    throw usage(`${flag} has no ${what}`, `name one: ${flag} DIR`);
  };
}

/** Test sets: files, `-`, and names of the catalog. A file may have a comma in its name: what exists is not split. */
export const testSets = (catalog: TestSetKind): Kind<string[]> => ({
  parse: (given, _flag, before = []) => [...before, ...splitAtCommas(given, existsSync)],
  ...{ catalog, repeats: true, path: 'reads', files: (names: string[]) => names },
});

/** `a,b` -> `a`, `b`; as it is where `isWhole` knows it, or where a part would be empty. */
export function splitAtCommas(item: string, isWhole: (item: string) => boolean): string[] {
  const parts = item.split(',').map((part) => part.trim());
  return parts.length === 1 || parts.includes('') || isWhole(item) ? [item] : parts;
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

/** An amount of memory in bytes: `2GB`, `500 MB`, `1.5GiB`, `2g`, `2e9`; `orNone`: also 0. */
export const bytes = ({ orNone = false } = {}): Kind<number> => ({
  parse(value, flag) {
    const [, number, unit] = /^(.*?)\s*([kmgt]i?)?b?$/i.exec(value) ?? [];
    const amount = Math.floor(parseNumber(number ?? '') * unitBytes[(unit ?? '').toLowerCase()]);
    return amount >= (orNone ? 0 : 1) && amount <= Number.MAX_SAFE_INTEGER
      ? amount
      : refuse(flag, value, `an amount of memory, such as 2GB, 500MB or 1.5GiB${orNone ? '; 0: none' : ''}`);
  },
  isHarmless: true,
});

/** A time between two events: seconds, or epochs of a training. */
export type Interval = { seconds: number } | { epochs: number };

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600 };
const intervals = /^([\d.]+)\s*(?:(s|m|h)|(s)ec(?:ond)?s?|(m)in(?:ute)?s?|(h)(?:ou)?rs?|(e)(?:pochs?)?)$/i;

/** `30s`, `10m`, `2h`, `1.5 hours`; `1e`, `0.5 epochs`. */
export const interval: Kind<Interval> = {
  parse(value, flag) {
    const [, digits = '', ...letters] = intervals.exec(value.trim()) ?? [];
    const number = parseNumber(digits);
    const unit = letters.find((letter) => letter !== undefined)?.toLowerCase();
    if (unit === undefined || !(number > 0)) {
      return refuse(flag, value, 'a time such as 30s, 10m or 2h, or epochs such as 1e');
    }
    return unit === 'e' ? { epochs: number } : { seconds: number * unitSeconds[unit] };
  },
  isHarmless: true,
};

function parseNumber(value: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
}
