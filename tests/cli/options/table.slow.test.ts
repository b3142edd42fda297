// The table of options against the program: every option on every command applies or is refused by name, whatever it
// came from; no output destroys an input, for every pair of a file that is written and one that is read.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { beforeAll, describe, expect, it } from 'vitest';
import { whyNotSettable } from '../../../src/cli/config/settable.ts';
import { flagOf, nameOf, type OptionSpec, shapeOf } from '../../../src/cli/options/option.ts';
import { createProgram } from '../../../src/cli/program.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { runHere } from '../run-w2v.ts';

const { file, path } = temporaryFolder();
const streams = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
const context = { ...streams, environment: {}, noColor: true, signal: new AbortController().signal };
const program = await createProgram([], context, { all: true });
const commands = program.commands
  .flatMap((command) => [command, ...command.commands])
  .filter((one) => one.commands.length === 0);
const nameIn = (command: Command) =>
  [command.parent === program ? [] : command.parent!.name(), command.name()].flat().join(' ');

const words = ['cat', 'dog', 'cow', 'bread', 'milk', 'soup'];
beforeAll(async () => {
  file('text.txt', `${words.join(' ')} and the ${words.toReversed().join(' ')}\n`.repeat(60));
  file('v.vec', `6 3\n${words.map((word, at) => `${word} ${at} ${at % 2} 1`).join('\n')}\n`);
  file('w.vec', `6 3\n${words.map((word, at) => `${word} 1 ${at} ${at % 3}`).join('\n')}\n`);
  file('vocab.tsv', `${words.map((word) => `${word}\t120`).join('\n')}\n`);
  file('words.txt', `${words.slice(0, 3).join('\n')}\n`);
  file('pairs.tsv', 'cat dog 9\nbread milk 8\ncow soup 1\n');
  file('questions.txt', ': all\ncat dog cow bread\n');
  file('tokenizer.mjs', 'export default (line) => line.split(" ");\n');
  mkdirSync(path('empty'), { recursive: true });
  await runHere(['phrases', path('text.txt'), '-o', path('phrases.tsv'), '--threshold', '0.1']);
});

/** A line of each command that works. FOLDER/ is the test's folder; NEW a name that does not exist. */
const lines: Record<string, string> = {
  train: 'F/text.txt -o F/NEW.bin --engine wasm --threads 1 --epochs 1 --dim 4',
  count: 'F/text.txt -o F/NEW.bin --dim 2 --threads 1',
  vocab: 'F/text.txt -o F/NEW.tsv',
  phrases: 'F/text.txt -o F/NEW.tsv',
  nearest: 'F/v.vec cat',
  analogy: 'F/v.vec cat dog cow',
  similarity: 'F/v.vec cat dog',
  odd: 'F/v.vec cat dog cow',
  vector: 'F/v.vec cat',
  predict: 'F/v.vec --context cat_?_dog --output-vectors F/w.vec',
  embed: 'F/v.vec cat -o F/NEW.npy',
  search: 'F/v.vec cat --in F/words.txt',
  map: 'F/v.vec -o F/NEW.html',
  serve: 'F/v.vec --get /api/spaces',
  evaluate: 'F/v.vec --pairs F/pairs.tsv',
  compare: 'F/v.vec F/w.vec --pairs F/pairs.tsv --thesaurus none --report F/NEW.html',
  thesaurus: 'cat --wordnet F/empty',
  explain: 'the_cat_sat --chapter counting',
  convert: 'F/v.vec F/NEW.npy',
  combine: 'F/v.vec F/w.vec -o F/NEW.bin',
  info: 'F/v.vec',
  'corpus list': '',
  'corpus get': 'wordsim353',
  'sql vocab': '/x',
  'sql count': '/x --vocab F/vocab.tsv',
  setup: '',
  doctor: '',
  completion: 'bash',
};

