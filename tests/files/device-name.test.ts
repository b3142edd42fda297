import { expect, it } from 'vitest';
import { windowsDevice } from '../../src/files/device-name.ts';

it.each([
  ['NUL', 'NUL'],
  ['out\\nul.bin', 'NUL'],
  ['C:/x/Com1.vec.gz', 'COM1'],
  ['lpt9 .txt', 'LPT9'],
  ['con:', 'CON'],
  ['CONOUT$', 'CONOUT$'],
  ['COM0', undefined],
  ['null.bin', undefined],
  ['nul/v.bin', undefined],
  ['vectors.nul', undefined],
])('%s on Windows: %s', (path, device) => {
  expect(windowsDevice(path, 'win32')).toBe(device);
  expect(windowsDevice(path, 'linux')).toBeUndefined();
});
