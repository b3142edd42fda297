// w2v vocab and count on a real cluster of two executors, and in SQL on Sail: the results are those of one machine,
// also when an executor, a worker or the connection dies; and every error is one that says what to do.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../src/base/random.ts';
import { parseRemote } from '../../src/cluster/remote.ts';
import { openSession } from '../../src/cluster/session.ts';
import { startProxy } from './fake-server.ts';
import { isRunning, noSpark, type Server, startSail, startSpark, withoutSpark } from './servers.ts';

const bin = fileURLToPath(new URL('../../bin/w2v.js', import.meta.url));
/** A folder of its own; none where everything is skipped. */
const temporary = (name: string) => (noSpark ? '' : mkdtempSync(join(tmpdir(), name)));
const folder = temporary('w2v-cluster-');
const at = (name: string) => join(folder, name);
const MINUTES = 60_000;

interface Run {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs w2v; `during` is called once with the process. */
async function w2v(line: string[], during?: (child: ReturnType<typeof spawn>) => Promise<void>): Promise<Run> {
  const child = spawn(process.execPath, [bin, ...line], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (data) => {
    stdout += data;
  });
  child.stderr.on('data', (data) => {
    stderr += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  await Promise.race([during?.(child), ended]); // what it waits for never comes where the command has failed
  return { status: await ended, stdout, stderr };
}

const done = (run: Run) => expect(run.status, run.stderr).toBe(0);
const isSame = (a: string, b: string) =>
  expect(readFileSync(at(a)).equals(readFileSync(at(b))), `${a} and ${b}`).toBe(true);

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
}

/**
 * Texts of 2 MB, in which many words have the same count, so that the order of words depends on where they come first.
 */
function writeTexts(): void {
  const random = createRandom(7);
  const forms = ['Word', 'ÉTÉ', 'e\u0301te\u0301', 'мир', '한국어', 'don’t', 'x-y', 'İ', 'ﬁ', '\u0301', '日本', "'tis"];
  const word = () => `${forms[Math.floor(random.float() * forms.length)]}${Math.floor(random.float() ** 3 * 4000)}`;
  const lines = (count: number) =>
    Array.from({ length: count }, () =>
      Array.from({ length: 1 + Math.floor(random.float() * 30) }, word).join(' '),
    ).join('\n');
  write('mix.txt', lines(8000));
  write('awkward/b/plain.txt', lines(1000));
  write('awkward/a packed.txt.gz', gzipSync(lines(500)));
  write('awkward/100%é.txt', `\ufeff${lines(500)}\r\nwith carriage\rreturns\r\n`);
  write(
    'awkward/broken.txt',
    Buffer.concat([Buffer.from(lines(300)), Buffer.from([0xff, 0xc3, 0x28, 0x20, 0xe2, 0x82, 0x0a])]),
  );
  write('awkward/empty.txt', '');
  write('awkward/z.txt', 'no newline at the end \\N tab\there \u2028 \u0085 e\u0301');
  write('zero/zero.txt', `${lines(50)}\na\0b\n${lines(2000)}`);
  write('small.txt', 'The cat sat on the mat. The dog sat on the log.\n'.repeat(300));
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let spark: Server;
let on: string[];

describe.skipIf(noSpark)(`on Spark${withoutSpark}`, { timeout: 3 * MINUTES }, () => {
  beforeAll(async () => {
    writeTexts();
    spark = await startSpark(at('.'), {
      'spark.sql.files.maxPartitionBytes': '400000',
      'spark.sql.shuffle.partitions': '2',
      'spark.sql.files.openCostInBytes': '1000',
    });
    on = ['--on', `sc://127.0.0.1:${spark.port}`];
    for (const name of ['mix.txt', 'awkward']) {
      const words = `${name}.local.tsv`;
      done(await w2v(['vocab', at(name), '-o', words, '--min-count', '2']));
      done(await w2v(['count', at(name), '--vocab', words, '--method', 'counts', '-o', `${name}.local.npz`]));
    }
  }, 5 * MINUTES);
  afterAll(async () => {
    await spark?.stop();
  }, MINUTES);

  it.each(['mix.txt', 'awkward'])('%s: the words are those of one machine, in their order', async (name) => {
    const run = await w2v(['vocab', at(name), '-o', `${name}.tsv`, '--min-count', '2', '--json', ...on]);
    done(run);
    expect(JSON.parse(run.stdout).cluster).toMatchObject({ on: on[1], via: 'worker', spark: '4.3.0' });
    expect(run.stderr).toContain("by w2v's worker on the executors' Node");
    isSame(`${name}.tsv`, `${name}.local.tsv`);
  });

  it.each(['mix.txt', 'awkward'])('%s: the counts are those of one machine', async (name) => {
    done(await w2v(['count', at(name), '--method', 'counts', '-o', `${name}.npz`, '--min-count', '2', ...on]));
    isSame(`${name}.npz`, `${name}.local.npz`);
    isSame(`${name}.npz.words`, `${name}.local.npz.words`);
  });

  it('other settings, and all that follows the counts', async () => {
    const settings = [
      '--tokenizer',
      'whitespace',
      '--window',
      '2',
      '--weighting',
      'harmonic',
      '--directional',
      '--max-vocab',
      '900',
    ];
    const all = ['count', at('awkward'), ...settings, '--sample', '0.001', '--dim', '8', '--threads', '1'];
    done(await w2v([...all, '-o', 'svd.local.bin']));
    done(await w2v([...all, '-o', 'svd.bin', ...on]));
    isSame('svd.bin', 'svd.local.bin');
  });

  it('shards train to the bytes of one machine', async () => {
    const shards = ['--shards', '2', '--syncs', '2', '--epochs', '1', '--dim', '16', '--min-count', '2'];
    const train = ['train', at('awkward'), ...shards];
    done(await w2v([...train, '-o', 'shards.local.bin']));
    done(await w2v([...train, '-o', 'shards.bin', '--even-if-slower', ...on]));
    isSame('shards.bin', 'shards.local.bin');
    const { rounds, options } = JSON.parse(readFileSync(at('shards.bin.json'), 'utf8'));
    expect(rounds).toMatchObject({ shards: 2, syncs: 2, rounds: 2 });
    expect(options.cluster).toMatchObject({ via: 'worker' });
  });

  it('a training is resumed from its last round', async () => {
    const shards = ['--shards', '2', '--syncs', '2', '--epochs', '2', '--dim', '8', '--min-count', '2'];
    const train = ['train', at('small.txt'), ...shards];
    done(await w2v([...train, '-o', 'resumed.local.bin']));
    const there = [...train, '-o', 'resumed.bin', '--even-if-slower', ...on];
    const stopped = await w2v([...there, '--checkpoint', 'rounds'], async (child) => {
      while (!existsSync(at('rounds/checkpoint-1.w2v'))) await sleep(20);
      child.kill('SIGINT');
    });
    expect(stopped.status, stopped.stderr).toBe(130);
    expect(stopped.stderr).toMatch(/Saved after [\d.]+ epochs? of 2 in rounds\. To go on:/);
    done(await w2v([...there, '--resume', 'rounds']));
    isSame('resumed.bin', 'resumed.local.bin');
  });

  it.each([
    [[], '--on applies to --shards\nhint: add --shards N'],
    [['--shards', '2'], 'one machine is faster: a round moves the model of '],
    [['--shards', '2', '--threads', '2'], '--threads cannot be used with --on: each shard trains on one thread'],
    [['--shards', '2', '--subwords', '3..6'], 'shards train without subwords'],
    [
      ['--shards', '2', '--tokenizer', 'segmenter'],
      '--tokenizer cannot be used with --on: expected words, whitespace, jamo',
    ],
  ])('a training is refused by name: %j', async (more, message) => {
    const run = await w2v(['train', at('small.txt'), '-o', 'refused.bin', ...on, ...more]);
    expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  const counting = ['count', 'mix.txt', '--method', 'counts', '--vocab', 'mix.txt.local.tsv', '--force'];
  const count = (output: string, address: string[]) => [
    ...counting.map((word) => (word === 'mix.txt' ? at(word) : word)),
    '-o',
    output,
    ...address,
  ];
  /** Waits until workers count pairs. */
  async function atWork(): Promise<number> {
    for (;;) {
      const [worker] = spark.processes(/cluster-worker\.js count/);
      if (worker !== undefined) return worker;
      await sleep(20);
    }
  }

  it('a worker that is killed changes nothing', async () => {
    let killed = 0;
    const run = await w2v(count('killed-worker.npz', on), async () => {
      killed = await atWork();
      process.kill(killed, 'SIGKILL');
    });
    done(run);
    expect(killed).toBeGreaterThan(0);
    isSame('killed-worker.npz', 'mix.txt.local.npz');
  });

  it('a connection that is cut three times changes nothing', async () => {
    const proxy = await startProxy(spark.port);
    try {
      const run = await w2v(count('cut.npz', ['--on', `sc://127.0.0.1:${proxy.port}`]), async () => {
        await atWork();
        for (let cuts = 0; cuts < 3; cuts++) {
          proxy.cut();
          await sleep(400);
        }
      });
      done(run);
      expect(run.stderr).toContain('the connection broke');
      isSame('cut.npz', 'mix.txt.local.npz');
    } finally {
      await proxy.close();
    }
  });

  it('Ctrl-C ends the work on the cluster, too', async () => {
    const run = await w2v(count('stopped.npz', on), async (child) => {
      await atWork();
      child.kill('SIGINT');
    });
    expect(run.status, run.stderr).toBe(130);
    for (let waited = 0; waited < 300 && spark.processes(/cluster-worker\.js/).some(isRunning); waited++)
      await sleep(100);
    expect(spark.processes(/cluster-worker\.js/).filter(isRunning)).toEqual([]);
  });

  it('Node can be sent', async () => {
    const run = await w2v(['vocab', at('small.txt'), '-o', 'sent.tsv', '--node', 'send', ...on]);
    done(run);
    expect(run.stderr).toContain('with this Node sent to the executors');
    done(await w2v(['vocab', at('small.txt'), '-o', 'sent.local.tsv']));
    isSame('sent.tsv', 'sent.local.tsv');
  });

  it.each<[what: string, line: string[], status: number, message: RegExp]>([
    [
      'a path that is not there',
      ['vocab', '/no/such/text'],
      3,
      /the cluster has no file:\/no\/such\/text\nhint: give paths/,
    ],
    ['a NUL byte', ['vocab', join(folder, 'zero')], 3, /zero\.txt is not text: it has a NUL byte/],
    [
      'no Node',
      ['vocab', join(folder, 'small.txt'), '--node', '/no/node'],
      4,
      /have no Node \(\/no\/node\)\nhint: .*--node send/,
    ],
    ['a relative path', ['vocab', 'small.txt'], 2, /small\.txt is a relative path/],
    ['standard input', ['vocab', '-'], 2, /standard input/],
    [
      'no word often enough',
      ['vocab', join(folder, 'small.txt'), '--min-count', '1e6'],
      3,
      /the most frequent one occurs 1200 times/,
    ],
    ['cleaning', ['vocab', join(folder, 'small.txt'), '--digits', 'fold'], 2, /--digits cannot be used with --on/],
    [
      'a segmenter',
      ['vocab', join(folder, 'small.txt'), '--tokenizer', 'segmenter'],
      2,
      /--tokenizer cannot be used with --on: expected words, whitespace, jamo/,
    ],
  ])('%s is an error', async (_, line, status, message) => {
    const run = await w2v([...line, ...on]);
    expect([run.status, run.stderr]).toEqual([status, expect.stringMatching(message)]);
    expect(run.stderr).not.toContain('    at ');
  });

  it('in SQL alone the words and counts of plain text are the same', async () => {
    for (const [name, line] of Object.entries({ 'sql.tsv': ['vocab'], 'sql.npz': ['count', '--method', 'counts'] })) {
      done(await w2v([line[0], at('small.txt'), ...line.slice(1), '-o', name, '--via', 'sql', ...on]));
      done(await w2v([line[0], at('small.txt'), ...line.slice(1), '-o', `local.${name}`]));
      isSame(name, `local.${name}`);
    }
  });

  it('counts that SQL wrote as Parquet are read back', async () => {
    const lines = [at('small.txt'), '--vocab', 'local.words.tsv'];
    done(await w2v(['vocab', at('small.txt'), '-o', 'local.words.tsv']));
    const script = await w2v(['sql', 'count', ...lines, '--to', at('counts')], undefined);
    done(script);
    const session = await openSession(parseRemote(on[1], 'w2v'));
    try {
      for (const statement of script.stdout.split(';\n').filter((text) => text.trim() !== ''))
        await session.rows(statement);
    } finally {
      await session.close();
    }
    const counted = ['count', '--from-counts', at('counts'), '--vocab', 'local.words.tsv', '--method', 'counts'];
    done(await w2v([...counted, '-o', 'read.npz']));
    done(await w2v(['count', ...lines, '--method', 'counts', '-o', 'read.local.npz']));
    isSame('read.npz', 'read.local.npz');
  });

  it('an executor that is killed changes nothing', async () => {
    const run = await w2v(count('killed-executor.npz', on), async () => {
      await atWork();
      process.kill(spark.processes(/CoarseGrainedExecutorBackend/)[0], 'SIGKILL');
    });
    done(run);
    isSame('killed-executor.npz', 'mix.txt.local.npz');
  });
});

describe.skipIf(noSpark)(`on Sail${withoutSpark}`, { timeout: 3 * MINUTES }, () => {
  let sail: Server;
  const place = temporary('w2v-sail-');
  beforeAll(async () => {
    writeFileSync(join(place, 'text.txt'), 'The cat sat on the mat. The dog sat on the log.\n'.repeat(50));
    writeFileSync(join(place, 'marks.txt'), 'e\u0301te\u0301\n'.repeat(50));
    sail = await startSail(place);
  }, MINUTES);
  afterAll(async () => {
    await sail?.stop();
    rmSync(place, { recursive: true, force: true });
  });
  const run = (...line: string[]) => w2v([...line, '--on', `sc://127.0.0.1:${sail.port}`]);
  const file = (name: string) => join(place, name);
  const sorted = (name: string) => readFileSync(file(name), 'utf8').split('\n').sort();

  it('scripts do not run, so SQL does it, and says so', async () => {
    const counted = await run('vocab', file('text.txt'), '-o', file('words.tsv'));
    done(counted);
    expect(counted.stderr).toContain('in SQL, because the server does not run scripts');
    done(await w2v(['vocab', file('text.txt'), '-o', file('words.local.tsv')]));
    expect(sorted('words.tsv')).toEqual(sorted('words.local.tsv'));
  });

  it('the counts are those of one machine', async () => {
    const all = ['count', file('text.txt'), '--method', 'counts', '--vocab', file('words.local.tsv')];
    done(await run(...all, '-o', file('counts.npz')));
    done(await w2v([...all, '-o', file('counts.local.npz')]));
    expect(readFileSync(file('counts.npz')).equals(readFileSync(file('counts.local.npz')))).toBe(true);
  });

  it('text that SQL may split in another way is refused, unless SQL is asked for', async () => {
    const refused = await run('vocab', file('marks.txt'));
    expect([refused.status, refused.stderr]).toEqual([4, expect.stringMatching(/NFC[\s\S]*hint: .*--via sql/)]);
    done(await run('vocab', file('marks.txt'), '-o', file('marks.tsv'), '--via', 'sql'));
  });
});
