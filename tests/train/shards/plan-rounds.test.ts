import { describe, expect, it } from 'vitest';
import { planRounds, sliceOf } from '../../../src/train/shards/plan-rounds.ts';

const settings = { epochs: 3, seed: 7 };

describe('the plan of rounds', () => {
  it.each([
    [100_000, 4, 4],
    [99_999, 3, 5],
    [1_000_003, 16, 20],
    [2_000, 1, 1],
  ])('covers %i entries with %i shards of %i slices, each entry once', (length, shards, syncs) => {
    const plan = planRounds(length, { shards, syncs }, settings);
    let at = 0;
    for (const shard of plan.shardPlans) {
      for (let round = 0; round < syncs; round++) {
        const { from, to } = sliceOf(plan, shard, round);
        expect(shard.from + from).toBe(at);
        expect(to).toBeGreaterThan(from);
        at = shard.from + to;
      }
    }
    expect(at).toBe(length);
  });

  it('takes the same slices in every epoch', () => {
    const plan = planRounds(50_000, { shards: 2, syncs: 3 }, settings);
    const [shard] = plan.shardPlans;
    expect(sliceOf(plan, shard!, 7)).toEqual(sliceOf(plan, shard!, 1));
    expect(sliceOf(plan, shard!, 1)).not.toEqual(sliceOf(plan, shard!, 2));
  });

  it('cuts shards of about the same length, which draw other random numbers', () => {
    const { shardPlans } = planRounds(100_001, { shards: 7, syncs: 2 }, settings);
    const lengths = shardPlans.map(({ length }) => length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBe(1);
    expect(new Set(shardPlans.map(({ seed }) => seed)).size).toBe(7);
    expect(shardPlans[0].seed).toBe(7);
    expect(shardPlans.every(({ seed }) => Number.isSafeInteger(seed) && seed >= 0)).toBe(true);
  });

  it('refuses a text that is too short for so many slices, with the numbers', () => {
    expect(() => planRounds(2_000, { shards: 4, syncs: 10 }, settings)).toThrow(
      /^a text of 2,000 entries \(words and line ends\) is too short for 4 shards of 10 slices$/,
    );
  });

  it.each([
    [{ shards: 0, syncs: 1 }, 'shards is 0: expected a whole number from 1 to 1024'],
    [{ shards: 2.5, syncs: 1 }, 'shards is 2.5: expected a whole number from 1 to 1024'],
    [{ shards: 2, syncs: 1001 }, 'syncs is 1001: expected a whole number from 1 to 1000'],
    [{ shards: 2, syncs: Number.NaN }, 'syncs is NaN: expected a whole number from 1 to 1000'],
  ])('refuses %j', (rounds, message) => {
    expect(() => planRounds(1e6, rounds, settings)).toThrow(message);
  });
});
