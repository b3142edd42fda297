// Saved work goes on only where everything is the same; a refusal names what changed.
import { expect, it } from 'vitest';
import { type Identity, requireFormat, requireSame } from '../../src/files/identity.ts';

const saved: Identity = { window: 5, text: 'abc', isOpen: true };
const compare = (now: Identity, isAll = true) => requireSame(saved, now, { folder: 'here', work: 'baking', isAll });

it('accepts the same values in any order', () => {
  expect(() => compare({ isOpen: true, text: 'abc', window: 5 })).not.toThrow();
  expect(() => compare({ window: 5 }, false)).not.toThrow(); // the others are not known yet
});

it.each<[Identity, string]>([
  [{ ...saved, window: 6 }, 'window 5 -> 6'],
  [{ window: '5', text: 'abd', isOpen: true }, 'text abc -> abd'],
  [{ window: 5, text: 'abc' }, 'isOpen true -> none'],
  [{ ...saved, seed: 1 }, 'seed none -> 1'],
  [{ ...saved, text: 'a\u001b[2J' }, 'text abc -> a\\x1b[2J'],
])('names what changed: %o', (now, change) => {
  expect(() => compare(now)).toThrow(
    expect.objectContaining({
      code: 'usage',
      message: expect.stringMatching(/^the checkpoint in here is of another baking: /),
    }),
  );
  expect(() => compare(now)).toThrow(change);
});

it('names the value that is not known any more only where all are known', () => {
  expect(() => compare({ window: 6 }, false)).toThrow(/: window 5 -> 6$/);
});

it('refuses another format', () => {
  expect(() => requireFormat(2, 2, { folder: 'here', work: 'baking' })).not.toThrow();
  expect(() => requireFormat(3, 2, { folder: 'here', work: 'baking' })).toThrow(
    'the checkpoint in here has format 3, expected 2',
  );
});
