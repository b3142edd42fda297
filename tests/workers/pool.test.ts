import { afterEach, describe, expect, it, vi } from 'vitest';
import { startPool } from '../../src/workers/pool.ts';

const { starts } = vi.hoisted(() => ({ starts: { left: Number.POSITIVE_INFINITY, terminated: 0 } }));

// Real workers, until the system has no thread left for another one.
vi.mock('node:worker_threads', async (original) => {
  const real = await original<typeof import('node:worker_threads')>();
  class Worker extends real.Worker {
    constructor(script: URL, options: object) {
      if (starts.left-- <= 0) throw Object.assign(new Error('EAGAIN'), { code: 'ERR_WORKER_INIT_FAILED' });
      super(script, options);
    }
    override terminate(): Promise<number> {
      starts.terminated++;
      return super.terminate();
    }
  }
  return { ...real, Worker };
});
afterEach(() => {
  Object.assign(starts, { left: Number.POSITIVE_INFINITY, terminated: 0 });
});

const script = (code: string) =>
  new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads'; ${code}`)}`);
const answering = (expression: string) =>
  script(`parentPort.on('message', async (task) => parentPort.postMessage(${expression}))`);
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a pool', () => {
  it('gives results in the order of the tasks, whichever is done first', async () => {
    const slowFirst = '{ result: await new Promise((done) => setTimeout(done, 20 - task, 10 * task)) }';
    const pool = startPool<number, number>(answering(slowFirst), [1, 2, 3]);
    const tasks = Array.from({ length: 20 }, (_, i) => i);
    const seen: number[] = [];
    expect(await pool.run(tasks, (done) => seen.push(done))).toEqual(tasks.map((task) => 10 * task));
    expect(seen).toEqual(tasks.map((task) => task + 1));
    expect(await pool.runOnEach(7)).toEqual([70, 70, 70]);
    await pool.close();
  });

  it('that the system refuses a thread stops the ones it has, and says which limit to raise', () => {
    starts.left = 2;
    expect(() => startPool(answering('{}'), [1, 2, 3, 4])).toThrow(
      expect.objectContaining({
        code: 'out-of-memory',
        message: 'the system allows too few threads (EAGAIN): 2 of 4 worker threads started',
        hint: "give fewer { threads }, or raise the limit (ulimit -u, or the container's limit of processes)",
      }),
    );
    expect(starts.terminated).toBe(2);
  });

  it('names the limit of open files where a thread finds too few of them after it has started', async () => {
    const code =
      "throw Object.assign(new Error('Worker initialization failure: EMFILE'), { code: 'ERR_WORKER_INIT_FAILED' })";
    const pool = startPool(script(code), [1, 2]);
    await expect(pool.run([1, 2, 3])).rejects.toMatchObject({
      code: 'out-of-memory',
      message: 'the system allows too few open files (EMFILE): not all of 2 worker threads started',
      hint: 'give fewer { threads }, or raise the limit (ulimit -n)',
    });
  });

  it('whose idle worker fails reports it at the next task, and does not end the process', async () => {
    const pool = startPool(script("setTimeout(() => { throw new Error('idle hands') }, 1)"), [1]);
    await later(200);
    await expect(pool.run([1])).rejects.toThrow('idle hands');
  });

  it.each([
    ['in its task', answering('process.exit(3)'), 0],
    ['before it', script('process.exit(3)'), 200],
  ])('whose worker exits %s fails and does not hang', async (_, code, pause) => {
    const pool = startPool(code, [1, 2]);
    await later(pause);
    await expect(pool.run([1, 2])).rejects.toMatchObject({
      code: 'worker-failed',
      message: 'a worker thread ended early (exit code 3)',
    });
    await expect(pool.run([1, 2])).rejects.toThrow('a worker thread ended early');
    await expect(pool.send(1, 1)).rejects.toThrow('a worker thread ended early');
  });

  it('queues tasks for one worker, which answers in their order; all of them fail when it exits', async () => {
    const pool = startPool<number, number>(answering('task === 0 ? process.exit(4) : { result: task * 10 }'), [1, 2]);
    expect(await Promise.all([1, 2, 3].map((task) => pool.send(1, task)))).toEqual([10, 20, 30]);
    const last = await Promise.allSettled([4, 0, 5].map((task) => pool.send(1, task)));
    expect(last.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await pool.send(0, 6)).toBe(60);
    await pool.close();
  });
});
