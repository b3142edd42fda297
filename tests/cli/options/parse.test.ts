import { describe, expect, it } from 'vitest';
import { decimalNumber, oneOf, wholeNumber } from '../../../src/cli/options/parse.ts';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    expect(error).toMatchObject({ code: 'usage', hint: 'see --help' });
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
};

describe('wholeNumber', () => {
  const window = wholeNumber('--window', 1, 1000);

  it.each([
    ['1', 1],
    ['1000', 1000],
    ['1e2', 100],
    ['+7', 7],
  ])('takes %s', (text, number) => expect(window(text)).toBe(number));

  it.each(['0', '1001', '2.5', '-3', '', ' ', '0x10', 'five', '1e400', 'Infinity', 'NaN', '5 '])('refuses %j', (text) =>
    expect(messageOf(() => window(text))).toBe(`--window ${text}: expected a whole number from 1 to 1000`),
  );

  it('quotes at most 80 characters, and no control characters', () => {
    const message = messageOf(() => window(`\u001b]0;x\u0007${'9'.repeat(1000)}`));
    expect(message).toMatch(/^--window \\x1b\]0;x\\x079+…: expected/);
    expect(message.length).toBeLessThan(150);
  });

  it('says so when there is no upper limit', () =>
    expect(messageOf(() => wholeNumber('--min-count', 1)('0'))).toBe(
      '--min-count 0: expected a whole number, 1 or more',
    ));
});

describe('decimalNumber', () => {
  const rate = decimalNumber('--lr', 0, 10, { above: true });

  it.each([
    ['0.025', 0.025],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['10', 10],
  ])('takes %s', (text, number) => expect(rate(text)).toBe(number));

  it.each(['0', '-1', '10.1', 'fast', ''])('refuses %j', (text) =>
    expect(messageOf(() => rate(text))).toBe(`--lr ${text}: expected a number above 0, up to 10`),
  );

  it('takes its lower end unless told otherwise', () => {
    expect(decimalNumber('--sample', 0, 1)('0')).toBe(0);
    expect(messageOf(() => decimalNumber('--sample', 0, 1)('-0.1'))).toBe(
      '--sample -0.1: expected a number from 0 to 1',
    );
  });
});

it('oneOf names the choices', () => {
  expect(oneOf('--model', ['skipgram', 'cbow'])('cbow')).toBe('cbow');
  expect(messageOf(() => oneOf('--model', ['skipgram', 'cbow'])('glove'))).toBe(
    '--model glove: expected skipgram or cbow',
  );
  expect(messageOf(() => oneOf('--engine', ['auto', 'tensorflow', 'wasm'])('gpu'))).toBe(
    '--engine gpu: expected auto, tensorflow or wasm',
  );
});
