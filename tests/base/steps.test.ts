import { describe, expect, it } from 'vitest';
import { finish, finishInTurns, type Steps } from '../../src/base/steps.ts';

function* sumTo(last: number, milliseconds = 0): Steps<number> {
  let sum = 0;
  for (let number = 1; number <= last; number++) {
    const until = performance.now() + milliseconds;
    while (performance.now() < until);
    sum += number;
    yield;
  }
  return sum;
}

describe('steps', () => {
  it('give the same result at once and in turns', async () => {
    expect(finish(sumTo(100))).toBe(5050);
    expect(await finishInTurns(sumTo(100))).toBe(5050);
  });

  it('in turns let timers run', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await finishInTurns(sumTo(20, 10));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('in turns stop at the signal', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 10);
    await expect(finishInTurns(sumTo(10_000, 5), controller.signal)).rejects.toMatchObject({ code: 'interrupted' });
    await expect(finishInTurns(sumTo(1), AbortSignal.abort('enough'))).rejects.toMatchObject({
      code: 'interrupted',
      cause: 'enough',
      hint: expect.stringMatching(/^call it again without the signal/),
    });
  });
});
