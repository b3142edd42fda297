// Which options a file of settings and the environment may set, and the option's value for what is written there. A
// file in a folder that somebody else made must not make w2v run code, read or write other files, or connect to another
// machine: an option is settable only if its values are numbers, known words, or text that is known to be harmless.
import type { Option } from 'commander';
import { W2vError } from '../../errors.ts';
import { listCorpora } from '../../fetch/catalogue.ts';
import { quotable } from '../../printable.ts';
import { valuesOf } from '../options/values.ts';

const form = 'it decides the form of the output, on which programs rely';

const remedy = 'give such a value, or remove it';

/** Options that are only for the command line, whatever their values are. */
const refusals: Record<string, string> = {
  tokenizerModule: 'it runs code',
  on: 'it connects to another machine',
  host: 'it opens this machine to others',
  force: 'it overwrites files',
  json: form,
  tsv: form,
  markdown: form,
  list: form,
  open: 'it starts another program',
  help: 'it is a question',
};

/** Placeholders of text that is no path, no address and no code. */
const harmless = new Set(['tag', 'min..max', 'size', 'time', 'text', 'word', 'list']);

/** Why only a command line can set an option; undefined where it is settable. */
export function whyNotSettable(option: Option): string | undefined {
  const refusal = refusals[option.attributeName()];
  const values = valuesOf(option);
  if (refusal !== undefined || values === undefined) return refusal;
  const { areNumbers, words, catalogue, paths, placeholder } = values;
  if (areNumbers || words !== undefined || catalogue !== undefined) return undefined;
  if (paths !== 'none') return `it names a ${paths === 'files' ? 'file' : 'folder'}`;
  return harmless.has(placeholder) ? undefined : 'it is for the command line';
}

/**
 * The value of an option for what a file has: a number, a text, a list of texts, or true and false.
 *
 * @param where of the value, for messages: `w2v.config.json: train.dim`
 * @throws W2vError 'usage'
 */
export async function valueFromJson(option: Option, value: unknown, where: string): Promise<unknown> {
  const values = valuesOf(option);
  const refuse = (expected: string) => {
    throw new W2vError('usage', `${where} is ${quotable(JSON.stringify(value))}: expected ${expected}`, remedy);
  };
  if (values === undefined) return typeof value === 'boolean' ? value : refuse('true or false');
  if (option.optional && value === true) return option.presetArg;
  if (values.areNumbers) return typeof value === 'number' ? parsed(option, [String(value)], where) : refuse('a number');
  const isList = Array.isArray(value) && (values.repeats || option.variadic);
  const items: unknown[] = isList ? value : [value];
  const texts = items.filter((item) => typeof item === 'string' || (values.placeholder === 'size' && isNumber(item)));
  if (texts.length < items.length || texts.length === 0) {
    refuse(values.repeats || option.variadic ? 'a text or a list of texts' : 'a text');
  }
  return parsed(option, texts.map(String), where);
}

/** The same for a variable of the environment; a switch is 1, 0, true or false. */
export async function valueFromText(option: Option, text: string, where: string): Promise<unknown> {
  if (valuesOf(option) !== undefined) return parsed(option, [text], where);
  const known = { 1: true, true: true, 0: false, false: false }[text];
  if (known !== undefined) return known;
  throw new W2vError('usage', `${where} is ${quotable(text)}: expected 1, 0, true or false`, remedy);
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}

async function parsed(option: Option, texts: readonly string[], where: string): Promise<unknown> {
  await refusePaths(option, texts, where);
  let value: unknown = option.defaultValue;
  const parse = option.parseArg ?? ((text: string) => text);
  try {
    for (const text of texts) value = parse(text, value);
    return option.variadic && option.parseArg === undefined ? texts : value;
  } catch (error) {
    if (!(error instanceof W2vError)) throw error;
    // An option's error names the flag and its value: `--dim -3: expected ...`.
    const [, why = error.message] = /^-\S+ (.*)$/s.exec(error.message) ?? [];
    throw new W2vError('usage', `${where} ${/^.*: expected /.test(why) ? 'is ' : ''}${why}`, remedy, { cause: error });
  }
}

/** Where an option takes paths too, only its words are settable. */
async function refusePaths(option: Option, texts: readonly string[], where: string): Promise<void> {
  const { paths, words = [], catalogue } = valuesOf(option)!;
  if (paths === 'none') return;
  const known = [...words];
  if (catalogue !== undefined) {
    const entries = (await listCorpora({ cacheDirectory: '' })).map(({ entry }) => entry);
    known.push(...entries.filter(({ kind }) => kind === catalogue).map(({ name }) => name));
  }
  const other = texts.flatMap((text) => text.split(',')).find((text) => !known.includes(text));
  if (other === undefined) return;
  const hint = `give a file on the command line: ${option.long} FILE`;
  throw new W2vError('usage', `${where} is ${quotable(other)}: expected ${known.join(', ')}`, hint);
}
