import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { complaints, importCycles, registryNamed, stripComments } from './architecture-rules.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('this project', () => {
  const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`)
    .filter((file) => file.endsWith('.ts'));

  it.each(sources)('%s keeps the rules', (file) => expect(complaints({ path: file, text: read(file) })).toEqual([]));

  const rooms = readdirSync(path.join(root, 'src')).filter((name) => !name.endsWith('.ts'));
  it.each(rooms)('src/%s/README.md says what the room is for, and names files that exist', (room) => {
    const text = read(`src/${room}/README.md`);
    expect(text).toMatch(new RegExp(`^# ${room}: \\S.*\n\n`));
    const files = [...text.matchAll(/`([a-z0-9/-]+\.ts)`/g)].map(([, name]) => name);
    const ends = (name: string) =>
      sources.some((file) => file === `src/${name}` || (file.startsWith(`src/${room}/`) && file.endsWith(`/${name}`)));
    expect(files.filter((name) => !ends(name))).toEqual([]);
  });

  it('no files import each other in a circle', () =>
    expect(importCycles(sources.map((file) => ({ path: file, text: read(file) })))).toEqual([]));

  it('names no package registry in any tracked file', () => {
    const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
      .split('\0')
      .filter(Boolean);
    expect(tracked.length).toBeGreaterThan(10);
    const naming = tracked
      .filter((file) => existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile())
      .flatMap((file) => {
        const host = registryNamed(read(file));
        return host === undefined ? [] : [`${file}: ${host}`];
      });
    expect(naming).toEqual([]);
  });

  it('has a lock file that fits any registry', () => expect(read('package-lock.json')).not.toContain('"resolved"'));
});

describe('the rules catch', () => {
  const bad: [name: string, path: string, text: string, complaint: string][] = [
    [
      'a route that imports the other',
      'src/count/a.ts',
      "import { b } from '../train/b.ts';",
      'must not import from train',
    ],
    ['the same in a type', 'src/train/a.ts', "import type { B } from '../count/b.ts';", 'must not import from count'],
    ['the same on demand', 'src/train/x/a.ts', "await import('../../count/b.ts');", 'must not import from count'],
    ['the same as a re-export', 'src/train/a.ts', "export * from '../count/b.ts';", 'must not import from count'],
    [
      'an import against the stream',
      'src/corpus/a.ts',
      "import { x } from '../vectors/x.ts';",
      'must not import from vectors',
    ],
    ['a base that imports', 'src/base/errors.ts', "import '../files/sha256.ts';", 'must not import from files'],
    ['set-up that knows the corpus', 'src/setup/a.ts', "import '../corpus/x.ts';", 'must not import from corpus'],
    ['an import of the CLI', 'src/index.ts', "export { run } from './cli/run.ts';", 'must not import from cli'],
    ['a folder without a rule', 'src/stuff/a.ts', '', 'src/stuff has no place in the import rules'],
    ['TensorFlow elsewhere', 'src/train/a.ts', "import('@tensorflow/tfjs-node')", 'only src/train/tensorflow/ imports'],
    [
      'TensorFlow in the CLI',
      'src/cli/a.ts',
      "import * as tf from '@tensorflow/tfjs';",
      'only src/train/tensorflow/ imports',
    ],
    ['chalk below the CLI', 'src/corpus/a.ts', "import chalk from 'chalk';", 'only src/cli/ imports chalk'],
    [
      'commander below the CLI',
      'src/report/a.ts',
      'import { Command } from "commander";',
      'only src/cli/ imports commander',
    ],
    ['cli-progress required', 'src/setup/a.ts', "require('cli-progress')", 'only src/cli/ imports cli-progress'],
    ['process imported', 'src/setup/a.ts', "import { env } from 'node:process';", 'only src/cli/ imports node:process'],
    ['printing', 'src/vectors/a.ts', "console.error('x');", 'only src/cli/ prints'],
    ['leaving', 'src/vectors/a.ts', 'process.exit(1);', 'only src/cli/ uses process.exit'],
    ['the environment', 'src/setup/a.ts', 'const home = process.env.HOME;', 'only src/cli/ uses process.env'],
    ['writing to a stream', 'src/formats/a.ts', 'process .stdout.write(x)', 'only src/cli/ uses process .stdout'],
    [
      'more than the environment in load.ts',
      'src/train/tensorflow/load.ts',
      'process.env.A; process.exit()',
      'only src/cli/ uses',
    ],
    ['chance', 'src/cli/a.ts', 'Math.random()', 'Math.random'],
    ['a default export', 'src/cli/a.ts', 'export default 1;', 'a default export'],
    ['another one', 'src/cli/a.ts', 'export { a as default };', 'a default export'],
    ['a long file', 'src/cli/a.ts', 'x;\n'.repeat(301), '301 lines, at most 300'],
  ];
  it.each(bad)('%s', (_name, file, text, complaint) => {
    const found = complaints({ path: file, text });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`${file}: `);
    expect(found[0]).toContain(complaint);
  });

  it('and let good code pass', () => {
    const good: [path: string, text: string][] = [
      ['src/train/tensorflow/load.ts', "await import('@tensorflow/tfjs-node'); process.env.TF_X = '1';"],
      [
        'src/train/a.ts',
        "import { x } from '../corpus/x.ts';\nimport './b.ts';\nimport { W2vError } from '../base/errors.ts';",
      ],
      ['src/cli/a.ts', "import { Chalk } from 'chalk'; process.exitCode = 1;"],
      [
        'src/corpus/a.ts',
        "// console.log and process.exit, import '../cli/x.ts'\n/* Math.random() */ const a = 'http://x';",
      ],
      ['src/setup/a.ts', 'const probe = `console.log(process.env.A)`;'],
      ['src/cli/b.ts', 'x;\n'.repeat(300)],
    ];
    expect(good.flatMap(([file, text]) => complaints({ path: file, text }))).toEqual([]);
  });

  it('circles of imports, in types too', () => {
    const files = [
      { path: 'src/a/a.ts', text: "import type { B } from '../b/b.ts';" },
      { path: 'src/b/b.ts', text: "export * from './c.ts';" },
      { path: 'src/b/c.ts', text: "await import('../a/a.ts');" },
      { path: 'src/b/d.ts', text: "import '../a/a.ts';" },
    ];
    expect(importCycles(files)).toEqual([['src/a/a.ts', 'src/b/b.ts', 'src/b/c.ts']]);
    expect(importCycles(files.filter(({ path }) => path !== 'src/b/c.ts'))).toEqual([]);
  });

  it('a registry named', () => {
    expect(registryNamed(`https://${['registry', 'npmjs', 'org'].join('.')}/chalk`)).toBeDefined();
    expect(registryNamed('npm install chalk')).toBeUndefined();
  });
});

it('stripComments keeps strings that look like comments', () =>
  expect(stripComments("a = 'http://x' // no\n/* no */ b = `/* yes */`")).toBe("a = 'http://x' \n b = `/* yes */`"));
