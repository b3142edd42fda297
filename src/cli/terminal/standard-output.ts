// Standard output, complete. If it is a file, the stream of Node.js treats a partial write (disk full) as a complete
// one, and the rest would be lost without an error.
import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { TerminalStream } from '../context.ts';

/** `stream` itself, or what writes to its descriptor if that is a file. */
export function standardOutput(stream: TerminalStream & { fd: number }): TerminalStream {
  const { fd } = stream;
  return isFile(fd) ? fileOutput(fd) : stream;
}

const neededWhole = new WeakSet<object>();

/** What is written is of no use in part, such as vectors in a binary format: a reader that goes early is a failure. */
export function needWhole(stream: object): void {
  neededWhole.add(stream);
}

/** The exit code where the reader of a pipe has closed it: `w2v nearest ... | head` has got what it wanted. */
export function closedPipeCode(stream: object): number {
  return neededWhole.has(stream) ? 1 : 0;
}

function fileOutput(fd: number): TerminalStream {
  return new Writable({
    write(bytes: Buffer, _encoding, done) {
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile();
  } catch {
    return false;
  }
}
