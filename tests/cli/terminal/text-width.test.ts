import { describe, expect, it } from 'vitest';
import { cutTo, fitted } from '../../../src/cli/terminal/text-width.ts';

const terminal = (columns: number) => ({ isTTY: true, columns, write: () => true });

describe('fitted', () => {
  it('breaks between words on a terminal, and nowhere else', () => {
    const text = 'the white whale swims in the sea';
    expect(fitted(terminal(20), text)).toBe('the white whale\nswims in the sea');
    expect(fitted({ write: () => true }, text)).toBe(text);
    expect(fitted({ isTTY: true, write: () => true }, text)).toBe(text);
    expect(fitted(terminal(19), text)).toBe(text); // too narrow for it to help
  });

  it('keeps lines that fit as they are, and indents what goes on as its beginning', () => {
    expect(fitted(terminal(20), 'a   table   of words\n  the white whale swims')).toBe(
      'a   table   of words\n  the white whale\n  swims',
    );
  });

  it('leaves commands and long words in one piece, so that they can be copied', () => {
    expect(fitted(terminal(24), 'Try --epochs 50, or w2v count')).toBe('Try --epochs 50, or\nw2v count');
    const command = 'w2v convert vectors.rescued - --strip html,wiki;';
    expect(fitted(terminal(24), `then run: ${command} or wait`)).toBe(`then run:\n${command}\nor wait`);
    const path = '/a/very/long/path/without/any/space.bin';
    expect(fitted(terminal(24), `the file ${path} is new`)).toBe(`the file\n${path}\nis new`);
  });

  it('counts columns, not characters, and colors as none', () => {
    expect(fitted(terminal(20), '하얀 고래가 바다에서 헤엄친다')).toBe('하얀 고래가 바다에서\n헤엄친다');
    const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
    expect(fitted(terminal(20), `${red('error:')} the whale is`)).toBe(`${red('error:')} the whale is`);
  });
});

it('cutTo ends what is too long in an ellipsis', () => {
  expect(cutTo('whale', 5)).toBe('whale');
  expect(cutTo('whales', 5)).toBe('whal…');
  expect(cutTo('고래고래', 6)).toBe('고래…');
});
