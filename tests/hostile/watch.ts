// A process watched to its end: signals and keys are sent on the way, its memory is looked at.
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Conditions {
  /** Standard input; without it, it is empty. 'open': it says nothing and does not end. */
  stdin?: string | Uint8Array | 'open';
  /** More of the environment; undefined takes a variable out. */
  environment?: Record<string, string | undefined>;
  /** Signals, each sent once: milliseconds after the start, or when a stream has said something (and so long after). */
  signals?: readonly { name: NodeJS.Signals; when: number | RegExp; pause?: number }[];
  /** Typed on standard input, each once, when a stream has said something. For a command in `onTerminal`. */
  keys?: readonly { text: string; when: RegExp }[];
  /** Called once, when a stream has said something. */
  meanwhile?: { when: RegExp; act: () => void };
  /** Seconds after which it is killed, and the test fails. */
  limit?: number;
}

/** Runs a child to its end, with signals on the way. */
export async function watch(child: ChildProcess, conditions: Conditions) {
  const { signals = [], keys = [], meanwhile, limit = 20 } = conditions;
  const { stdin = keys.length > 0 ? 'open' : '' } = conditions;
  const start = performance.now();
  const text = { stdout: '', stderr: '' };
  let memory = 0;
  let timedOut = false;
  let signalled = Number.NaN;
  let pending = [...signals];
  let untyped = [...keys];
  let act = meanwhile?.act;
  const timers: NodeJS.Timeout[] = [];
  const later = (milliseconds: number, then: () => void) => timers.push(setTimeout(then, milliseconds));
  const send = (name: NodeJS.Signals) => {
    signalled = performance.now();
    child.kill(name);
  };
  const onText = () => {
    const all = text.stdout + text.stderr;
    const [next] = pending;
    if (next !== undefined && typeof next.when !== 'number' && next.when.test(all)) {
      pending = pending.slice(1);
      later(next.pause ?? 0, () => {
        send(next.name);
        onText(); // the next may wait for what has been said already
      });
    }
    const [key] = untyped;
    if (key?.when.test(all)) {
      untyped = untyped.slice(1);
      signalled = performance.now();
      child.stdin!.write(key.text);
      setImmediate(onText);
    }
    if (act !== undefined && meanwhile!.when.test(all)) {
      act();
      act = undefined;
    }
  };
  for (const { name, when } of signals) if (typeof when === 'number') later(when, () => send(name));
  pending = pending.filter(({ when }) => typeof when !== 'number');
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk) => {
      if (text[name].length < 10_000_000) text[name] += chunk;
      onText();
    });
  }
  child.stdin!.on('error', () => {}); // a command that fails early does not read it
  if (stdin !== 'open') child.stdin!.end(stdin);
  const peak = setInterval(() => {
    memory = Math.max(memory, peakMemory(child.pid!));
  }, 20);
  later(limit * 1000, () => {
    timedOut = true;
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      child.kill('SIGKILL');
    }
  });
  const end = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve([code, signal]));
  });
  clearInterval(peak);
  for (const timer of timers) clearTimeout(timer);
  const now = performance.now();
  return {
    code: end[0],
    signal: end[1],
    timedOut,
    ...text,
    seconds: (now - start) / 1000,
    secondsSinceSignal: (now - signalled) / 1000,
    memory,
  };
}

function peakMemory(pid: number): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(kilobytes?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
