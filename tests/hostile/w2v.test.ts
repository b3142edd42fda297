// That the harness sees what must not be: each of these lines does one thing wrong.
import { describe, expect, it } from 'vitest';
import { Room } from './w2v.ts';

const failed = 'echo error: it failed >&2; echo hint: mend it >&2; exit 3';

describe('a command', () => {
  const room = new Room({ 'a.txt': 'a\n', 'b.txt': 'b\n' });
  it('that does nothing wrong', async () => {
    await room.expect(failed, { exit: 3, says: 'it failed' });
    await room.expect('echo c > c.txt; mkdir d', { exit: 0, makes: ['c.txt', 'd/'] });
    await room.expect('echo c > a.txt; rm b.txt', { exit: 0, changes: ['a.txt'], loses: ['b.txt'] });
    room.put('b.txt', 'b\n');
  });

  it.each([
    ['another exit code', 'exit 0', 'how it ends'],
    ['no hint', 'echo error: it failed >&2; exit 3', 'what to do'],
    ['no error', 'echo hint: mend it >&2; exit 3', 'errors'],
    ['two errors', `echo error: more >&2; ${failed}`, 'errors'],
    ['a stack', `echo "    at run (file.js:1:2)" >&2; ${failed}`, 'not foreseen'],
    ['a bug', `echo "this is a bug in w2v" >&2; ${failed}`, 'not foreseen'],
    ['a control character', `printf '\\033[31m' >&2; ${failed}`, 'control characters'],
    ['one from above ASCII', `printf '\\302\\233' >&2; ${failed}`, 'control characters'],
    ['a file made', `touch new; ${failed}`, 'files made'],
    ['a file lost', `mv a.txt .. ; ${failed}`, 'files lost'],
    ['a file damaged', `echo x >> b.txt; ${failed}`, 'files damaged'],
    ['a mode changed', `chmod 600 b.txt; ${failed}`, 'files damaged'],
    ['a temporary file left', `touch $TMPDIR/x; ${failed}`, 'left in the temporary folder'],
    ['not what was to be said', failed.replace('it failed', 'something'), 'not said: it failed'],
  ])('that does wrong: %s', async (_what, line, message) => {
    room.put('a.txt', 'a\n');
    room.put('b.txt', 'b\n');
    await expect(room.expect(line, { exit: 3, says: 'it failed' })).rejects.toThrow(message);
  });

  it('that does not end', async () => {
    const run = room.expect('sleep 30', { exit: 0 }, { limit: 0.2 });
    await expect(run).rejects.toThrow('still running at the time limit');
  });

  it('that says what it must not, or stops too late', async () => {
    await expect(room.expect('echo secret', { exit: 0, never: 'secret' })).rejects.toThrow('said: secret');
    const slow = `trap 'sleep 0.5; exit 130' INT; echo ready; while :; do sleep 0.05; done`;
    const signals = [{ name: 'SIGINT', when: /ready/ }] as const;
    await expect(room.expect(slow, { exit: 130, stopsWithin: 0.2 }, { signals })).rejects.toThrow('seconds to stop');
  });
});
