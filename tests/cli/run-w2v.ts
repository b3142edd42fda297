// The command line as tests call it: in this process with streams of their own, or as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { PassThrough, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { CommandContext } from '../../src/cli/context.ts';
import { run } from '../../src/cli/run.ts';
import type { Environment } from '../../src/cli/terminal/terminal.ts';

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Outside {
  stdin?: string | Readable;
  environment?: Environment;
  /** Whether the streams claim to be a terminal. */
  terminal?: boolean;
  /** Width of the streams. */
  columns?: number;
  /** Standard input is none, whatever the others are. */
  piped?: boolean;
  signal?: AbortSignal;
  /** Called with what `runHere` writes to standard output, as it comes. */
  onOutput?: (text: string) => void;
  /** The current folder of `spawnW2v`. */
  folder?: string;
}

function collected(isTTY: boolean, columns = 100) {
  const stream = Object.assign(new PassThrough(), { isTTY, columns });
  let text = '';
  stream.on('data', (chunk) => {
    text += chunk;
  });
  return { stream, text: () => text };
}

function readable(stdin: string | Readable = ''): Readable {
  return typeof stdin === 'string' ? Readable.from([Buffer.from(stdin)]) : stdin;
}

/** From src, without a process: for everything that does not need one. */
export async function runHere(args: readonly string[], outside: Outside = {}): Promise<Outcome> {
  const terminal = outside.terminal ?? false;
  const stdout = collected(terminal, outside.columns);
  if (outside.onOutput) stdout.stream.on('data', (chunk) => outside.onOutput!(String(chunk)));
  const stderr = collected(terminal, outside.columns);
  const context: CommandContext = {
    stdin: Object.assign(readable(outside.stdin), { isTTY: terminal && outside.piped !== true }),
    stdout: stdout.stream,
    stderr: stderr.stream,
    // A prompt keeps its history in the cache, if it can.
    environment: outside.environment ?? (terminal ? { W2V_CACHE: '/dev/null/none' } : {}),
    noColor: false,
    signal: outside.signal ?? new AbortController().signal,
  };
  const code = await run(args, context);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));

/** The built command (scripts/build.js); the caller has stdin, signals and streams to itself. */
export function startW2v(
  args: readonly string[],
  environment: Environment = {},
  stdout: 'pipe' | number = 'pipe',
  folder?: string,
): ChildProcess {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...inherited } = process.env;
  return spawn(process.execPath, [bin, ...args], {
    env: { ...inherited, ...environment },
    stdio: ['pipe', stdout, 'pipe'],
    cwd: folder,
  });
}

/** The built command, run to its end. */
export async function spawnW2v(args: readonly string[], outside: Outside = {}): Promise<Outcome> {
  const child = startW2v(args, outside.environment, 'pipe', outside.folder);
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  child.stdin!.on('error', () => {}); // a command that fails early does not read it
  readable(outside.stdin).pipe(child.stdin!);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { code, stdout, stderr };
}
