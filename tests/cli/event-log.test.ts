// Event files; TensorBoard's own reader reads them in tests/golden/make-formats.py --check.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openEventLog } from '../../src/cli/event-log.ts';
import { crc32c, maskOf } from '../../src/formats/tensorflow/crc32c.ts';
import { temporaryFolder } from '../formats/temporary-folder.ts';

const { path } = temporaryFolder();

/** The contents of the records, with their checksums verified. */
function recordsOf(file: string): Buffer[] {
  const bytes = readFileSync(file);
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    expect(bytes.readUInt32LE(at + 8)).toBe(maskOf(crc32c(bytes.subarray(at, at + 8))));
    const content = bytes.subarray(at + 12, at + 12 + length);
    expect(bytes.readUInt32LE(at + 12 + length)).toBe(maskOf(crc32c(content)));
    records.push(content);
    at += 16 + length;
  }
  return records;
}

test('a first record with the version, then one for each step', async () => {
  const log = await openEventLog(path('new/run'));
  log.record(300, { loss: 2.5, learning_rate: 0.025 });
  expect(log.close()).toBeUndefined();
  const [version, scalars] = recordsOf(log.path);
  expect(version!.subarray(9).toString('latin1')).toBe('\x1a\rbrain.Event:2');
  expect(Math.abs(version!.readDoubleLE(1) - Date.now() / 1000)).toBeLessThan(600);
  // step: field 2, 300; summary: field 5, its values in field 1, each with tag (1) and simple_value (2).
  const rest = scalars!.subarray(9);
  expect([...rest.subarray(0, 3)]).toEqual([0x10, 0xac, 0x02]);
  expect(rest.includes('\x0a\x04loss\x15')).toBe(true);
  expect(rest.readFloatLE(rest.indexOf('loss\x15') + 5)).toBe(2.5);
  expect(rest.readFloatLE(rest.indexOf('learning_rate\x15') + 14)).toBe(Math.fround(0.025));
});

test('two logs in one folder do not meet, and a closed one records nothing', async () => {
  const first = await openEventLog(path('shared'));
  const second = await openEventLog(path('shared'));
  expect(second.path).not.toBe(first.path);
  second.close();
  first.close();
  const before = readFileSync(first.path).length;
  first.record(1, { loss: 1 });
  expect(readFileSync(first.path).length).toBe(before);
  expect(first.close()).toBeUndefined();
});

test('a folder that cannot be made', async () => {
  writeFileSync(path('file'), '');
  mkdirSync(path('there'));
  await expect(openEventLog(path('file/run'))).rejects.toMatchObject({ code: 'file-unwritable' });
});
