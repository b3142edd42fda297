// Makes a release: npm run release -- 1.2.3 [--dry-run]. Checks that the tree is clean and what is packed, writes the
// version into package.json, package-lock.json and CITATION.cff, closes the section "Unreleased" of CHANGELOG.md,
// commits and tags. The tag, when it is pushed, is published with provenance by .github/workflows/release.yml. `--check
// v1.2.3`, which runs there, compares the tag with the files.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, npm, root } from './bootstrap.js';

/** Of the package, unpacked. */
export const MOST_BYTES = 2.5e6;

/**
 * The changelog with "Unreleased" as the section of this version; where a version that was never tagged has a section
 * already, that section with this date. Throws if there is no such section, nothing in it, or both are there.
 */
export function closeChangelog(text, version, date) {
  const start = text.indexOf('\n## Unreleased\n');
  const heading = text.split('\n').find((line) => line.startsWith(`## ${version}, `));
  if (start < 0 && heading !== undefined) return text.replace(heading, `## ${version}, ${date}`);
  if (start < 0) throw new Error('CHANGELOG.md has no section "## Unreleased"');
  if (heading !== undefined) throw new Error(`CHANGELOG.md has "Unreleased" and "${heading}": make them one section`);
  const end = text.indexOf('\n## ', start + 1);
  const section = text.slice(start + '\n## Unreleased\n'.length, end < 0 ? undefined : end);
  if (!/^- /m.test(section)) throw new Error('the section "Unreleased" of CHANGELOG.md names no change');
  return text.replace('\n## Unreleased\n', `\n## ${version}, ${date}\n`);
}

/** Whether `next` comes after `version`, both as major.minor.patch. */
export function isLater(next, version) {
  const [a, b] = [next, version].map((text) => text.split('.').map(Number));
  for (const at of [0, 1, 2]) if (a[at] !== b[at]) return a[at] > b[at];
  return false;
}

/** Whether `next` may be released: it comes after the version in the files, or is that one and was never tagged. */
export function isReleasable(next, version, tags) {
  if (!/^\d+\.\d+\.\d+$/.test(next) || tags.includes(`v${next}`)) return false;
  return next === version || isLater(next, version);
}

/** CITATION.cff with the version and its date. */
export function citeVersion(text, version, date) {
  const dated = /^date-released:.*$/m.test(text) ? text : text.replace(/^version:.*$/m, '$&\ndate-released: x');
  return dated.replace(/^version:.*$/m, `version: ${version}`).replace(/^date-released:.*$/m, `date-released: ${date}`);
}

/** What is wrong with a tag, or undefined. `pages`: their texts by name. */
export function misfitOfTag(tag, { version, changelog, citation, pages }) {
  if (tag !== `v${version}`) return `the tag ${tag} is not v${version}, the version in package.json`;
  if (!changelog.includes(`\n## ${version}, `)) return `CHANGELOG.md has no section of ${version}`;
  if (!citation.includes(`\nversion: ${version}\n`)) return `CITATION.cff has another version than ${version}`;
  return misfitOfPages(pages);
}

/** npm shows README. Until w2v is first published, it is written for those who make the package from a clone. */
export function misfitOfPages(pages) {
  for (const [name, text] of Object.entries(pages)) {
    const line = /^.*(?:\bgit clone ADDRESS\b|\bnpm install .*\bw2v-\d[\d.]*\.tgz).*$/m.exec(text)?.[0];
    if (line !== undefined) return `${name} still installs from a clone (write npm install -g w2v): ${line}`;
  }
  return undefined;
}

const read = (name) => readFileSync(join(root, name), 'utf8');
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim();

function readPages() {
  const docs = readdirSync(join(root, 'docs'), { recursive: true }).map((name) => join('docs', name));
  const names = [...readdirSync(root).filter((name) => name.startsWith('README')), ...docs];
  return Object.fromEntries(names.filter((name) => name.endsWith('.md')).map((name) => [name, read(name)]));
}

function packedBytes() {
  const [command, ...words] = [...npm, 'pack', '--dry-run', '--json'];
  const output = execFileSync(command, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output)[0].unpackedSize;
}

async function release(next, isDry) {
  const { version } = JSON.parse(read('package.json'));
  if (!isReleasable(next, version, git('tag').split('\n'))) {
    throw new Error(`${next} is not a version after ${version}, such as 1.2.3, nor ${version} without a tag`);
  }
  const date = new Date().toISOString().slice(0, 10);
  const changed = {
    'CHANGELOG.md': closeChangelog(read('CHANGELOG.md'), next, date),
    'CITATION.cff': citeVersion(read('CITATION.cff'), next, date),
  };
  if (git('status', '--porcelain') !== '') throw new Error('there are changes that are not committed');
  if (git('branch', '--show-current') !== 'main') throw new Error('releases are made on the branch main');
  const misfit = misfitOfPages(readPages());
  if (misfit !== undefined) throw new Error(misfit);
  await bootstrap({ tensorflow: false }); // what is not built is not packed
  const bytes = packedBytes();
  if (bytes > MOST_BYTES) throw new Error(`the package has ${bytes} bytes unpacked, at most ${MOST_BYTES}`);
  console.log(`w2v ${version} -> ${next}, ${date}; the package has ${(bytes / 1e6).toFixed(2)} MB unpacked`);
  if (isDry) return;
  for (const [name, text] of Object.entries(changed)) writeFileSync(join(root, name), text);
  const npmVersion = ['version', next, '--no-git-tag-version', '--allow-same-version', '--ignore-scripts'];
  execFileSync(npm[0], [...npm.slice(1), ...npmVersion], { cwd: root, stdio: 'ignore' });
  if (git('status', '--porcelain') !== '') git('commit', '-qam', `Release ${next}`);
  git('tag', '-a', `v${next}`, '-m', `w2v ${next}`);
  console.log(`Tagged v${next}. To publish it: git push origin main v${next}`);
}

async function main([first, second]) {
  if (first === '--check') {
    const { version } = JSON.parse(read('package.json'));
    const [changelog, citation] = ['CHANGELOG.md', 'CITATION.cff'].map(read);
    const misfit = misfitOfTag(second, { version, changelog, citation, pages: readPages() });
    if (misfit !== undefined) throw new Error(misfit);
  } else if (first === undefined) {
    throw new Error('give a version: npm run release -- 1.2.3 [--dry-run]');
  } else {
    await release(first, second === '--dry-run');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}
