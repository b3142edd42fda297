// A process that runs cases: it damages a target's files in a new folder and calls w2v's own run() on them. It writes
// the current case to case.json next to the folder, so that its parent knows it after a crash.
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { createRandom } from '../../../build/base/random.js';
import { run } from '../../../build/cli/run.js';
import { judge } from './judge.js';
import { turns } from './targets.js';

const [work, seedText, slowText, keep] = process.argv.slice(2);
const [seed, slow] = [Number(seedText), Number(slowText)];
const kept = (name, at) => join(keep, `${name.replace(/[^\w.]+/g, '-')}-${seed}-${at}`);

const temporary = join(work, 'tmp');
const tools = join(work, 'tools');
for (const folder of [temporary, tools]) mkdirSync(folder, { recursive: true });
// Nothing is fetched: the programs that would do it fail at once.
for (const name of ['npm', 'pip', 'pip3', 'python', 'python3']) {
  writeFileSync(join(tools, name), '#!/bin/sh\necho no network >&2\nexit 1\n');
  chmodSync(join(tools, name), 0o755);
}
process.env.TMPDIR = temporary;
process.env.PATH = tools;

const stray = [];
process.on('uncaughtException', (error) => stray.push(error.stack));
process.on('unhandledRejection', (error) => stray.push(error?.stack ?? String(error)));

/** A stream that keeps the first megabyte of what is written to it. */
class Kept extends Writable {
  text = '';
  _write(chunk, _encoding, done) {
    if (this.text.length < 1e6) this.text += chunk.toString('latin1');
    done();
  }
  get utf8() {
    return Buffer.from(this.text, 'latin1').toString();
  }
}

/** The most memory the process has held since the last call, and what it holds now, in bytes. */
function memory() {
  try {
    const status = readFileSync('/proc/self/status', 'utf8');
    const [peak, now] = ['VmHWM', 'VmRSS'].map(
      (name) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]),
    );
    writeFileSync('/proc/self/clear_refs', '5'); // the peak begins anew
    return { peak, now };
  } catch {
    return { peak: 1024 * process.resourceUsage().maxRSS, now: process.memoryUsage.rss() }; // no Linux: the peak only grows
  }
}

/** `terminal`: whether standard output claims to be one. */
async function runOnce(args, stdin, terminal = false) {
  const stdout = Object.assign(new Kept(), { isTTY: terminal, columns: 100 });
  const stderr = new Kept();
  stray.length = 0;
  const before = memory().now;
  const started = performance.now();
  let code;
  let thrown;
  try {
    code = await run(args, {
      stdin: Readable.from([stdin]),
      stdout,
      stderr,
      environment: { W2V_CACHE: 'cache', HOME: work },
      noColor: true,
      signal: new AbortController().signal,
    });
  } catch (error) {
    thrown = error?.stack ?? String(error);
  }
  const seconds = (performance.now() - started) / 1000;
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve)); // what nobody waited for
  const grown = memory().peak - before;
  return { code, thrown, stdout: stdout.utf8, stderr: stderr.utf8, seconds, memory: grown, stray: [...stray] };
}

function namesBelow(folder, prefix = '') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? namesBelow(join(folder, entry.name), `${prefix}${entry.name}/`) : [prefix + entry.name],
  );
}