let made = 0;
const lineOf = (name: string) =>
  [name, lines[name]]
    .join(' ')
    .replace(/NEW/g, () => `new${made++}`)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.replace(/^F\//, `${path('.')}/`).replaceAll('_', ' '));

const samples: Record<string, string> = {
  '--tokenizer-module': 'tokenizer.mjs',
  '--phrases': 'phrases.tsv',
  '--stop-words': 'words.txt',
  '--connector-words': 'words.txt',
  '--pairs': 'pairs.tsv',
  '--analogies': 'questions.txt',
  '--in': 'words.txt',
  '--words': 'words.txt',
  '--init-vectors': 'v.vec',
  '--other-seed': 'w.vec',
  '--output-vectors': 'w.vec',
  '--like': 'v.vec',
  '--vocab': 'vocab.tsv',
  '--counts': 'vocab.tsv',
};
const texts: Record<string, string> = {
  '--subwords': '3..6',
  '--locale': 'ja',
  '--on': 'sc://127.0.0.1:1',
  '--host': '127.0.0.1',
  '--get': '/api/spaces',
  '--context': 'cat ? dog',
  '--memory': '1GB',
  '--vectors': '1MB',
  '--checkpoint-every': '10m',
};

/** A value that the option takes. */
function sampleOf(spec: OptionSpec): string[] {
  const { takes } = spec;
  const flag = flagOf(spec);
  if (takes === undefined) return [flag];
  if (takes.path === 'reads') return [flag, path(samples[flag] ?? 'words.txt')];
  if (takes.path === 'writes') return [flag, path(`written${made++}${flag === '--save-output' ? '.bin' : '.html'}`)];
  if (takes.path === 'reads folder') return [flag, path('empty')];
  if (takes.path === 'writes folder') return [flag, path(`folder${made++}`)];
  if (takes.areNumbers) return [flag, String(spec.fallback ?? 1)];
  if (takes.words !== undefined) return [flag, takes.words.at(-1)!];
  return [flag, texts[flag] ?? 'x'];
}

const unlike = new Set(['setup', 'doctor', 'serve', 'completion', 'thesaurus']); // their work is the machine's, or has no end
const run = (line: readonly string[]) => runHere(line, { environment: { W2V_CACHE: path('cache') } });
const flags = [...new Set(commands.flatMap((command) => shapeOf(command).options.map(flagOf)))];

it('every command has a line here', () => expect(Object.keys(lines).sort()).toEqual(commands.map(nameIn).sort()));

describe.each(commands.map((command) => [nameIn(command), command] as const))('%s', (name, command) => {
  it('refuses every option of another command by name', async () => {
    const own = new Set(shapeOf(command).options.map(flagOf));
    for (const flag of flags) {
      if (own.has(flag) || flag.length === 2 || flag === '--top') continue; // --top is gensim's -k
      const { code, stderr } = await run([...lineOf(name), flag]);
      expect([code, stderr], `${name} ${flag}`).toEqual([2, expect.stringContaining(flag.slice(2))]);
    }
  });

  if (unlike.has(name)) return;

  it('works as it is called here, and takes each option or refuses it by name', async () => {
    const { code, stderr } = await run(lineOf(name));
    expect(code, stderr).toBe(0);
    for (const spec of shapeOf(command).options) {
      if (flagOf(spec) === '--output') continue;
      const given = sampleOf(spec);
      const line = [...lineOf(name), ...given];
      const outcome = await run(line);
      expect(outcome.stderr, line.join(' ')).not.toContain('this is a bug');
      const names = [flagOf(spec).slice(2), ...given.slice(1)].some((one) => outcome.stderr.includes(one));
      if (outcome.code === 2) expect(names, `${line.join(' ')}: ${outcome.stderr}`).toBe(true);
      else expect([0, 1, 3, 4, 5], outcome.stderr).toContain(outcome.code);
    }
  }, 180_000);
});

it('what has no effect is refused from the configuration, too, with its place there', async () => {
  const compare = commands.find((command) => nameIn(command) === 'compare')!;
  const ofCorpus = shapeOf(compare).options.filter(({ only }) => only?.some((rule) => rule.with === 'input'));
  const settable = ofCorpus.filter((spec) => {
    const made = compare.options.find((each) => each.attributeName() === nameOf(spec))!;
    return whyNotSettable(made) === undefined && spec.fallback !== undefined && typeof spec.fallback !== 'object';
  });
  expect(settable.length).toBeGreaterThan(12);
  for (const spec of settable) {
    const value = spec.fallback === 2e9 ? '2GB' : spec.fallback;
    const config = file('config.json', JSON.stringify({ compare: { [nameOf(spec)]: value } }));
    const { code, stderr } = await run([...lineOf('compare'), '--config', config]);
    const said = `config.json: compare.${nameOf(spec)} applies to a corpus, not to files of vectors`;
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  }
});

describe('an output is never an input', () => {
  const cases = commands.flatMap((command) => {
    const { operands = [], options: own } = shapeOf(command);
    const written = own.filter(({ takes }) => takes?.path === 'writes');
    const read = own.filter(({ takes }) => takes?.path === 'reads');
    const byOperand = operands.some(({ takes }) => takes?.path === 'reads' && takes.files?.length !== 0);
    return written.flatMap((output) => [
      ...read.map((input) => [nameIn(command), output, input] as const),
      ...(byOperand ? [[nameIn(command), output, undefined] as const] : []),
    ]);
  });

  it('there are many such pairs', () => expect(cases.length).toBeGreaterThan(40));

  it.each(
    cases.map(
      ([name, output, input]) => [name, flagOf(output), input ? flagOf(input) : 'the operand', output, input] as const,
    ),
  )('%s %s onto %s', async (name, flag, inputFlag, _output, input) => {
    const base = lineOf(name);
    const ending =
      flag === '--save-output' || (flag === '--output' && /train|count|combine|embed/.test(name)) ? '.bin' : '.html';
    const victim = `victim${ending}`;
    const source =
      input === undefined ? base.find((word) => /\.(txt|vec)$/.test(word)) : path(samples[inputFlag] ?? 'words.txt');
    if (source === undefined) return void expect(name).toBe('explain'); // its operand is a text
    const bytes = readFileSync(source);
    writeFileSync(path(victim), bytes);
    const without = base.filter(
      (word, at) => word !== '-o' && base[at - 1] !== '-o' && word !== flag && base[at - 1] !== flag,
    );
    const own = flag === '--output' ? ['-o', path(victim)] : [flag, path(victim)];
    const kept = flag === '--output' ? without : base;
    const asInput =
      input === undefined
        ? kept.map((word) => (word === source ? path(victim) : word))
        : [...kept, inputFlag, path(victim)];
    const twin = asInput.filter(
      (word, at) =>
        !(input !== undefined && word === inputFlag && at < kept.length) &&
        !(kept[at - 1] === inputFlag && at < kept.length && input !== undefined),
    );
    const { code, stderr } = await runHere([...twin, ...own, '--force']);
    expect(code, stderr).toBe(2);
    expect(readFileSync(path(victim)).equals(bytes)).toBe(true);
    expect(stderr).toMatch(/would destroy the input|does not apply|applies to|cannot be used with|unknown option/);
  });

  it('nor the configuration, under any name', async () => {
    const config = file('w2v.json', '{"vocab": {"minCount": 2}}');
    const { code, stderr } = await runHere([
      'vocab',
      path('text.txt'),
      '--config',
      config,
      '-o',
      join(path('empty'), '..', 'w2v.json'),
      '--force',
    ]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('would destroy the input')]);
    expect(readFileSync(config, 'utf8')).toBe('{"vocab": {"minCount": 2}}');
  });
});
