// Lines of words of many languages, in any mixture: what tokenizers get in the worst case.
import { createRandom } from '../../../src/base/random.ts';

const words = [
  ...'the Quick brown-fox DON\u2019T 3.14 e-mail naïve cafe\u0301 Straße ΟΔΟΣ İstanbul U.S. snake_case 1,000'.split(
    ' ',
  ),
  ...'한국의 학교에서 \u1112\u1161\u11ab\u1100\u116e\u11a8 갔다 ㅋㅋㅋ 딥러닝을'.split(' '),
  ...'東京都に行きました 吾輩は猫である。 カタカナ ｶﾅ 我来到北京清华大学。 机器学习，'.split(' '),
  ...'ภาษาไทยง่าย ພາສາລາວ ភាសាខ្មែរ မြန်မာ हिन्दी العَرَبِيَّة עברית 👩‍👩‍👧 🇰🇷 1️⃣ 𝒜𝒷 ① Ⅷ \ufffd \u0301 \u200d'.split(' '),
];
const separators = [' ', ' ', ' ', ' ', '', '  ', '\u3000', ', ', '. ', '! ', '\t'];

export function* mixedLines(count: number, seed: number): Generator<string> {
  const random = createRandom(seed);
  const any = <T>(list: readonly T[]): T => list[Math.floor(random.float() * list.length)];
  for (let line = 0; line < count; line++) {
    let text = '';
    // A line of four in a hundred is long, one in a thousand very long.
    const draw = random.float();
    const length = draw < 0.001 ? 3000 : draw < 0.04 ? 300 : Math.floor(random.float() * 12);
    let run = 0; // without a space between, in UTF-16 units: words of more than 1,024 bytes are dropped
    for (let i = 0; i < length; i++) {
      const word = any(words);
      const separator = run + word.length > 100 ? ' ' : any(separators);
      run = separator === '' ? run + word.length : 0;
      text += word + separator;
    }
    yield text;
  }
}
