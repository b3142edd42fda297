// TensorBoard's event files: scalars by step, which TensorBoard shows while the training goes on.
//
// A file is a list of records (tensorflow/core/lib/io/record_writer.h), each an Event of
// tensorflow/core/util/event.proto.
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { double, type Encoded, field, float, integer, message } from '../files/protobuf.ts';
import { asUnwritable } from '../files/unwritable.ts';
import { maskedCrc32c } from '../formats/tensorflow/crc32c.ts';

export interface EventLog {
  path: string;
  /**
   * Values by name (`loss`) at a step, a whole number. A failure does not throw: it ends the log (`close` has the
   * reason).
   */
  record(step: number, scalars: Readonly<Record<string, number>>): void;
  /** Returns why the log is not complete: the disk is full, for instance. */
  close(): string | undefined;
}

/** A new event file in `folder`, which is made if it is missing. Throws `file-unwritable`. */
export async function openEventLog(folder: string): Promise<EventLog> {
  // The time comes first: TensorBoard reads the files of a folder in the order of their names.
  const stem = `events.out.tfevents.${Math.floor(Date.now() / 1000)}.${hostname()}.${process.pid}`;
  let path = join(folder, `${stem}.w2v`);
  let file: number | undefined;
  let reason: string | undefined;
  try {
    await makeFolder(folder);
    for (let also = 1; existsSync(path); also++) path = join(folder, `${stem}.w2v.${also}`);
    file = openSync(path, 'wx');
    writeSync(file, recordOf(event(field(3, 'brain.Event:2'))));
  } catch (error) {
    throw asUnwritable(path, error);
  }
  const close = () => {
    if (file !== undefined) closeSync(file);
    file = undefined;
    return reason;
  };
  return {
    path,
    record(step, scalars) {
      if (file === undefined) return;
      const values = Object.entries(scalars).map(([name, value]) => field(1, message(field(1, name), float(2, value))));
      try {
        writeSync(file, recordOf(event(integer(2, Math.round(step)), field(5, message(...values)))));
      } catch (error) {
        reason = asUnwritable(path, error).message;
        close();
      }
    },
    close,
  };
}

const event = (...fields: Encoded[]): Encoded => message(double(1, Date.now() / 1000), ...fields);

/** Length, its checksum, content, its checksum. */
function recordOf(content: Encoded): Encoded {
  const length = new Uint8Array(BigUint64Array.of(BigInt(content.length)).buffer);
  const checksum = (bytes: Encoded) => new Uint8Array(Uint32Array.of(maskedCrc32c(bytes)).buffer);
  return message(length, checksum(length), content, checksum(content));
}
