// Options as other programs spell them: word2vec.c and fastText (-size 200), gensim (--vector_size). Unknown options
// are refused.
import type { Command, Option } from 'commander';
import { usage, type W2vError } from '../../base/errors.ts';
import { quotable } from '../../base/printable.ts';
import { foreignOption, translateSubwords } from './foreign-options.ts';
import { seeHelp } from './kinds.ts';
import { nearName } from './near-name.ts';

// Names of word2vec.c, fastText and gensim for ours. Not in the help.
const spellings = new Map(
  Object.entries({
    size: 'dim',
    'vector-size': 'dim',
    dimensions: 'dim',
    ws: 'window',
    neg: 'negative',
    'ns-exponent': 'negative-exponent',
    iter: 'epochs',
    epoch: 'epochs',
    t: 'sample',
    alpha: 'lr',
    'learning-rate': 'lr',
    thread: 'threads',
    workers: 'threads',
    'max-final-vocab': 'max-vocab',
    'max-vocab-size': 'prune-vocab',
    'read-vocab': 'vocab',
    'pretrained-vectors': 'init-vectors',
    topn: 'top',
    limit: 'top',
  }),
);

/** Options there that are the operand here. */
const operands = new Set(['train', 'input']);
const readers = new Set(['train', 'count', 'vocab']);

/**
 * `-size 200`, `--size=200`, `--minCount 5`, `-input a.txt`, `-cbow 1`, `-hs 0`, `--topn 3`, `-k=3` -> `--dim 200`,
 * `--dim=200`, `--min-count 5`, `a.txt`, `--model cbow`, nothing, `-k 3`, `-k 3`; all else as it is. `command`: the one
 * the line is about.
 *
 * Throws `usage` for an unknown name (of one after one dash, commander would take `-output` for `-o utput`), and for
 * what w2v cannot do, such as `-wordNgrams 2`.
 */
export function translateSpellings(given: readonly string[], command: Command): string[] {
  const known = [command, ...command.commands].flatMap(({ options }) => options);
  const isKnown = (flag: string) => known.some(({ short, long }) => short === flag || long === flag);
  const args = translateSubwords(given, isKnown);
  const takesValue = (flag: string) =>
    known.some(({ short, long, required }) => required && (short === flag || long === flag));
  const translated: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    const before = translated.at(-1);
    if (arg === '--') return [...translated, ...args.slice(at)];
    const [, dashes, name, assigned] = /^(--?)([A-Za-z][A-Za-z_-]*)(=.*)?$/s.exec(arg) ?? [];
    if (name === undefined || (before !== undefined && takesValue(before))) {
      translated.push(arg);
      continue;
    }
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
    const value = assigned?.slice(1);
    const flag = flagOf(kebab, isKnown);
    if (dashes === '-' && isKnown(`-${name}`)) translated.push(`-${name}`, ...(value === undefined ? [] : [value]));
    else if (flag?.length === 2) translated.push(flag, ...(value === undefined ? [] : [value]));
    else if (flag !== undefined) translated.push(`${flag}${assigned ?? ''}`);
    else if (operands.has(name) && readers.has(command.name())) {
      if (value !== undefined) translated.push(value); // else it follows
    } else {
      const foreign = foreignOption(kebab, value ?? args[at + 1], isKnown);
      if (foreign === undefined) throw noOption(arg, nearOption(kebab, isKnown, known));
      translated.push(...foreign);
      if (value === undefined) at++;
    }
  }
  return translated;
}

/**
 * Our option for a name: its own, or the one that other programs call so. `--top`, too, is `-k` where there is no
 * `--top`.
 */
function flagOf(name: string, isKnown: (flag: string) => boolean): string | undefined {
  const ours = spellings.get(name) ?? name;
  return [`--${name}`, `--${ours}`, ...(ours === 'top' || ours === 'k' ? ['-k'] : [])].find(isKnown);
}

/** Our option that a misspelled name means, be it ours or one of other programs. */
function nearOption(name: string, isKnown: (flag: string) => boolean, known: readonly Option[]): string | undefined {
  const ours = known.flatMap(({ long }) => (long ? [long.slice(2)] : []));
  const theirs = [...spellings.keys()].filter((one) => flagOf(one, isKnown) !== undefined);
  const near = nearName([...ours, ...theirs], name);
  return near === undefined ? undefined : flagOf(near, isKnown);
}

function noOption(arg: string, near: string | undefined): W2vError {
  const dashes = arg.startsWith('--')
    ? seeHelp
    : "the names of options have two dashes; a word that begins with one goes after '--'";
  const hint = near === undefined ? dashes : `did you mean ${near}?`;
  return usage(`unknown option '${quotable(arg)}'`, hint);
}

/**
 * Throws `usage` if an option that takes several values has taken the operands too, as in
 * `evaluate --pairs pairs.tsv vectors.bin`: commander would only say that there are none.
 */
export function checkOperands(args: readonly string[], command: Command): void {
  const [operand] = command.registeredArguments;
  if (!operand?.required) return;
  let operands = -1; // the first is the command itself
  let taken: { flag: string; values: string[] } | undefined;
  let state: 'several values' | 'one value' | undefined;
  for (const arg of args) {
    if (arg === '--') return;
    if (state === 'several values' && !arg.startsWith('-')) taken!.values.push(arg);
    else if (state === 'one value') state = undefined;
    else {
      const option = command.options.find(({ short, long }) => short === arg || long === arg);
      state = option?.variadic ? 'several values' : option?.required ? 'one value' : undefined;
      if (option?.variadic) taken = { flag: arg, values: [] };
      else if (!arg.startsWith('-')) operands++;
    }
  }
  if (operands > 0 || taken === undefined || taken.values.length < 2) return;
  const name = operand.name();
  throw usage(
    `${taken.flag} takes all that follows it (${taken.values.map(quotable).join(', ')}), so there is no ${name}`,
    `name it first: w2v ${command.name()} ${name.toUpperCase()} ${taken.flag} ..., or write ${taken.flag}=${quotable(taken.values[0])}`,
  );
}
