// The command line as other programs spell it: word2vec.c and fastText (-size 200), gensim (--vector_size). And what looks
// like an option and is none.
import type { Command } from 'commander';
import { W2vError } from '../../errors.ts';
import { quotable } from '../../printable.ts';

// Names of word2vec.c, fastText and gensim for ours. Not in the help.
const spellings: Record<string, string> = {
  size: 'dim',
  'vector-size': 'dim',
  ws: 'window',
  neg: 'negative',
  iter: 'epochs',
  epoch: 'epochs',
  alpha: 'lr',
  thread: 'threads',
  workers: 'threads',
  'max-final-vocab': 'max-vocab',
};

/** Options there that are the operand here. */
const operands = new Set(['train', 'input']);
const readers = new Set(['train', 'count', 'vocab']);

/**
 * `-size 200`, `--size=200`, `--minCount 5`, `-input a.txt`, `-cbow 1`, `--sg 1`, `--topn 3`, `-k=3` -> `--dim 200`, `--dim=200`,
 * `--min-count 5`, `a.txt`, `--model cbow`, `--model skipgram`, `-k 3`, `-k 3`; all else as it is. `command`: the one the line is about.
 *
 * Throws `usage` on an unknown name of several letters after one dash: commander would take `-output` for `-o utput`.
 */
export function translateSpellings(args: readonly string[], command: Command): string[] {
  const known = [command, ...command.commands].flatMap(({ options }) => options);
  const longName = (name: string) => {
    const ours = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
    return [spellings[ours], ours].find((one) => known.some(({ long }) => long === `--${one}`));
  };
  const takesValue = (flag: string) =>
    known.some(({ short, long, required }) => required && (short === flag || long === flag));
  const translated: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    const before = translated.at(-1);
    if (arg === '--') return [...translated, ...args.slice(at)];
    const [, dashes, name, value] = /^(--?)([A-Za-z][A-Za-z_-]*)(=.*)?$/s.exec(arg) ?? [];
    if (name === undefined || (before !== undefined && takesValue(before))) translated.push(arg);
    else if (dashes === '-' && name.length === 1) {
      translated.push(...(value === undefined ? [arg] : [`-${name}`, value.slice(1)]));
    } else if (dashes === '-' && name === 'cbow' && /^[01]$/.test(args[at + 1] ?? '')) {
      translated.push('--model', args[++at] === '1' ? 'cbow' : 'skipgram');
    } else if (name === 'sg' && /^[01]$/.test(value?.slice(1) ?? args[at + 1] ?? '')) {
      translated.push('--model', (value?.slice(1) ?? args[++at]) === '1' ? 'skipgram' : 'cbow');
    } else if (name === 'topn' && known.some(({ short }) => short === '-k')) {
      translated.push('-k', ...(value === undefined ? [] : [value.slice(1)]));
    } else if (operands.has(name) && readers.has(command.name()) && value === undefined) {
      // its value follows, and is an operand
    } else {
      const ours = longName(name);
      if (ours === undefined && dashes === '-') throw noOption(arg);
      translated.push(ours === undefined ? arg : `--${ours}${value ?? ''}`);
    }
  }
  return translated;
}

function noOption(arg: string): W2vError {
  const hint = "the names of options have two dashes; a word that begins with one goes after '--'";
  return new W2vError('usage', `unknown option '${quotable(arg)}'`, hint);
}

/**
 * Throws `usage` where an option that takes several values has taken the operands too, as in
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
  throw new W2vError(
    'usage',
    `${taken.flag} takes all that follows it (${taken.values.map(quotable).join(', ')}), so there is no ${name}`,
    `name it first: w2v ${command.name()} ${name.toUpperCase()} ${taken.flag} ...`,
  );
}