function writeTo(folder, files) {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** A target's files as they are before they are damaged; some w2v itself makes. Throws where it does not take them. */
async function wholeFiles(target) {
  if (target.complete) return target.files;
  const folder = mkdtempSync(join(work, 'whole-'));
  writeTo(folder, target.files);
  process.chdir(folder);
  const must = async (args, wanted, stdin = '') => {
    const { code, thrown, stderr } = await runOnce(args, Buffer.from(stdin));
    if (code !== wanted) throw new Error(`w2v ${args.join(' ')} ended with ${code}: ${thrown ?? stderr}`);
  };
  for (const args of target.made ?? []) await must(args, 0);
  target.files = Object.fromEntries(namesBelow(folder).map((name) => [name, readFileSync(join(folder, name))]));
  target.complete = true;
  for (const [args, input] of target.inputs ?? []) await must(args, 0, input);
  if (target.refused === undefined) for (const args of target.runs?.({ below: () => 0 }) ?? []) await must(args, 0);
  return target.files;
}

const leftovers = (folder) => [
  ...namesBelow(folder).filter((name) => /\.tmp$|(?:^|\/)\.(?!making)/.test(name)),
  ...readdirSync(temporary).map((name) => `TMPDIR/${name}`),
];

async function runCase(number) {
  const target = turns[number % turns.length];
  const random = createRandom(seed, number);
  const whole = await wholeFiles(target);
  const folder = join(work, 'case');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const files = { ...whole };
  const damage = (sound, name) => target.damage(sound, random, [sound, ...Object.values(whole)], name);
  let [commands, stdin] = [[], Buffer.alloc(0)];
  if (target.inputs === undefined) {
    const aims = aimsOf(target, whole);
    const victim = aims[random.below(3) === 0 ? random.below(aims.length) : 0];
    commands = target.runs(random);
    files[victim] = damage(whole[victim], victim);
  } else {
    const [args, input] = target.inputs[random.below(target.inputs.length)];
    commands = [args];
    stdin = damage(Buffer.from(input), 'stdin');
  }
  writeTo(folder, files);
  process.chdir(folder);

  const bytes = Object.values(files).reduce((sum, { length }) => sum + length, 0);
  const given = Object.values(files)
    .concat(stdin, Buffer.from(commands.flat().join('\n')))
    .join('\n');
  const result = { number, target: target.name, runs: 0, codes: {}, messages: [], hits: [], slowest: 0, memory: 0 };
  for (const args of commands) {
    // What a conversion has not made cannot be read.
    if (args[0] === 'info' && /^o\./.test(args[1]) && !existsSync(args[1])) args[1] = 'none';
    writeFileSync(join(work, 'case.json'), JSON.stringify({ number, target: target.name, args }));
    process.send({ running: number });
    const terminal = number % 2 === 1;
    const outcome = await runOnce(args, stdin, terminal);
    const left = leftovers(folder);
    const hits = judge(outcome, { args, terminal, given, bytes, left, slow });
    const reread = args[0] === 'info' && /^o\./.test(args[1]) && outcome.code !== 0;
    if (reread) hits.push({ kind: 'unreadable output', shown: outcome.stderr.slice(0, 600) });
    const unfinished = args[0] === 'convert' && outcome.code !== 0 && existsSync(args[2]);
    if (unfinished) hits.push({ kind: 'output in spite of failure', shown: outcome.stderr.slice(0, 600) });
    result.runs++;
    result.codes[outcome.code] = (result.codes[outcome.code] ?? 0) + 1;
    const message = /^error: .*$/m.exec(outcome.stderr)?.[0];
    if (message !== undefined) result.messages.push(`${outcome.code} ${args[0]}: ${message.replaceAll(work, '')}`);
    result.slowest = Math.max(result.slowest, outcome.seconds);
    result.memory = Math.max(result.memory, outcome.memory);
    for (const hit of hits) result.hits.push({ ...hit, args });
    if (left.length > 0) for (const name of readdirSync(temporary)) rmSync(join(temporary, name), { recursive: true });
  }
  if (result.hits.length > 0) {
    if (stdin.length > 0) writeFileSync('stdin', stdin);
    result.kept = keepCase(target.name, number, folder);
  }
  return result;
}

/** The names of the files that may be damaged. */
function aimsOf({ aim }, files) {
  if (Array.isArray(aim)) return aim;
  return Object.keys(files)
    .filter((name) => aim.test(name))
    .sort();
}

function keepCase(name, number, folder) {
  const to = kept(name, number);
  cpSync(folder, to, { recursive: true });
  return to;
}

process.on('message', async ({ number, end }) => {
  if (end) process.exit(0);
  try {
    process.send({ result: await runCase(number) });
  } catch (error) {
    process.send({ failed: error.stack });
  }
});
process.send({ ready: statSync(work).isDirectory() });
