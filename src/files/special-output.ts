// Writes to devices and pipes; a pipe may have no reader yet, or a slow one.
import { close, constants, open } from 'node:fs';
import { type FileHandle, open as openFile, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { interruptionBy, throwIfAborted } from '../base/errors.ts';
import type { ByteSink } from './output.ts';

export interface SpecialOutput extends ByteSink {
  close(): Promise<void>;
}

const ASK_AGAIN = 50; // milliseconds between checks for a reader

/** Throws system errors, and `interrupted`, also while waiting for a reader. */
export async function openSpecial(path: string, signal: AbortSignal | undefined): Promise<SpecialOutput> {
  if ((await stat(path)).isFIFO()) return pipeOutput(await openPipe(path, signal), signal);
  return deviceOutput(await openFile(path, constants.O_WRONLY | constants.O_APPEND));
}

function deviceOutput(handle: FileHandle): SpecialOutput {
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) at += (await handle.write(bytes, at)).bytesWritten;
    },
    close: () => handle.close(),
  };
}

/** Opens without blocking: a blocking open would wait for a reader in a thread that cannot be stopped. */
async function openPipe(path: string, signal: AbortSignal | undefined): Promise<number> {
  for (;;) {
    throwIfAborted(signal);
    try {
      return await promisify(open)(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await setTimeout(ASK_AGAIN);
  }
}

/** A reader that closes the pipe early is not an error: the rest is discarded, as with `w2v ... | head`. */
function pipeOutput(descriptor: number, signal: AbortSignal | undefined): SpecialOutput {
  let socket: Socket;
  try {
    socket = new Socket({ fd: descriptor, readable: false, writable: true });
  } catch (error) {
    close(descriptor);
    throw error;
  }
  let failed: Error | undefined;
  socket.on('error', (error) => {
    failed = error;
  });
  const stop = () => socket.destroy(interruptionBy(signal!));
  signal?.addEventListener('abort', stop, { once: true });
  /** Runs `action`; resolves when it is done or the socket is closed. */
  const settled = async (action: (done: () => void) => void) => {
    if (!socket.destroyed) {
      await new Promise<void>((resolve) => {
        socket.once('close', resolve);
        action(() => {
          socket.off('close', resolve);
          resolve();
        });
      });
    }
    throwIfAborted(signal);
    if (failed !== undefined && (failed as NodeJS.ErrnoException).code !== 'EPIPE') throw failed;
  };
  return {
    write: (bytes) => settled((done) => socket.write(bytes, () => done())),
    async close() {
      try {
        await settled((done) => socket.end(done));
      } finally {
        signal?.removeEventListener('abort', stop);
        socket.destroy();
      }
    },
  };
}
