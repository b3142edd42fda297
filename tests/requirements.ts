// What some tests need and not every machine has. They are skipped where it is missing, and fail where it must not be:
// .ci/run sets W2V_REQUIRE_TENSORFLOW, W2V_REQUIRE_CHROMIUM and W2V_REQUIRE_SPARK.
import { execFileSync } from 'node:child_process';

/** For `skipIf`: true where `name` is missing. Throws, and so fails the file of tests, where it is required. */
export function isMissing(name: 'TENSORFLOW' | 'CHROMIUM' | 'SPARK', isThere: boolean): boolean {
  if (!isThere && process.env[`W2V_REQUIRE_${name}`] === '1') {
    throw new Error(`these tests need ${name}, W2V_REQUIRE_${name} is set, and it is not there`);
  }
  return !isThere;
}

/** Whether a tool is there; `probe` is a command that succeeds where it works. */
export function has(probe: string): boolean {
  try {
    execFileSync('bash', ['-c', probe], { stdio: 'ignore', timeout: 5000 });
    return true;
  } catch {
    return false;
  }
}

/** For a test's name: why it is skipped. */
export const without = (works: boolean, tool: string) => (works ? '' : ` (skipped: no ${tool} here)`);
