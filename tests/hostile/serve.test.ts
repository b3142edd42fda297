// w2v serve as another user may run it: a port that it may not have, and a full disk beside the vectors.
import { describe, expect, it } from 'vitest';
import { asUser, Room, users, without } from './w2v.ts';

const room = new Room({ 'v.txt': 'king 1 0\nqueen 0 1\nman 1 1\n' });

describe.skipIf(!users)(`a user without rights${without(users, 'setpriv')}`, () => {
  it('may not listen on port 80', async () => {
    const { code, stderr } = await room.run(`${asUser(61_007)} w2v serve v.txt --port 80`);
    expect([code, stderr]).toEqual([
      1,
      'error: this user may not listen on port 80\nhint: choose a --port of 1024 or more\n',
    ]);
  });

  it('has a map also where it cannot be kept beside the vectors', async () => {
    const { code, stderr } = await room.run(`${asUser(61_007)} w2v serve v.txt --get / --layout umap > /dev/null`);
    expect(code).toBe(0);
    expect(stderr).toMatch(/map of v\.txt is not kept for the next time: .+/);
  });
});
