// The package as npm packs it: what is inside, how large it is, and how it looks to those who import it.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PackedProject, packedProject, root } from './packed-project.ts';

const tool = (...names: string[]) => path.join(root, 'node_modules', ...names);

describe('the package', () => {
  let project: PackedProject;
  beforeAll(() => {
    project = packedProject();
  });
  afterAll(() => project.remove());

  it('has at most 2.5 MB in some 100 files, with the documents that help and README name', () => {
    expect(project.packed.unpackedSize).toBeLessThan(2.5e6);
    const files = project.packed.files.map((file) => file.path);
    expect(files.length).toBeLessThan(120);
    const named = [...readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/\]\((docs\/[\w./-]+)/g)].map(
      ([, file]) => file,
    );
    expect(named.length).toBeGreaterThan(3);
    expect(files).toEqual(
      expect.arrayContaining([
        'README.md',
        'CHANGELOG.md',
        'LICENSE',
        'bin/w2v.js',
        'CITATION.cff',
        'docs/cli.md',
        ...named.filter((file) => file !== 'docs/architecture.md' && !file.startsWith('docs/images/')),
      ]),
    );
    expect(files.filter((file) => /^(src|tests|bench)\//.test(file) || file.endsWith('.stamp'))).toEqual([]);
  });

  it('has no script that npm would run when it is installed, and would warn of', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(project.folder, 'node_modules/w2v/package.json'), 'utf8'));
    const run = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];
    expect(Object.keys(scripts).filter((name) => run.includes(name))).toEqual([]);
  });

  it('publint has no error and no warning', () => {
    const found = spawnSync(process.execPath, [tool('publint', 'src', 'cli.js'), 'run', project.tarball, '--strict'], {
      encoding: 'utf8',
    });
    expect([found.status, found.stdout + found.stderr]).toEqual([0, expect.not.stringMatching(/Warnings|Errors/)]);
  });

  it('types resolve as the code does (are the types wrong?)', () => {
    const rules = ['--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm']; // Node requires ES modules from 20.19 on
    const arguments_ = [tool('@arethetypeswrong', 'cli', 'dist', 'index.js'), project.tarball, ...rules, '--no-color'];
    const found = spawnSync(process.execPath, arguments_, { encoding: 'utf8' });
    expect([found.status, found.stdout]).toEqual([0, expect.stringContaining('"w2v/query"')]);
  });

  it('loads as ES module and by require', () => {
    const run = (...code: string[]) =>
      execFileSync(process.execPath, code, {
        cwd: project.folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    expect(run('--input-type=module', '-e', "import { nearest } from 'w2v/query'; console.log(typeof nearest)")).toBe(
      'function\n',
    );
    expect(run('-e', "console.log(typeof require('w2v').encodeText)")).toBe('function\n');
  });

  it('w2v/query is bundled for a browser with nothing of Node', async () => {
    const { outputFiles } = await build({
      stdin: { contents: "export { nearestWords } from 'w2v/query'", resolveDir: project.folder },
      write: false,
      bundle: true,
      platform: 'browser',
      logLevel: 'silent',
    });
    expect(outputFiles[0]!.text).toContain('nearestWords');
    expect(outputFiles[0]!.text).not.toContain('node:');
  });
});
