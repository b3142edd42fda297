// A real Spark and a real Sail for the tests: installed from their Python packages into the per-user cache, once, where
// W2V_REQUIRE_SPARK is set (as .ci/run does), and started on a free port.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { has, isMissing } from '../requirements.ts';

const packages = { spark: 'pyspark==4.3.0', sail: 'pysail==0.7.2' };

const folderOf = (name: keyof typeof packages) =>
  join(
    defaultCacheDirectory(process.env, process.platform, homedir()),
    'test-servers',
    packages[name].replace('==', '-'),
  );
const isInstalled = (name: keyof typeof packages) => existsSync(join(folderOf(name), 'ready'));

/** pip needs a minute for Spark: 456 MB. */
function install(name: keyof typeof packages): void {
  if (isInstalled(name)) return;
  const folder = folderOf(name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = { stdio: 'pipe', timeout: 600_000 } as const;
  execFileSync('python3', ['-m', 'venv', folder], options);
  execFileSync(
    join(folder, 'bin', 'pip'),
    ['install', '--no-deps', '--disable-pip-version-check', packages[name]],
    options,
  );
  writeFileSync(join(folder, 'ready'), '');
}

const isWanted = process.env.W2V_REQUIRE_SPARK === '1';
const hasJava = isWanted && has('java -version');
if (hasJava) for (const name of ['spark', 'sail'] as const) install(name);
/** For `skipIf`: they run for minutes, so only where they are asked for. */
export const noSpark = isMissing('SPARK', hasJava && isInstalled('spark') && isInstalled('sail'));
/** For the name of what is skipped. */
export const withoutSpark = noSpark ? ' (skipped: W2V_REQUIRE_SPARK=1 is not set)' : '';

export interface Server {
  port: number;
  /** Of the processes that it has started, those whose command line matches. */
  processes(pattern: RegExp): number[];
  log(): string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function started(child: ChildProcess, port: number, isReady: RegExp): Promise<Server> {
  let log = '';
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (data) => {
      log += data;
    });
  }
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      process.kill(-child.pid!, 'SIGTERM');
      await Promise.race([ended, sleep(10_000)]);
      if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    }
  };
  for (let waited = 0; !isReady.test(log); waited++) {
    if (child.exitCode !== null || waited > 1200) {
      await stop();
      throw new Error(`the server did not start:\n${log.slice(-3000)}`);
    }
    await sleep(100);
  }
  return { port, processes: (pattern) => descendants(child.pid!, pattern), log: () => log, stop };
}

function descendants(root: number, pattern: RegExp): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { maxBuffer: 1 << 26 })
    .toString()
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null);
  const found = new Set([root]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [, pid, parent] of rows) if (found.has(Number(parent))) found.add(Number(pid));
  }
  return rows.filter(([, pid, , args]) => found.has(Number(pid)) && pattern.test(args!)).map(([, pid]) => Number(pid));
}

/** Two executors of one core each, in processes of their own. `folder` is for all that Spark writes. */
export async function startSpark(folder: string, settings: Record<string, string>): Promise<Server> {
  const port = await freePort();
  const library = join(folderOf('spark'), 'lib');
  const home = join(
    library,
    readdirSync(library).find((name) => name.startsWith('python'))!,
    'site-packages',
    'pyspark',
  );
  const temporary = join(folder, 'tmp'); // Spark leaves folders of sent files and unpacked libraries in it
  mkdirSync(temporary, { recursive: true });
  // Little is computed in Spark itself, so what it compiles would cost more than it saves.
  const java = `-XX:TieredStopAtLevel=1 -Djava.io.tmpdir=${temporary}`;
  const all: Record<string, string> = {
    'spark.ui.enabled': 'false',
    'spark.connect.grpc.binding.address': '127.0.0.1',
    'spark.connect.grpc.binding.port': String(port),
    'spark.sql.warehouse.dir': join(folder, 'warehouse'),
    'spark.driver.extraJavaOptions': java,
    'spark.executor.extraJavaOptions': java,
    'spark.sql.codegen.wholeStage': 'false',
    ...settings,
  };
  const conf = Object.entries(all).flatMap(([name, value]) => ['--conf', `${name}=${value}`]);
  const what = ['--class', 'org.apache.spark.sql.connect.service.SparkConnectServer', '--name', 'w2v-test'];
  const size = ['--master', 'local-cluster[2,1,1024]', '--driver-memory', '1g'];
  const environment = {
    ...{ SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1', SPARK_NO_DAEMONIZE: '1' },
    ...{ SPARK_LOCAL_DIRS: join(folder, 'local') },
    PATH: `${join(process.execPath, '..')}:${process.env.PATH}`, // this Node for the executors
  };
  const applications = () => (existsSync(join(home, 'work')) ? readdirSync(join(home, 'work')) : []);
  const before = new Set(applications());
  const child = spawn(join(home, 'bin', 'spark-submit'), [...what, ...size, ...conf, 'spark-internal'], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'], cwd: folder, env: { ...process.env, ...environment } },
  });
  const server = await started(child, port, /Spark Connect server started/);
  return {
    ...server,
    async stop() {
      await server.stop();
      // The executors' folders, which Spark leaves there, with all that was sent.
      const own = applications().filter((name) => !before.has(name));
      for (const name of own) rmSync(join(home, 'work', name), { recursive: true, force: true });
    },
  };
}

export async function startSail(folder: string): Promise<Server> {
  const port = await freePort();
  const child = spawn(join(folderOf('sail'), 'bin', 'sail'), ['spark', 'server', '--port', String(port)], {
    ...{ detached: true, stdio: ['ignore', 'pipe', 'pipe'], cwd: folder },
  });
  return started(child, port, /Starting the Spark Connect server/);
}

/** Ends with the kernel's record of the process: a zombie has no command line. */
export const isRunning = (pid: number): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`).length > 0;
  } catch {
    return false;
  }
};
