// A whole manifest, as w2v train writes it.
import type { Manifest } from '../../src/formats/manifest.ts';
import { nothingDropped } from '../corpus/nothing-dropped.ts';

export const aManifest: Manifest = {
  version: '0.1.0',
  command: 'train',
  route: 'predict',
  options: { model: 'cbow', window: 5 },
  seed: 1,
  corpus: {
    files: ['a.txt'],
    bytes: 10,
    sha256: '00',
    lines: 2,
    dropped: nothingDropped,
  },
  vocabulary: 2,
  dimensions: 2,
  tokens: 4000,
  lossByEpoch: [2.5, 1.5],
  seconds: { read: 0.5, train: 1 },
  engine: { name: 'wasm', versions: { node: '20.20.2' } },
  createdAt: '2026-01-02T03:04:05.000Z',
};
