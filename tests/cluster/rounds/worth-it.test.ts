import { describe, expect, it } from 'vitest';
import { type ClusterTraining, modelsOnDisk, requireWorthIt } from '../../../src/cluster/rounds/worth-it.ts';

/** 100 MB of text. */
const small: ClusterTraining = { words: 68_501, tokens: 16_700_000, dim: 100, shards: 4, syncs: 4 };

describe('a training on a cluster', () => {
  it('is refused where one machine is faster, with the arithmetic', () => {
    expect(() => requireWorthIt(small, false)).toThrow(
      expect.objectContaining({
        code: 'usage',
        message:
          'one machine is faster: a round moves the model of 54.8 MB 5 times (274 MB, about 5.4 s), and trains 1,043,750 words in each of 4 shards (about 0.5 s)',
        hint: 'train on one machine, or with { evenIfSlower: true }',
      }),
    );
    expect(() => requireWorthIt(small, true)).not.toThrow();
  });

  it('is not where the shards have minutes of work', () => {
    expect(() => requireWorthIt({ ...small, tokens: 1e9 }, false)).not.toThrow();
    expect(() => requireWorthIt({ ...small, tokens: 1e9, words: 5e6, dim: 300 }, false)).toThrow(/^one machine/);
  });

  it('depends on the number of rounds', () => {
    expect(() => requireWorthIt({ ...small, tokens: 100e6, syncs: 4 }, false)).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('with { syncs: 2 }') }),
    );
    expect(() => requireWorthIt({ ...small, tokens: 100e6, syncs: 2 }, false)).not.toThrow();
    expect(() => requireWorthIt({ ...small, tokens: 100e6, syncs: 1 }, false)).not.toThrow();
  });

  it('says what the models of its rounds take of the disks, where it is much', () => {
    expect(modelsOnDisk(small, 5)).toBeUndefined();
    expect(modelsOnDisk({ ...small, words: 1e6 }, 10)).toBe(
      'the models of 40 rounds will take 32.0 GB of disk on the driver and on each executor',
    );
  });
});
