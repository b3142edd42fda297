// What `npm start` shows, on a clone of its own whose w2v only notes what it is asked.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../..', import.meta.url));
let root: string;

const w2v = `
const fs = require('node:fs');
const [command, ...rest] = process.argv.slice(2);
fs.appendFileSync('calls', [command, ...rest].join(' ') + '\\n');
const words = rest.filter((word) => /^[a-z]+$/.test(word));
const neighbors = ['silver', 'transcontinental', 'incomprehensible', 'characteristically', 'a', 'b'].map((word) => ({ word }));
const score = { spearman: 0.4, accuracy: 0.1, low: 0, high: 0.5 };
const route = { name: 'tensorflow.bin', pairs: [score], analogies: [score], seconds: 1 };
if (command === 'nearest') console.log(JSON.stringify(words.map(() => ({ neighbors }))));
if (command === 'compare') console.log(JSON.stringify({ routes: [route, { ...route, analogies: [], seconds: undefined }] }));
if (command === 'setup') {
  const how = fs.readFileSync('how', 'utf8');
  if (how === 'hangs') setInterval(() => {}, 1000);
  process.on('SIGTERM', () => { fs.writeFileSync('ended', ''); process.exit(143); });
  process.exitCode = how === 'fails' ? 4 : 0;
}
`;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'w2v a clone '));
  cpSync(join(project, 'scripts'), join(root, 'scripts'), { recursive: true });
  for (const folder of ['bin', 'node_modules']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'package.json'), '{"type":"module"}');
  writeFileSync(join(root, 'bin/package.json'), '{"type":"commonjs"}');
  writeFileSync(join(root, 'bin/w2v.js'), w2v);
  writeFileSync(join(root, 'scripts/bootstrap.js'), withoutBootstrap());
});
afterEach(() => rmSync(root, { recursive: true }));

/** The script with all but its `bootstrap`, which tests/scripts/bootstrap.slow.test.ts tests. */
function withoutBootstrap(): string {
  const script = readFileSync(join(project, 'scripts/bootstrap.js'), 'utf8');
  return script.replace(
    'export async function bootstrap(',
    'export async function bootstrap() {}\nasync function unused(',
  );
}

function start(how: 'works' | 'fails' | 'hangs', parameters: string[] = []) {
  writeFileSync(join(root, 'how'), how);
  const child = spawn(process.execPath, ['scripts/start.js', ...parameters], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return { child, output: () => output, code: once(child, 'close').then(([code]) => code as number) };
}

const calls = () => readFileSync(join(root, 'calls'), 'utf8').trim().split('\n');
const headings = (output: string) => output.match(/^\d\/\d/gm);

test('five steps, TensorFlow meanwhile; no line is wider than 80 columns', async () => {
  const { output, code } = start('works');
  expect(await code).toBe(0);
  expect(headings(output())).toEqual(['1/5', '2/5', '3/5', '4/5', '5/5']);
  expect(
    output()
      .split('\n')
      .filter((line) => line.length > 80),
  ).toEqual([]);
  expect(calls().filter((call) => /^(setup|train|count|map|compare)/.test(call)).length).toBe(6);
  expect(calls().at(-1)).toMatch(/^compare out\/skipgram\.bin out\/counted\.bin out\/tensorflow\.bin /);
  expect(output()).toMatch(/Three things to try:\n {2}\S+ out\/map\.html /);
});

test('--portable leaves TensorFlow out, and what is downloaded is said first', async () => {
  const { output, code } = start('works', ['--portable']);
  expect(await code).toBe(0);
  expect(output().split('\n')[0]).toBe('Downloads, once: npm packages 200 MB, a text 7 MB');
  expect(headings(output())).toEqual(['1/4', '2/4', '3/4', '4/4']);
  expect(calls().join('\n')).not.toMatch(/setup|tensorflow/);
});

test('without TensorFlow the rest goes on, and a line says so', async () => {
  const { output, code } = start('fails');
  expect(await code).toBe(0);
  expect(output()).toContain('TensorFlow could not be set up: npx w2v setup says why. The rest goes on.\n');
  expect(calls().join('\n')).not.toContain('--engine tensorflow');
});

test('a step that fails ends all, with its code', async () => {
  appendFileSync(join(root, 'bin/w2v.js'), "if (command === 'count') process.exitCode = 3;\n");
  const { code } = start('hangs');
  expect(await code).toBe(3);
  await isEnded();
});

test('a signal ends the set-up in the background too', async () => {
  const { child, output, code } = start('hangs');
  while (!output().includes('Setting up TensorFlow')) await sleep(20);
  child.kill('SIGINT');
  expect(await code).toBe(143);
  await isEnded();
});

async function isEnded(): Promise<void> {
  for (let at = 0; at < 200 && !existsSync(join(root, 'ended')); at++) await sleep(20);
  expect(existsSync(join(root, 'ended'))).toBe(true);
}

test('an option that is unknown is refused', async () => {
  const { output, code } = start('works', ['--full']);
  expect(await code).toBe(2);
  expect(output()).toMatch(/^Unknown option '--full'/);
});
