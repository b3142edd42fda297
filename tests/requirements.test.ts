import { afterEach, expect, test, vi } from 'vitest';
import { isMissing } from './requirements.ts';

afterEach(() => vi.unstubAllEnvs());

test('what is missing is skipped, and fails where it is required', () => {
  vi.stubEnv('W2V_REQUIRE_TENSORFLOW', '0');
  expect([isMissing('TENSORFLOW', true), isMissing('TENSORFLOW', false)]).toEqual([false, true]);
  vi.stubEnv('W2V_REQUIRE_TENSORFLOW', '1');
  expect(isMissing('TENSORFLOW', true)).toBe(false);
  expect(() => isMissing('TENSORFLOW', false)).toThrow('W2V_REQUIRE_TENSORFLOW is set');
});
