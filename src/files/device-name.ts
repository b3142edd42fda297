// The names that Windows keeps for devices, in every folder and with any extension.
// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
import { win32 } from 'node:path';

const devices = /^(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[1-9\u00b9\u00b2\u00b3])$/i;

/**
 * The device that a path names on Windows, such as NUL for `out\\nul.bin`; undefined elsewhere and for any other name.
 * Node would make a file of this name, which other programs then can neither open nor delete.
 */
export function windowsDevice(path: string, platform: string = process.platform): string | undefined {
  if (platform !== 'win32') return undefined;
  const name = win32.basename(path).split(/[.:]/, 1)[0].trimEnd();
  return devices.test(name) ? name.toUpperCase() : undefined;
}
