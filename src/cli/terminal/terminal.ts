// What a stream can show. chalk itself ignores NO_COLOR, so the level is decided here, for each stream by itself.
import { Chalk, type ChalkInstance } from 'chalk';

export interface OutputStream {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

export type Environment = Record<string, string | undefined>;
type ColorLevel = 0 | 1 | 2 | 3;

/** A terminal that knows no control sequences, such as that of an editor. */
export const isDumb = ({ TERM }: Environment): boolean => TERM === 'dumb';

/**
 * 0 none, 1 sixteen colors, 2 256, 3 all. In order: --no-color, FORCE_COLOR, NO_COLOR (not empty), TERM=dumb, and
 * whether the stream is a terminal (no-color.org; the FORCE_COLOR of Node.js itself).
 */
export function colorLevel(stream: OutputStream, environment: Environment, noColorFlag: boolean): ColorLevel {
  if (noColorFlag) return 0;
  const force = environment.FORCE_COLOR;
  if (force !== undefined) {
    if (force === '0' || force === 'false') return 0;
    return force === '2' ? 2 : force === '3' ? 3 : 1;
  }
  if (environment.NO_COLOR || isDumb(environment) || stream.isTTY !== true) return 0;
  if (environment.COLORTERM === 'truecolor') return 3;
  return environment.TERM?.includes('256') ? 2 : 1;
}

export function colorsFor(stream: OutputStream, environment: Environment, noColorFlag: boolean): ChalkInstance {
  return new Chalk({ level: colorLevel(stream, environment, noColorFlag) });
}
