import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unwritable } from '../../src/files/unwritable.ts';

const here = fileURLToPath(import.meta.url);
const failed = (code: string) => Object.assign(new Error(code), { code });

describe('on Windows', () => {
  it('a missing folder is made with the mkdir of cmd', () => {
    const { hint } = unwritable('out/my vectors/v.bin', failed('ENOENT'), undefined, 'win32');
    expect(hint).toBe('create it first: mkdir "out\\my vectors"');
  });

  it('a drive that is not there cannot be made', () => {
    expect(unwritable('Q:\\v.bin', failed('ENOENT'), 'Q:\\', 'win32')).toMatchObject({
      message: 'Q:\\v.bin cannot be written: there is no Q:\\',
      hint: 'choose another drive',
    });
  });

  it('a file where the folder should be is called so, as elsewhere', () => {
    expect(unwritable(`${here}/v.bin`, failed('ENOENT'), undefined, 'win32')).toMatchObject({
      message: `${here}/v.bin cannot be written: ${here} is not a folder`,
      hint: 'choose another path',
    });
  });

  it('a file that cannot be replaced may be open', () => {
    expect(unwritable(here, failed('EPERM'), undefined, 'win32').hint).toBe(
      'close that program, or choose another name',
    );
    expect(unwritable(`${here}.none`, failed('EPERM'), undefined, 'win32').hint).toBe(
      'choose a folder you can write to',
    );
  });
});

it('elsewhere a folder is made with its parents, and its name is quoted', () => {
  const { hint } = unwritable('a b/v.bin', failed('ENOENT'), undefined, 'linux');
  expect(hint).toBe("create it first: mkdir -p 'a b'");
});
