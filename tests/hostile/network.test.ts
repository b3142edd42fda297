// Which command uses the network (docs/security.md): those whose purpose is to fetch call npm or pip, and no command
// opens a connection itself, unless --on names a cluster (tests/cluster/). npm, pip and the compiler are stand-ins here,
// which write down that they were called.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandGroups } from '../../src/cli/command-list.ts';
import { saveVectors } from '../../src/formats/save.ts';
// @ts-expect-error: the benchmarks are plain JavaScript
import { smallWordNet } from '../robust/fuzz/small-wordnet.js';
import { has, namespaces, noTensorflow, ownCache, quick, Room, text, without } from './w2v.ts';

const standIn = (name: string) =>
  `#!/bin/sh\ncase " $* " in *" --version "*) echo ${name} 1; exit 0;; esac\necho ${name} >> "$CALLED"; exit 1\n`;
const tools = ['npm', 'python3', 'python', 'pip', 'pip3', 'c++', 'g++', 'clang++'];
const wordnet = Object.entries(smallWordNet() as Record<string, Buffer>).map(([name, bytes]) => [`wn/${name}`, bytes]);
const room = new Room({
  't.txt': text(),
  'p.tsv': 'w1\tw2\t3\nw1\tw3\t2\nw2\tw9\t1\n',
  ...Object.fromEntries(wordnet),
  ...Object.fromEntries(tools.map((name) => [`tools/${name}`, standIn(name)])),
});
await room.run('chmod +x tools/*');
await room.run(`w2v train t.txt -o v.bin --save-output o.bin --model cbow ${quick} --quiet`);
const words = Array.from({ length: 1500 }, (_, at) => `w${at}`);
await saveVectors(room.path('many.bin'), { words, matrix: Float32Array.from(words, (_, at) => at % 7), dimensions: 1 });
await room.run('cp t.txt kept.txt');

/** Command lines that work with what is there, or say what to get: none calls anything. `name` is the command in the help. */
const offline: [name: string, line: string, exit?: number][] = [
  ['train', `train t.txt -o x.bin ${quick} --force`],
  ['count', 'count t.txt -o x.bin --dim 8 --force'],
  ['vocab', 'vocab t.txt'],
  ['nearest', 'nearest v.bin w1'],
  ['nearest', 'nearest many.bin w1 --index hnsw'],
  ['analogy', 'analogy v.bin w1 w2 w3'],
  ['similarity', 'similarity v.bin w1 w2'],
  ['odd', 'odd v.bin w1 w2 w3'],
  ['vector', 'vector v.bin w1'],
  ['phrases', 'phrases t.txt'],
  ['embed', "embed v.bin 'w1 w2'"],
  ['search', 'search v.bin --in t.txt w1'],
  ['map', 'map v.bin -o m.html --force'],
  ['serve', "serve v.bin --get '/api/nearest?query=w1'"],
  ['predict', "predict v.bin --context 'w1 ? w2'"],
  ['evaluate', 'evaluate v.bin --pairs p.tsv'],
  ['evaluate', 'evaluate v.bin --pairs wordsim353 --analogies google-analogies'],
  ['evaluate', 'evaluate v.bin'],
  ['evaluate', 'evaluate v.bin --pairs simlex999', 3],
  ['evaluate', 'evaluate v.bin --thesaurus', 3],
  ['compare', `compare t.txt ${quick}`],
  ['compare', 'compare v.bin many.bin'],
  ['compare', `compare t.txt --thesaurus none --pairs p.tsv --report r.html --force ${quick}`],
  ['thesaurus', 'thesaurus dog --wordnet wn'],
  ['thesaurus', 'thesaurus dog', 3],
  ['explain', 'explain --chapter thesaurus'],
  ['explain', "explain 'you say goodbye and i say hello'"],
  ['convert', 'convert v.bin x.txt --force'],
  ['combine', 'combine v.bin o.bin -o c.bin --force'],
  ['info', 'info v.bin'],
  ['corpus', 'corpus list'],
  ['doctor', 'doctor'],
  ['sql', 'sql vocab /data/text'],
  ['completion', 'completion bash'],
  ['help', 'help train'],
];

/** Command lines that need something from elsewhere, and the program that is asked for it. */
const fetching: [line: string, called: string][] = [
  ['corpus get moby-dick', 'npm'],
  ['vocab corpus:moby-dick', 'npm'],
  ['corpus get simlex999', 'python3'],
  ['corpus get wordnet', 'npm'],
  ['setup --force', 'python3'],
];

it('every command is in these tables', () => {
  const commands = Object.values(commandGroups).flatMap((group) => group.map(({ name }) => name));
  const known = new Set([...offline.map(([name]) => name), ...fetching.map(([line]) => line.split(' ')[0])]);
  expect(commands.filter((name) => !known.has(name))).toEqual([]);
});

let number = 0;
/** Runs a command line with the stand-ins; what they were called for, and its exit code. */
async function called(line: string, prefix = '', environment: Record<string, string> = {}) {
  const file = `called-${number++}`;
  const run = await room.run(
    `export CALLED="$PWD/${file}"; : > "$CALLED"; PATH="$PWD/tools:$PATH" exec ${prefix} w2v ${line}`,
    {
      limit: 60,
      environment,
    },
  );
  return { ...run, calls: [...new Set(room.read(file).split('\n').filter(Boolean))] };
}

describe('who is called', () => {
  // On a machine without a network, as far as the system allows to make one.
  const alone = namespaces ? 'unshare -rn' : '';
  it.each(offline)('nobody by w2v %s: %s', async (_name, line, exit = 0) => {
    const { code, calls, stderr } = await called(line, alone);
    expect([code, calls], stderr).toEqual([exit, []]);
  });

  it.each(fetching)('by w2v %s: %s', async (line, program) => {
    const { calls, stderr } = await called(line);
    expect(calls, stderr).toEqual([program]);
  });
});

const traced = has('strace -f -qq -o /dev/null -e trace=socket true');
describe.skipIf(!traced)(`no command opens a connection${without(traced, 'strace')}`, () => {
  const lines = [...offline.map(([, line]) => line), ...fetching.map(([line]) => line)];
  const trace = 'strace -f -qq -e trace=socket,connect,bind,sendto,sendmsg -o';
  it.each(lines)('w2v %s', async (line) => {
    const file = `trace-${number}`;
    await called(line, `${trace} ${file}`);
    expect(room.read(file)).not.toMatch(/AF_INET|AF_PACKET/);
  });

  it.skipIf(noTensorflow)(`w2v train, with TensorFlow${without(!noTensorflow, 'TensorFlow')}`, async () => {
    const train = 'train t.txt -o x.bin --engine tensorflow --dim 8 --epochs 1 --force';
    const { code } = await called(train, `${trace} trace-tf`, { W2V_CACHE: ownCache });
    expect(code).toBe(0);
    expect(room.read('trace-tf')).not.toMatch(/AF_INET|AF_PACKET/);
  });

  it('and the trace would show one', async () => {
    const code = "require('net').connect(9, '127.0.0.1').on('error', () => {})";
    await room.run(`${trace} trace-own '${process.execPath}' -e "${code}"`);
    expect(readFileSync(room.path('trace-own'), 'utf8')).toMatch(/AF_INET/);
  });
});
