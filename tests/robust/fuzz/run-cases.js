// Runs many cases in processes that are replaced when they die or hang, and gathers what was found.
import { fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runsOf, turns } from './targets.js';

const worker = fileURLToPath(new URL('worker.js', import.meta.url));

/** The cases that `runs` runs take, from case `first` on. */
function plan(runs, first, only) {
  const numbers = [];
  for (let number = first, planned = 0; planned < runs; number++) {
    const target = turns[number % turns.length];
    if (only !== undefined && !target.name.includes(only)) continue;
    numbers.push(number);
    planned += runsOf(target);
  }
  return numbers;
}

/**
 * @param options runs, seed, first (case), processes, keep (a folder for the files of hits), slow (seconds above which
 *   a run is a hit), patience (seconds after which a process is killed), only (part of a target's name), onHit
 */
export async function runCases({ runs, seed, first = 0, processes = 2, keep, slow = 10, patience = 60, only, onHit }) {
  const numbers = plan(runs, first, only);
  const found = { cases: 0, runs: 0, targets: {}, messages: new Map(), hits: [] };
  let next = 0;
  const started = performance.now();

  function note({ target, runs, codes, messages = [], hits, slowest, memory, number, kept }) {
    found.targets[target] ??= { cases: 0, runs: 0, codes: {}, slowest: 0, memory: 0 };
    const of = found.targets[target];
    found.cases++;
    of.cases++;
    found.runs += runs;
    of.runs += runs;
    for (const [code, times] of Object.entries(codes)) of.codes[code] = (of.codes[code] ?? 0) + times;
    of.slowest = Math.max(of.slowest, slowest);
    of.memory = Math.max(of.memory, memory);
    for (const message of messages) {
      const key = message.replace(/\d+/g, 'N').slice(0, 90);
      const known = found.messages.get(key) ?? { message, times: 0, case: number };
      found.messages.set(key, { ...known, times: known.times + 1 });
    }
    for (const hit of hits) {
      const whole = { ...hit, target, case: number, folder: kept };
      found.hits.push(whole);
      onHit?.(whole);
    }
  }

  /** One process after another, until no case is left. */
  async function take(place) {
    while (next < numbers.length) {
      const work = mkdtempSync(join(tmpdir(), `w2v-fuzz-${place}-`));
      try {
        await oneProcess(work);
      } finally {
        rmSync(work, { recursive: true, force: true });
      }
    }
  }

  function oneProcess(work) {
    return new Promise((resolve, reject) => {
      const child = fork(worker, [work, seed, slow, keep], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      let errors = '';
      child.stderr.on('data', (text) => {
        errors = (errors + text).slice(-4000);
      });
      let current;
      let failed;
      let hung = false;
      let timer;
      const rest = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          hung = true;
          child.kill('SIGKILL');
        }, patience * 1000);
      };
      const give = () => {
        current = numbers[next++];
        child.send(current === undefined ? { end: true } : { number: current });
      };
      child.on('message', ({ ready, result, failed: why }) => {
        rest();
        if (result !== undefined) note(result);
        if (why !== undefined) {
          failed = new Error(`case ${current}: ${why}`);
          child.kill();
        } else if (ready || result !== undefined) give();
      });
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(timer);
        if (failed !== undefined) return reject(failed);
        if (current !== undefined)
          noteDeath(work, hung ? 'hang' : 'death', `${signal ?? `exit ${code}`}\n${errors}`, current);
        resolve();
      });
    });
  }

  function noteDeath(work, kind, shown, number) {
    const { target, args } = JSON.parse(readFileSync(join(work, 'case.json'), 'utf8'));
    const kept = join(keep, `${kind}-${seed}-${number}`);
    cpSync(join(work, 'case'), kept, { recursive: true });
    note({ target, runs: 1, codes: { [kind]: 1 }, hits: [{ kind, shown, args }], slowest: 0, memory: 0, number, kept });
  }

  mkdirSync(keep, { recursive: true });
  await Promise.all(Array.from({ length: processes }, (_, place) => take(place)));
  return { ...found, seconds: (performance.now() - started) / 1000 };
}

/** Hits that look alike, most frequent first: kind, target, the command, what is shown without its numbers. */
export function alike(hits) {
  const groups = new Map();
  for (const hit of hits) {
    const about = hit.shown.split('\n').find((line) => /error/i.test(line)) ?? hit.shown;
    const key = [hit.kind, hit.target, hit.args[0], about.replace(/\d+/g, 'N').slice(0, 100)].join(' | ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ...hit, times: 1 });
    else group.times++;
  }
  return [...groups.values()].sort((a, b) => b.times - a.times);
}
