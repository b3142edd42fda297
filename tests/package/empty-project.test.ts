// The package in an empty project on a machine without Python, compiler and network.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultCacheDirectory } from '../../src/fetch/cache.ts';
import { addonFile, cachedTfjsNode, locateTfjsNode } from '../../src/setup/tfjs-node.ts';
import { isMissing } from '../requirements.ts';
import { type PackedProject, packedProject, root } from './packed-project.ts';

let project: PackedProject;
let environment: NodeJS.ProcessEnv;

beforeAll(() => {
  project = packedProject();
  const tools = path.join(project.folder, 'tools');
  mkdirSync(tools);
  symlinkSync(process.execPath, path.join(tools, 'node'));
  environment = { PATH: tools, HOME: project.folder, W2V_CACHE: path.join(project.folder, 'cache') };
  const animals = [
    'the tiger and the cat sleep in the forest',
    'a cat and a tiger eat meat',
    'the computer has a keyboard',
  ];
  writeFileSync(path.join(project.folder, 'text.txt'), `${animals.join('\n')}\n`.repeat(60));
});
afterAll(() => project.remove());

function w2v(...args: string[]) {
  const bin = path.join(project.folder, 'node_modules', 'w2v', 'bin', 'w2v.js');
  const options = { cwd: project.folder, env: environment, encoding: 'utf8' } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], options);
  return { status, stdout, stderr };
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

describe('in an empty project', () => {
  it('all that npm installs has at most 20 MB', () => {
    expect(project.dependencies.length).toBeGreaterThan(8);
    expect(project.dependencies.filter((name) => name.includes('tensorflow'))).toEqual([]);
    const whole = project.dependencies.filter((name) => name.lastIndexOf('node_modules/') === 0);
    const sizes = whole.map((name) => bytesIn(path.join(root, name)));
    expect(sizes.reduce((sum, bytes) => sum + bytes, project.packed.unpackedSize)).toBeLessThan(20e6);
  });

  it('it trains, answers, evaluates on the sets of the package, and compares', () => {
    const trained = w2v('train', 'text.txt', '-o', 'a.bin', '--dim', '16');
    expect([trained.status, trained.stderr]).toEqual([0, expect.stringContaining('Trained skipgram')]);
    expect(trained.stderr).toContain('Engine: wasm (TensorFlow is not set up)\n'); // as README shows it
    const asked = w2v('train', 'text.txt', '-o', 'b.bin', '--engine', 'tensorflow');
    expect([asked.status, asked.stderr]).toEqual([4, expect.stringContaining('which installs @tensorflow/tfjs-node')]);
    const neighbors = w2v('nearest', 'a.bin', 'tiger', '-k', '3', '--json');
    expect([neighbors.status, JSON.parse(neighbors.stdout)[0].neighbors.length]).toEqual([0, 3]);
    const evaluated = w2v('evaluate', 'a.bin');
    expect(evaluated.status).toBe(0);
    expect(evaluated.stdout).toContain('wordsim353');
    expect(evaluated.stderr).toContain('w2v corpus get simlex999');
    const named = w2v('evaluate', 'a.bin', '--pairs', 'simlex999');
    expect([named.status, named.stderr]).toEqual([3, expect.stringContaining('w2v corpus get simlex999')]);
    const elsewhere = w2v('vocab', '/text', '--on', 'sc://localhost');
    expect([elsewhere.status, elsewhere.stderr]).toEqual([
      4,
      expect.stringMatching(/hint: install them: npm install @bufbuild/),
    ]);
    const compared = w2v('compare', 'text.txt', '--dim', '8', '--epochs', '1', '--json');
    expect(compared.status).toBe(0);
    expect(JSON.parse(compared.stdout).routes.map(({ name }: { name: string }) => name)).toEqual([
      'PPMI',
      'PPMI-SVD',
      'CBOW',
      'skip-gram',
      'combined',
    ]);
  }, 120_000);

  it('threads of the package read, count, train and lay out; pages have their scripts', () => {
    const text = readFileSync(path.join(project.folder, 'text.txt'), 'utf8');
    writeFileSync(path.join(project.folder, 'long.txt'), text.repeat(Math.ceil(2e6 / text.length)));
    const small = ['--dim', '8', '--min-count', '1', '--quiet'];
    const made = [
      ['train', 'long.txt', '-o', 'threads.bin', '--threads', '2', '--epochs', '1', ...small],
      ['count', 'long.txt', '-o', 'counted.bin', '--threads', '2', ...small],
      ['map', 'threads.bin', '-o', 'map.html', '--quiet'],
      ['explain', '--report', 'lesson.html', '--quiet'],
    ].map((args) => w2v(...args));
    expect(made.map(({ status, stderr }) => [status, stderr])).toEqual(made.map(() => [0, '']));
    const manifest = JSON.parse(readFileSync(path.join(project.folder, 'threads.bin.json'), 'utf8'));
    expect([manifest.engine.name, manifest.options.threads]).toEqual(['wasm', 2]);
    for (const page of ['map.html', 'lesson.html']) {
      expect(statSync(path.join(project.folder, page)).size).toBeGreaterThan(100_000);
    }
    const answer = w2v('serve', 'threads.bin', '--get', '/api/nearest?query=tiger&k=2');
    expect([answer.status, answer.stdout]).toEqual([0, expect.stringContaining('"neighbors"')]);
    const completion = w2v('completion', 'bash');
    expect([completion.status, completion.stdout]).toEqual([0, expect.stringContaining('w2v completion bash')]);
  }, 120_000);

  const tfjsNode = locateTfjsNode(defaultCacheDirectory(process.env, process.platform, homedir()));
  const isSetUp = tfjsNode !== undefined && existsSync(addonFile(tfjsNode));
  it.skipIf(isMissing('TENSORFLOW', isSetUp))(
    'the library finds the TensorFlow of w2v setup, which prints nothing',
    () => {
      const cached = cachedTfjsNode(environment.W2V_CACHE!);
      mkdirSync(path.dirname(cached), { recursive: true, mode: 0o700 });
      symlinkSync(tfjsNode!, cached, 'dir');
      const code = `
        import { encodeCorpus, trainWordVectors } from 'w2v';
        const corpus = await encodeCorpus(['text.txt'], { minCount: 1 });
        console.log((await trainWordVectors(corpus, { dim: 8, epochs: 1 })).engine);`;
      const options = { cwd: project.folder, env: environment, encoding: 'utf8' } as const;
      const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], options);
      expect([stdout, stderr]).toEqual(['tensorflow\n', '']);
    },
  );
});
