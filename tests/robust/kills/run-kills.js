// Kills commands at seeded random moments, runs them again, and compares what there is then with the result of a run
// that nobody disturbed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents, copyRoom, createRoom, removeRoom, runIn } from './room.js';
import { killTargets, withoutCost } from './targets.js';

/** Numbers in [0, 1) from a seed (a 32-bit mix, splitmix32). */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param options runs (over all targets, in turn), seed, scale and tfjsNode (killTargets), only (part of a name), onRun
 * @returns runs: { target, milliseconds (of the kill), killed, left (temporary files after the kill), faults }
 */
export async function runKills({ runs, seed, scale, tfjsNode, only = '', onRun }) {
  const targets = killTargets({ scale, tfjsNode }).filter(({ name }) => name.includes(only));
  const random = randomFrom(seed);
  const prepared = new Map();
  const done = [];
  try {
    for (let at = 0; at < runs; at++) {
      const target = targets[at % targets.length];
      if (!prepared.has(target)) prepared.set(target, await undisturbed(target));
      const ready = prepared.get(target);
      const one = await killOnce(target, ready, random());
      ready.milliseconds = Math.min(ready.milliseconds, one.next);
      done.push(one);
      onRun?.(one);
    }
  } finally {
    for (const { room } of prepared.values()) removeRoom(room);
  }
  return done;
}

const commandOf = (target, room) => ({ ...target, bin: target.bin?.(room) });

async function roomFor(target, from) {
  if (from !== undefined && !target.bin) return copyRoom(from);
  const room = createRoom(); // a checkout has links to itself, and is made anew
  await target.prepare(room);
  return room;
}

/** The room before, how long the command takes, and what there is afterwards. */
async function undisturbed(target) {
  const room = await roomFor(target);
  const once = await roomFor(target, room);
  try {
    const run = await runIn(once, commandOf(target, once));
    if (run.code !== 0) throw new Error(`${target.name}: ${run.stderr}`);
    return { room, milliseconds: run.milliseconds, result: resultIn(once, target, run) };
  } finally {
    removeRoom(once);
  }
}

/** Everything that must be the same. */
function resultIn(room, target, { code, stdout }) {
  const here = contents(room, 'here');
  for (const name of Object.keys(here)) {
    // How often it was saved depends on time; a lock or a temporary file stays in the list.
    if (/^ck\/(runs|[a-z]+-[12]\.\w+)$/.test(name)) delete here[name];
    else if (target.varies?.includes(name)) here[name] = 'present';
    else if (name.endsWith('.json'))
      here[name] = JSON.stringify(withoutCost(JSON.parse(readFileSync(join(room, 'here', name), 'utf8'))));
  }
  return {
    code,
    here,
    answer: target.answer?.(stdout) ?? '',
    tmp: contents(room, 'tmp'),
    cache: contents(room, 'cache', { hash: false }),
  };
}

const TRIES = 4;

async function killOnce(target, { room: from, milliseconds, result }, share) {
  let when = share * milliseconds;
  let room;
  let killed;
  // A command that is done before its kill is killed earlier.
  for (let tries = 0; tries === 0 || (killed.signal !== 'SIGKILL' && tries < TRIES); tries++, when /= 2) {
    if (room !== undefined) removeRoom(room);
    room = await roomFor(target, from);
    killed = await runIn(room, commandOf(target, room), when);
  }
  try {
    const faults = [];
    const after = contents(room, 'here');
    for (const name of target.makes) {
      const whole = name.endsWith('.json') || target.varies?.includes(name) || after[name] === result.here[name];
      if (existsSync(join(room, 'here', name)) && !whole) faults.push(`${name} is half-written`);
    }
    const left = [...Object.keys(contents(room, 'tmp')), ...Object.keys(after).filter((name) => name.startsWith('.'))];
    const again = await runIn(room, commandOf(target, room));
    const now = resultIn(room, target, again);
    if (again.code !== 0)
      faults.push(`the next run ended with ${again.signal ?? again.code}: ${again.stderr.slice(0, 400)}`);
    for (const part of ['here', 'tmp', 'cache']) faults.push(...differences(part, result[part], now[part]));
    if (again.code === 0 && now.answer !== result.answer) faults.push('another answer');
    // What goes on from a checkpoint is done sooner.
    const next = target.args.includes('--resume') ? milliseconds : again.milliseconds;
    const killedAfter = Math.round(killed.milliseconds);
    return { target: target.name, milliseconds: killedAfter, killed: killed.signal === 'SIGKILL', left, faults, next };
  } finally {
    removeRoom(room);
  }
}

function differences(part, expected, found) {
  const names = new Set([...Object.keys(expected), ...Object.keys(found)]);
  return [...names]
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${part}/${name} is ${!(name in found) ? 'missing' : name in expected ? 'different' : 'left'}`);
}
