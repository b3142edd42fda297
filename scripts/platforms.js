// npm run test:platforms [-- linux windows arm64-24 ...]: the journey of platforms/journey.js with the packed package
// on several Nodes, on Windows' Node in Wine and on an emulated arm64. Every output must have the bytes that this
// machine's Node gives. Needs Linux on x64 and npm's registry; takes some minutes, so it is not part of npm test.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { journey } from './platforms/journey.js';
import { installPackage, openPlatform, platforms, requireEmulator } from './platforms/systems.js';

/**
 * A file as it is compared: unpacked where it is packed, because compressors differ between versions of Node and name
 * the system in the header of gzip, and without the time when a page was made.
 */
function comparable(file) {
  const bytes = readFileSync(file);
  if (file.endsWith('.gz')) return gunzipSync(bytes);
  if (!file.endsWith('.html')) return bytes;
  return bytes
    .toString('utf8')
    .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:[\d.]+Z)?/g, 'TIME')
    .replace(/(?<= type="application\/octet-stream" id="[^"]*">)[^<]+/g, (packed) =>
      gunzipSync(Buffer.from(packed, 'base64')).toString('latin1'),
    );
}

/** The SHA-256 of a file, or of the names and files in a folder. */
export function sha256(path) {
  if (!existsSync(path)) return 'not there';
  if (!statSync(path).isDirectory()) return createHash('sha256').update(comparable(path)).digest('hex');
  const hash = createHash('sha256');
  for (const name of readdirSync(path).sort()) hash.update(`${name} ${sha256(join(path, name))}\n`);
  return hash.digest('hex');
}

/** Takes one step and returns what is wrong, or undefined. */
async function take(step, platform) {
  try {
    await step.act?.(platform);
  } catch (error) {
    return error.message;
  }
  for (const [index, line] of step.commands.entries()) {
    const isLast = index === step.commands.length - 1;
    const { code, said } = platform.run(line, step.input);
    const expected = isLast ? step.code : 0;
    if (code !== expected) return `w2v ${line}\nended with ${code}, expected ${expected}: ${said.slice(-1000)}`;
    if (isLast && !step.says.test(said)) return `w2v ${line}\nsaid nothing like ${step.says}: ${said.slice(-1000)}`;
  }
  return undefined;
}

/**
 * The whole journey. `expected`: SHA-256 of the outputs by step and name, filled by the first platform.
 * @param {Map<string, string>} expected
 */
async function travel(platform, expected, isFirst) {
  const started = performance.now();
  const result = { title: platform.title, passed: 0, steps: 0, same: 0, compared: 0, seconds: 0, problems: [] };
  for (const step of journey.filter(({ not }) => !not.includes(platform.system))) {
    result.steps++;
    const problem = await take(step, platform);
    if (problem === undefined) result.passed++;
    else result.problems.push(`${step.name}: ${problem}`);
    for (const name of step.same) {
      const key = `${step.name}: ${name}`;
      const hash = sha256(join(platform.folder, name));
      if (isFirst) expected.set(key, hash);
      result.compared++;
      if (hash === expected.get(key) && hash !== 'not there') result.same++;
      else result.problems.push(`${key} has other bytes: ${hash}, expected ${expected.get(key)}`);
    }
  }
  return { ...result, seconds: (performance.now() - started) / 1000 };
}

/** The rows of a Markdown table, padded so that a terminal shows a table too. */
export function table(results) {
  const rows = [
    ['platform', 'steps passed', 'same bytes', 'seconds'],
    ...results.map(({ title, passed, steps, same, compared, seconds }) => [
      title,
      `${passed} of ${steps}`,
      `${same} of ${compared}`,
      seconds.toFixed(0),
    ]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  lines.splice(1, 0, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  return lines.join('\n');
}

/** The platforms whose names begin with one of `names`, always with the first. */
export function chosen(names) {
  const strange = names.find((name) => !platforms.some((platform) => platform.name.startsWith(name)));
  if (strange !== undefined) {
    throw new Error(`no platform ${strange}, expected one of ${platforms.map(({ name }) => name).join(', ')}`);
  }
  return platforms.filter(
    ({ name }, index) => index === 0 || names.length === 0 || names.some((one) => name.startsWith(one)),
  );
}

async function main(names) {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') throw new Error('this needs Linux on x64');
  const wanted = chosen(names);
  for (const { system } of wanted) requireEmulator(system);
  const work = mkdtempSync(join(tmpdir(), 'w2v-platforms-'));
  const results = [];
  console.error(`Installing the package in ${work}`);
  installPackage(work);
  const expected = new Map();
  for (const one of wanted) {
    console.error(`${one.title}: ${journey.length} steps`);
    const platform = openPlatform(one, work);
    try {
      results.push(await travel(platform, expected, one === wanted[0]));
    } finally {
      platform.close();
    }
    for (const problem of results.at(-1).problems) console.error(`  ${problem.replaceAll('\n', '\n    ')}`);
  }
  console.log(table(results));
  const isFine = results.every(({ problems }) => problems.length === 0);
  if (isFine) rmSync(work, { recursive: true });
  else console.error(`Not everything passed; the outputs are in ${work}`);
  return isFine ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`test:platforms: ${error.message}`);
    process.exitCode = 1;
  }
}
