// How ZIP archives begin: apart from the reader of .npz, which most commands do not need.

/** Whether a file begins as a ZIP archive does; of the files that w2v reads, only a .npz is one. */
export function looksLikeNpz(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}
