// w2v vocab and count on Spark, of one and of two executors, beside the same on this machine, and in SQL alone.
//
//   node bench/cluster.js --corpus FILE[.gz] [--gb] [--sql-limit 240] [--spark SPARK_HOME]
//
// Run it with nothing else running. --gb: also the text ten times, each time with its lines in another order. Spark is
// the one of the tests (tests/cluster/servers.ts installs it where W2V_REQUIRE_SPARK=1) or that of --spark; each
// executor is a process with one core. A first, small run is not counted: the JVM compiles its code then. Every result
// is compared, byte for byte, with the one of this machine.
import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { createRandom } from '../build/base/random.js';
import { defaultCacheDirectory } from '../build/fetch/cache.js';
import { build } from '../scripts/build.js';
import { benchFolder } from './peers.js';
import { ownMachine, resultFile } from './result-file.js';

const { values: options } = parseArgs({
  options: {
    corpus: { type: 'string' },
    gb: { type: 'boolean', default: false },
    'sql-limit': { type: 'string', default: '240' },
    spark: { type: 'string', default: sparkHome() },
  },
});
if (!options.corpus) throw new Error('name a text: node bench/cluster.js --corpus FILE');
if (!options.spark) throw new Error('name a folder of Spark 4: --spark SPARK_HOME');

const folder = mkdtempSync(join(tmpdir(), 'w2v-bench-'));
const at = (name) => join(folder, name);
const bin = resolve(benchFolder, '..', 'bin', 'w2v.js');
const port = 15_777;

/** The one that the tests have installed, if there is one. */
function sparkHome() {
  const library = join(
    defaultCacheDirectory(process.env, process.platform, homedir()),
    ...['test-servers', 'pyspark-4.3.0', 'lib'],
  );
  if (!existsSync(library)) return process.env.SPARK_HOME;
  const python = readdirSync(library).find((name) => name.startsWith('python'));
  return join(library, python, 'site-packages', 'pyspark');
}

async function withSpark(executors, work) {
  const environment = { SPARK_HOME: options.spark, SPARK_LOCAL_IP: '127.0.0.1', SPARK_NO_DAEMONIZE: '1' };
  const conf = {
    'spark.ui.enabled': 'false',
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': port,
    'spark.sql.warehouse.dir': at('warehouse'),
  };
  const applications = () => (existsSync(join(options.spark, 'work')) ? readdirSync(join(options.spark, 'work')) : []);
  const before = new Set(applications()); // Spark leaves the folders of its executors there
  const log = openSync(at('spark.log'), 'w'); // a pipe that nobody empties would stop it
  const child = spawn(
    join(options.spark, 'bin', 'spark-submit'),
    [
      ...['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer', '--name', 'w2v-bench'],
      ...['--master', `local-cluster[${executors},1,1024]`, '--driver-memory', '2g'],
      ...Object.entries(conf).flatMap(([name, value]) => ['--conf', `${name}=${value}`]),
      'spark-internal',
    ],
    {
      ...{ detached: true, stdio: ['ignore', log, log], cwd: folder },
      env: {
        ...{ ...process.env, ...environment, SPARK_LOCAL_DIRS: at('local') },
        PATH: `${join(process.execPath, '..')}:${process.env.PATH}`,
      },
    },
  );
  try {
    const started = performance.now();
    const said = () => readFileSync(at('spark.log'), 'utf8');
    while (!said().includes('Spark Connect server started')) {
      if (child.exitCode !== null) throw new Error(`Spark did not start:\n${said().slice(-2000)}`);
      await sleep(100);
    }
    return await work((performance.now() - started) / 1000);
  } finally {
    const ended = new Promise((done) => child.once('exit', done));
    if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
    for (const name of applications()) {
      if (!before.has(name)) rmSync(join(options.spark, 'work', name), { recursive: true, force: true });
    }
  }
}

/** Runs w2v; its seconds, or undefined where it took longer than the limit. */
function seconds(args, limit = 3600) {
  const started = performance.now();
  const { status, error, stderr } = spawnSync(process.execPath, [bin, ...args, '--force', '--quiet'], {
    ...{ cwd: folder, timeout: 1000 * limit, encoding: 'utf8' },
  });
  if (error?.code === 'ETIMEDOUT') return undefined;
  if (status !== 0) throw new Error(`w2v ${args.join(' ')}: ${stderr}`);
  return (performance.now() - started) / 1000;
}

const isSame = (a, b) => readFileSync(at(a)).equals(readFileSync(at(b)));

/** The vocabulary and the counts of its pairs; `more`: where and how. */
function measured(text, name, more, limit) {
  const vocabulary = seconds(['vocab', text, '-o', `${name}.tsv`, ...more], limit);
  const counting = ['count', text, '--vocab', 'here.tsv', '--method', 'counts', '-o', `${name}.npz`];
  const count = seconds([...counting, ...more], limit);
  const result = {
    ...{ vocabularySeconds: vocabulary ?? null, countSeconds: count ?? null },
    sameWords: vocabulary === undefined ? null : isSame(`${name}.tsv`, 'here.tsv'),
    sameCounts: count === undefined ? null : isSame(`${name}.npz`, 'here.npz'),
  };
  console.error(name, result);
  return result;
}

async function onText(text, { sql }) {
  const result = { bytes: readFileSync(text).length, here: measured(text, 'here', []) };
  for (const executors of [1, 2]) {
    await withSpark(executors, async (startSeconds) => {
      const on = ['--on', `sc://127.0.0.1:${port}`];
      seconds(['vocab', at('small.txt'), '-o', 'small.tsv', ...on]);
      seconds(['count', at('small.txt'), '--vocab', 'small.tsv', '--method', 'counts', '-o', 'small.npz', ...on]);
      result[`executors${executors}`] = {
        startSeconds,
        ...measured(text, `on-${executors}`, [...on, '--via', 'worker']),
      };
      if (!sql || executors !== 2) return;
      result.sql = measured(text, 'sql', [...on, '--via', 'sql'], Number(options['sql-limit']));
    });
  }
  return result;
}

/** The lines of a text ten times, each time in another order, reproducibly. */
function tenTimes(text, file) {
  const lines = readFileSync(text, 'utf8').split('\n');
  const random = createRandom(1);
  const target = openSync(file, 'w');
  for (let time = 0; time < 10; time++) {
    for (let last = lines.length - 1; last > 0; last--) {
      const other = random.below(last + 1);
      [lines[last], lines[other]] = [lines[other], lines[last]];
    }
    writeSync(target, `${lines.join('\n')}\n`);
  }
  closeSync(target);
}

try {
  await build();
  const packed = readFileSync(resolve(options.corpus));
  const bytes = options.corpus.endsWith('.gz') ? gunzipSync(packed) : packed;
  writeFileSync(at('text.txt'), bytes);
  writeFileSync(at('small.txt'), bytes.subarray(0, 3e6));
  const result = {
    date: new Date().toISOString().slice(0, 10),
    command: `node bench/cluster.js ${process.argv.slice(2).join(' ')}`,
    corpus: basename(options.corpus),
    machine: ownMachine(),
    text: await onText(at('text.txt'), { sql: true }),
  };
  if (options.gb) {
    tenTimes(at('text.txt'), at('tenfold.txt'));
    result.tenfold = await onText(at('tenfold.txt'), { sql: false });
  }
  const file = resultFile('cluster');
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  console.error(`Wrote ${file}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
