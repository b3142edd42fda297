// What a command uses of the process: streams, environment, the signal that stops it. main.ts takes them from the
// process; tests create their own.
import { homedir } from 'node:os';
import type { Readable } from 'node:stream';
import type { ChalkInstance } from 'chalk';
import { printable, printableJson } from '../base/printable.ts';
import { defaultCacheDirectory } from '../fetch/cache.ts';
import { createProgressReporter, type ProgressReporter } from './terminal/progress.ts';
import { colorsFor, type Environment, isDumb, type OutputStream } from './terminal/terminal.ts';
import { fitted } from './terminal/text-width.ts';

export type TerminalStream = OutputStream & NodeJS.WritableStream;

export interface CommandContext {
  stdin: Readable & { isTTY?: boolean | undefined };
  stdout: TerminalStream;
  stderr: TerminalStream;
  environment: Environment;
  /** --no-color was given. */
  noColor: boolean;
  signal: AbortSignal;
  /** The words of the command line; none in tests of single functions. */
  words?: readonly string[];
  /**
   * What is done from now on may take its time to stop, since it saves its work, until the returned function is called.
   */
  delayStop?: () => () => void;
}

/** Prints results on stdout: the exact text; on a terminal without control characters. */
export function printResult(context: CommandContext, lines: readonly string[]): void {
  if (lines.length > 0) context.stdout.write(`${forStream(context.stdout, lines.join('\n'))}\n`);
}

/** The same for lines with colors; the caller escapes what comes from outside, which could have colors of its own. */
export function printStyled(context: CommandContext, lines: readonly string[]): void {
  const { stdout } = context;
  const text = lines.join('\n');
  if (lines.length > 0) stdout.write(`${stdout.isTTY ? withoutControls(text) : text}\n`);
}

/** One JSON document on stdout. */
export function printJson(context: CommandContext, value: unknown): void {
  const { isTTY } = context.stdout;
  const text = JSON.stringify(value, null, isTTY ? 2 : undefined);
  context.stdout.write(`${isTTY ? printableJson(text) : text}\n`);
}

const color = new RegExp(`(${String.fromCharCode(27)}\\[[\\d;]*m)`);

/** Without control characters but those that color. */
function withoutControls(text: string): string {
  const pieces = text.split(color).map((piece, at) => (at % 2 === 1 ? piece : printable(piece, '\n\t')));
  return pieces.join('');
}

/** Text with words or names from outside; control characters are escaped if the stream is a terminal. */
export function forStream(stream: OutputStream, text: string): string {
  return stream.isTTY ? printable(text, '\n\t') : text;
}

/** Prints a line on stderr, without control characters; on a terminal broken between words. */
export function say(context: CommandContext, line: string): void {
  context.stderr.write(`${fitted(context.stderr, printable(line, '\n\t'))}\n`);
}

export function warn(context: CommandContext, line: string): void {
  const text = `${stderrColors(context).yellow('warning:')} ${printable(line, '\n\t')}`;
  context.stderr.write(`${fitted(context.stderr, text)}\n`);
}

export function stdoutColors(context: CommandContext): ChalkInstance {
  return colorsFor(context.stdout, context.environment, context.noColor);
}

export function stderrColors(context: CommandContext): ChalkInstance {
  return colorsFor(context.stderr, context.environment, context.noColor);
}

/** Runs `work` with progress on stderr; the bar is removed when it ends or is stopped. */
export async function withProgress<T>(
  context: CommandContext,
  quiet: boolean,
  work: (reporter: ProgressReporter) => Promise<T>,
): Promise<T> {
  const reporter = createProgressReporter({
    stream: context.stderr,
    quiet,
    isDumb: isDumb(context.environment),
    signal: context.signal,
  });
  try {
    return await work(reporter);
  } finally {
    reporter.stop();
  }
}

/** The folder of everything w2v downloads: W2V_CACHE, or the usual place on this system. */
export function cacheDirectory(context: CommandContext): string {
  return defaultCacheDirectory(context.environment, process.platform, homedir());
}
