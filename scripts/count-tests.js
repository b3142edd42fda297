// Counts vitest's JSON reports for CI: `node scripts/count-tests.js ALLOWED REPORT...`. The last line is `N passed, N
// failed`. A skipped test counts as failed unless ALLOWED lists it ([{ test, reason }]; `*` in a name stands for
// anything).
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What reports say, as lines for the log and a verdict.
 *
 * @param {{ testResults: { name: string, status: string, assertionResults: { status: string, fullName: string }[] }[]
 *   }} report
 * @param {{ test: string, reason: string }[]} allowed
 */
export function countTests({ testResults }, allowed) {
  let passed = 0;
  let failed = 0;
  const skipped = [];
  for (const { status, name, assertionResults } of testResults) {
    const count = (wanted) => assertionResults.filter((result) => result.status === wanted).length;
    passed += count('passed');
    // A file that does not load holds no test that could fail: it counts as one.
    failed += status === 'failed' ? Math.max(1, count('failed')) : count('failed');
    for (const { status: one, fullName } of assertionResults) {
      if (one !== 'passed' && one !== 'failed') skipped.push(`${relative('', name)}: ${fullName}`);
    }
  }
  const rules = allowed.map((rule) => ({ ...rule, matches: matcher(rule.test) }));
  const reasonOf = (test) => rules.find(({ matches }) => matches.test(test))?.reason;
  const lines = [];
  const list = (heading, items) => {
    if (items.length > 0) lines.push(`${items.length} ${heading}:`, ...items.map((item) => `  ${item}`));
  };
  const unexpected = skipped.filter((test) => reasonOf(test) === undefined);
  list(
    'skipped, as allowed',
    skipped.filter((test) => !unexpected.includes(test)).map((test) => `${test} (${reasonOf(test)})`),
  );
  list(
    'listed as skipped, but not skipped here',
    rules.filter(({ matches }) => !skipped.some((test) => matches.test(test))).map(({ test }) => test),
  );
  list('skipped without being listed, counted as failed', unexpected);
  failed += unexpected.length;
  lines.push(`${passed} passed, ${failed} failed`);
  return { lines, ok: failed === 0 && passed > 0 };
}

function matcher(pattern) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [allowed, ...reports] = process.argv.slice(2);
  const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
  let result;
  try {
    result = countTests({ testResults: reports.flatMap((report) => read(report).testResults) }, read(allowed));
  } catch (error) {
    result = { lines: [`the report cannot be counted: ${error.message}`, '0 passed, 1 failed'], ok: false };
  }
  console.log(result.lines.join('\n'));
  process.exitCode = result.ok ? 0 : 1;
}
