// The release script, and what the project's pages for contributors and workflows name.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

interface Script {
  closeChangelog(text: string, version: string, date: string): string;
  isLater(next: string, version: string): boolean;
  isReleasable(next: string, version: string, tags: string[]): boolean;
  citeVersion(text: string, version: string, date: string): string;
  misfitOfTag(
    tag: string,
    files: { version: string; changelog: string; citation: string; pages: Record<string, string> },
  ): string | undefined;
}
const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (...names: string[]) => readFileSync(path.join(root, ...names), 'utf8');
// A path that the compiler does not follow: the scripts are plain JavaScript.
const { closeChangelog, isLater, isReleasable, citeVersion, misfitOfTag }: Script = await import(
  path.join(root, 'scripts/release.js')
);

describe('the release script', () => {
  const changelog = '# Changelog\n\n## Unreleased\n\n### Added\n- a thing\n\n## 0.1.0, the first version\n- all\n';

  it('closes the section of what is not released', () => {
    expect(closeChangelog(changelog, '1.0.0', '2026-12-01')).toBe(
      changelog.replace('## Unreleased', '## 1.0.0, 2026-12-01'),
    );
  });

  it('refuses a changelog without the section, or with nothing in it', () => {
    expect(() => closeChangelog('# Changelog\n\n## 1.0.0\n- x\n', '1.0.1', 'x')).toThrow('no section "## Unreleased"');
    expect(() => closeChangelog(changelog.replace('- a thing\n', ''), '1.0.0', 'x')).toThrow('names no change');
  });

  it('dates the section of a version that was never tagged', () => {
    const written = '# Changelog\n\n## 1.0.0, 2026-11-26\n- all\n\n## 0.1.0, the first version\n- x\n';
    expect(closeChangelog(written, '1.0.0', '2026-12-03')).toBe(written.replace('2026-11-26', '2026-12-03'));
    expect(() => closeChangelog(`\n## Unreleased\n- y\n${written}`, '1.0.0', 'x')).toThrow('make them one section');
  });

  it('releases a later version, or the one in the files once', () => {
    expect(isReleasable('1.0.1', '1.0.0', ['v1.0.0'])).toBe(true);
    expect(isReleasable('1.0.0', '1.0.0', [''])).toBe(true);
    expect(isReleasable('1.0.0', '1.0.0', ['v1.0.0'])).toBe(false);
    expect(isReleasable('0.9.0', '1.0.0', [])).toBe(false);
    expect(isReleasable('1.0', '0.9.0', [])).toBe(false);
  });

  it('compares versions as numbers', () => {
    expect(isLater('0.10.0', '0.9.9')).toBe(true);
    expect(isLater('1.0.0', '1.0.0')).toBe(false);
    expect(isLater('0.9.9', '1.0.0')).toBe(false);
  });

  it('dates the citation, the first time and later', () => {
    const first = citeVersion('title: w2v\nversion: 0.1.0\nlicense: MIT\n', '1.0.0', '2026-12-01');
    expect(first).toBe('title: w2v\nversion: 1.0.0\ndate-released: 2026-12-01\nlicense: MIT\n');
    expect(citeVersion(first, '1.0.1', '2027-01-01')).toContain('version: 1.0.1\ndate-released: 2027-01-01\n');
  });

  it('says how a tag and the files differ', () => {
    const files = {
      version: '1.0.0',
      changelog: '\n## 1.0.0, 2026-12-01\n',
      citation: '\nversion: 1.0.0\n',
      pages: { 'README.md': '## Install\nnpm install w2v\n', 'docs/tutorial.md': 'npm install -g w2v\n' },
    };
    expect(misfitOfTag('v1.0.0', files)).toBeUndefined();
    expect(misfitOfTag('v1.0.1', files)).toContain('not v1.0.0');
    expect(misfitOfTag('v1.0.0', { ...files, changelog: '\n## Unreleased\n' })).toContain('no section of 1.0.0');
    expect(misfitOfTag('v1.0.0', { ...files, citation: 'version: 0.1.0' })).toContain('another version');
    for (const line of [
      'git clone ADDRESS w2v && cd w2v',
      'npm install -g ./w2v-1.0.0.tgz',
      '`npm install w2v-1.0.0.tgz`',
    ]) {
      const pages = { ...files.pages, 'docs/tutorial.md': `# w2v\n${line}\n` };
      const misfit = `docs/tutorial.md still installs from a clone (write npm install -g w2v): ${line}`;
      expect(misfitOfTag('v1.0.0', { ...files, pages })).toBe(misfit);
    }
  });
});

describe('what the project says of itself', () => {
  const { version, engines } = JSON.parse(read('package.json'));

  it('the citation has the version of the package', () => {
    expect(read('CITATION.cff')).toContain(`\nversion: ${version}\n`);
  });

  it('workflows name files that exist, and start with the oldest Node that the package allows', () => {
    const texts = readdirSync(path.join(root, '.github/workflows')).map((name) => read('.github/workflows', name));
    const named = texts.join('\n').match(/\b(?:tests|scripts|bin)\/[\w./-]+/g) ?? [];
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !existsSync(path.join(root, name)))).toEqual([]);
    expect(read('.github/workflows/ci.yml')).toContain(`node: [${/\d+/.exec(engines.node)![0]},`);
  });

  it('actions are pinned by commit, and the job that may publish runs no code of this repository', () => {
    const texts = ['ci.yml', 'release.yml'].map((name) => read('.github/workflows', name));
    const uses = texts.flatMap((text) => [...text.matchAll(/uses: (.*)/g)].map(([, action]) => action));
    expect(uses.length).toBeGreaterThan(8);
    for (const action of uses) expect(action).toMatch(/^[\w/-]+@[0-9a-f]{40} # v\d/);
    const jobs = texts[1].slice(texts[1].indexOf('\njobs:')).split(/\n {2}(?=[a-z]+:\n)/);
    const trusted = jobs.filter((job) => job.includes('id-token: write'));
    expect(trusted).toHaveLength(1);
    expect(trusted[0]).toMatch(/^publish:\n {4}needs: \[test, pack\]/);
    expect(trusted[0]).not.toMatch(/checkout|npm (ci|install|run|test)|scripts\//);
  });

  it('a report of a bug asks for w2v doctor', () => {
    expect(read('.github/ISSUE_TEMPLATE/bug.yml')).toMatch(/label: w2v doctor[\s\S]*?required: true/);
  });
});
