// Ten of the kills of tests/robust/kills.js: SIGKILL at seeded random moments of train, count, convert and compare. The next
// run has the result of an undisturbed one, and nothing temporary is left.
import { expect, it } from 'vitest';
// @ts-expect-error: the benchmarks are plain JavaScript
import { runKills } from '../robust/kills/run-kills.js';

it('kill -9: the next run is as if nothing had been', { timeout: 300_000 }, async () => {
  const done: { target: string; killed: boolean; faults: string[] }[] = await runKills({
    runs: 10,
    seed: 1,
    scale: 0.5,
  });
  expect(done.filter(({ faults }) => faults.length > 0)).toEqual([]);
  expect(new Set(done.map(({ target }) => target)).size).toBeGreaterThanOrEqual(5);
  expect(done.filter(({ killed }) => killed).length).toBeGreaterThan(5);
});
