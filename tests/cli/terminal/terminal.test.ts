import { describe, expect, it } from 'vitest';
import { colorLevel, colorsFor } from '../../../src/cli/terminal/terminal.ts';

const terminal = { isTTY: true, write: () => true };
const file = { write: () => true };

describe('colorLevel', () => {
  it.each([
    ['a terminal', terminal, {}, false, 1],
    ['a terminal of 256 colors', terminal, { TERM: 'xterm-256color' }, false, 2],
    ['a terminal of all colors', terminal, { COLORTERM: 'truecolor' }, false, 3],
    ['a file', file, { TERM: 'xterm-256color' }, false, 0],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, false, 0],
    ['an empty NO_COLOR', terminal, { NO_COLOR: '' }, false, 1],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, false, 0],
    ['FORCE_COLOR on a file', file, { FORCE_COLOR: '1' }, false, 1],
    ['an empty FORCE_COLOR on a file', file, { FORCE_COLOR: '' }, false, 1],
    ['FORCE_COLOR against NO_COLOR', file, { FORCE_COLOR: '3', NO_COLOR: '1' }, false, 3],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false, 0],
    ['--no-color against FORCE_COLOR', terminal, { FORCE_COLOR: '1' }, true, 0],
  ])('%s', (_name, stream, environment, flag, level) => expect(colorLevel(stream, environment, flag)).toBe(level));
});

it('each stream is colored by itself', () => {
  expect(colorsFor(terminal, {}, false).red('x')).toBe('\u001b[31mx\u001b[39m');
  expect(colorsFor(file, {}, false).red('x')).toBe('x');
});
