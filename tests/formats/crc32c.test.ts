import { expect, it } from 'vitest';
import { crc32c, maskedCrc32c, maskOf } from '../../src/formats/tensorflow/crc32c.ts';
import { fc } from '../properties.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

// RFC 3720, appendix B.4, and the check value of the polynomial.
it.each([
  ['123456789', bytes('123456789'), 0xe3069283],
  ['32 zeros', new Uint8Array(32), 0x8a9136aa],
  ['32 ones', new Uint8Array(32).fill(255), 0x62a8ab43],
  ['0 to 31', Uint8Array.from({ length: 32 }, (_, at) => at), 0x46dd794e],
  ['nothing', new Uint8Array(0), 0],
])('the checksum of %s', (_name, content, expected) => {
  expect(crc32c(content)).toBe(expected);
});

it('goes on from the checksum of the bytes before, wherever they are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(40), (content, cut) => {
      expect(crc32c(content.subarray(cut), crc32c(content.subarray(0, cut)))).toBe(crc32c(content));
    }),
  );
});

it('is masked as in LevelDB: rotated by 15 bits, plus 0xa282ead8', () => {
  expect(maskOf(0)).toBe(0xa282ead8);
  expect(maskedCrc32c(bytes('123456789'))).toBe(maskOf(0xe3069283));
});
