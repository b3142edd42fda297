import { describe, expect, it } from 'vitest';
import { orderedTasks } from '../../src/workers/ordered-tasks.ts';

/** Two workers that answer when they are told to. */
function slowPool() {
  const answers: ((value: number) => void)[] = [];
  const given: [worker: number, task: number][] = [];
  const send = (worker: number, task: number) => {
    given.push([worker, task]);
    return task < 0
      ? Promise.reject(new Error(`task ${task}`))
      : new Promise<number>((resolve) => answers.push(() => resolve(10 * task)));
  };
  return { pool: { threads: 2, send }, given, answer: (index: number) => answers[index](0) };
}

describe('ordered tasks', () => {
  it('are used in their order, whichever is done first, and go to the worker with the least to do', async () => {
    const { pool, given, answer } = slowPool();
    const tasks = orderedTasks<number, number>(pool, 3);
    const used: number[] = [];
    for (const task of [1, 2, 3]) {
      expect(await tasks.place()).toBe(task - 1);
      tasks.push(task, (result) => used.push(result));
    }
    expect(given).toEqual([
      [0, 1],
      [1, 2],
      [0, 3],
    ]);
    answer(1);
    const fourth = tasks.place();
    await new Promise(setImmediate);
    expect(used).toEqual([]);
    answer(0);
    expect(await fourth).toBe(0);
    expect(used).toEqual([10]);
    expect(tasks.push(4, (result) => used.push(result))).toBe(1);
    answer(2);
    answer(3);
    await tasks.drain();
    expect(used).toEqual([10, 20, 30, 40]);
  });

  it('fail with the first error, after the results before it', async () => {
    const { pool, answer } = slowPool();
    const tasks = orderedTasks<number, number>(pool, 4);
    const used: number[] = [];
    for (const task of [1, -2, -3]) {
      await tasks.place();
      tasks.push(task, (result) => used.push(result), 1);
    }
    answer(0);
    await expect(tasks.drain()).rejects.toThrow('task -2');
    expect(used).toEqual([10]);
  });
});
