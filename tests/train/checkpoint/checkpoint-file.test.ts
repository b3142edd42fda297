// Files of checkpoints whose hashes are right and whose content is wrong: none is trusted.
import { readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { encodeText } from '../../../src/corpus/encode.ts';
import { sha256Of } from '../../../src/files/sha256.ts';
import { readArrays, readHeader, writeState } from '../../../src/files/state-file.ts';
import { training } from '../../../src/train/checkpoint/training-state.ts';
import { trainWordVectors } from '../../../src/train/train.ts';
import { temporaryFolder } from '../../formats/temporary-folder.ts';
import { plantedText } from '../planted-text.ts';

const { path } = temporaryFolder();
const corpus = await encodeText(plantedText(300), { minCount: 1 });
const dir = path('saved');
const file = path('saved/checkpoint-1.w2v');
const train = (resume = false) =>
  trainWordVectors(corpus, { dim: 4, epochs: 2, threads: 1 }, { engine: 'wasm', checkpoint: { dir }, resume });
let whole: Buffer;
beforeAll(async () => {
  await train();
  whole = readFileSync(file);
});

/** The header as other JSON, with its hash. */
function forge(json: string): void {
  const text = Buffer.from(json);
  const end = 44 + whole.readUInt32LE(8);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const hash = Buffer.from(sha256Of(text), 'hex');
  writeFileSync(file, Buffer.concat([whole.subarray(0, 8), length, hash, text, whole.subarray(end)]));
}

const refused = async (why: string) =>
  expect(await train(true).catch((error) => error)).toMatchObject({
    code: 'file-malformed',
    message: `no checkpoint in ${dir} is whole (checkpoint-1.w2v: ${why})`,
  });

const whole0 = 'a whole number, 0 or more';
const size = 4 * corpus.vocabulary.words.length;
it.each<[string, unknown, string]>([
  ['identity', null, '"identity" is not an object'],
  ['identity.dim', [4], '"identity.dim" is not text, a number, true or false'],
  ['tally', undefined, '"tally" is missing, expected an object'],
  ['tally', null, '"tally" is not an object'],
  ['tally.words', 12345.5, `"tally.words" is not ${whole0}`],
  ['tally.words', -5, `"tally.words" is not ${whole0}`],
  ['tally.words', '5', `"tally.words" is not ${whole0}`],
  ['tally.words', 1e300, `"tally.words" is not ${whole0}`],
  ['tally.words', 2 * corpus.tokens + 1, `${2 * corpus.tokens + 1} words of ${2 * corpus.tokens} are trained`],
  ['tally.loss', 'xxxxxxxxxx', '"tally.loss" is not a list of numbers, 0 or more'],
  ['tally.loss', new Array(100_000).fill(0), 'the losses are of 100000 epochs, expected 2'],
  ['format', 'one', '"format" is not a number'],
  ['arrays', undefined, '"arrays" is missing, expected an object'],
  ['arrays.position', -1, `"arrays.position" is not ${whole0}`],
  ['arrays.output', 12, `matrices of ${size} and 12 numbers do not fit its settings`],
  ['arrays.input', size + 2, `matrices of ${size + 2} and ${size} numbers do not fit its settings`],
])('%s = %j', async (name, value, why) => {
  const length = whole.readUInt32LE(8);
  const header = JSON.parse(whole.subarray(44, 44 + length).toString());
  const names = name.split('.');
  const last = names.pop()!;
  names.reduce((at, part) => at[part], header)[last] = value;
  forge(JSON.stringify(header));
  await refused(`its header is wrong: ${why}`);
});

it('lengths that are not those of the file are known before memory is taken', async () => {
  const length = whole.readUInt32LE(8);
  const header = JSON.parse(whole.subarray(44, 44 + length).toString());
  forge(JSON.stringify({ ...header, arrays: { ...header.arrays, position: 2 ** 50 } }));
  expect(await train(true).catch(({ message }) => message)).toMatch(/it has \d+ of \d{16} bytes/);
});

it('no JSON, and a position that is none', async () => {
  forge('{no');
  await refused('its header is wrong: it is not JSON');
  writeFileSync(file, whole);
  const [header, arrays] = [await readHeader(file, training), await readArrays(file, training)];
  const pieces: Uint8Array[] = [];
  const position = arrays.position.map((number, at) => (at === 0 ? 0.5 : number));
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(bytes.slice()) };
  await writeState(sink, training, header, { ...arrays, position });
  writeFileSync(file, Buffer.concat(pieces));
  await refused('its position is 0.5');
});
