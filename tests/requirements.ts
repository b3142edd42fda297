// What some tests need and not every machine has. They are skipped where it is missing, and fail where it must not be:
// .ci/run sets W2V_REQUIRE_TENSORFLOW and W2V_REQUIRE_CHROMIUM.

/** For `skipIf`: true where `name` is missing. Throws, and so fails the file of tests, where it is required. */
export function isMissing(name: 'TENSORFLOW' | 'CHROMIUM', isThere: boolean): boolean {
  if (!isThere && process.env[`W2V_REQUIRE_${name}`] === '1') {
    throw new Error(`these tests need ${name}, W2V_REQUIRE_${name} is set, and it is not there`);
  }
  return !isThere;
}
