// Cuts a stream of text into pieces for a step of cleaning: whole lines, at most 64 kB of them. A longer line is cut after
// the last space of each 64 kB. The pieces of a line depend only on the line, not on the chunks that it comes in.

const MOST = 1 << 16; // bytes

/** The pieces that are ready. `last`: the file ends here; its last piece says so, and may be empty. */
export type LineCutter = (text: string, last: boolean) => Iterable<{ text: string; last: boolean }>;

export function createLineCutter(): LineCutter {
  let rest = '';
  return function* cut(text, last) {
    const all = rest + text;
    rest = '';
    let at = 0;
    while (all.length - at > MOST) {
      const longest = all.slice(at, at + MOST);
      const length = longest.lastIndexOf('\n') + 1 || longest.lastIndexOf(' ') + 1 || MOST;
      yield { text: longest.slice(0, length), last: false };
      at += length;
    }
    const open = all.slice(at);
    const length = last ? open.length : open.lastIndexOf('\n') + 1;
    rest = open.slice(length);
    if (length > 0 || last) yield { text: open.slice(0, length), last };
  };
}
