import { describe, expect, it } from 'vitest';
import { runHere } from '../run-w2v.ts';

const hintOf = async (line: string) => {
  const { code, stderr } = await runHere(line.split(' '));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^error: unknown (command|option) '.*'\nhint: .*\n$/)]);
  return stderr.split('hint: ')[1].trim();
};

describe('a misspelled name', () => {
  it.each([
    ['trian', 'train'],
    ['evalute x', 'evaluate'],
    ['vectors v.bin', 'vector'],
    ['similar a b', 'similarity'],
    ['train a -o b.bin --epcohs 3', '--epochs'],
    ['train a -o b.bin -windw 3', '--window'],
    ['train a -o b.bin --vector_szie 3', '--dim'],
    ['train a -o b.bin --min-cout 3', '--min-count'],
    ['nearest a --jsn', '--json'],
    ['nearest a --tpon 3', '-k'],
    ['nearest a --restrict 3', '--restrict-vocab'],
  ])('%s: did you mean %s?', async (line, name) => expect(await hintOf(line)).toBe(`did you mean ${name}?`));

  it.each(['words', 'sentence', 'get mix', 'xx', 'constructor'])('no guess for the command %s', async (line) => {
    expect(await hintOf(line)).toBe("see 'w2v --help'");
  });

  it.each(['--bogus', '--q', '--x'])('no guess for the option %s', async (option) => {
    expect(await hintOf(`train a -o b.bin ${option} 1`)).toBe("see 'w2v train --help'");
  });
});
