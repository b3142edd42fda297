// Recognises ZIP archives by their first bytes, without loading the .npz reader, which most commands do not need.

/** Whether a file starts like a ZIP archive; among the files that w2v reads, only .npz does. */
export function looksLikeNpz(head: Uint8Array): boolean {
  return head.length >= 4 && head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}
