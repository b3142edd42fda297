// Stop words: the 33 of Apache Lucene's StandardAnalyzer, which a search leaves out; and a longer list of words that
// are frequent in any text and say little on their own, which pictures and tables leave out at first.

/** 33 English function words (a, an, and, the, with ...), for `stopWords`. */
export const englishStopWords: readonly string[] = (
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was ' +
  'will with'
).split(' ');

/** Pronouns, determiners, prepositions, conjunctions, auxiliary verbs, adverbs of degree; and what tokenizers leave. */
const english = `about above across after again against ago ain all almost alone along already also although always am among
amongst another any anybody anyone anything are aren around away because been before began behind being below beside
besides best better between beyond both came can cannot come could couldn did didn do does doesn doing don done down
during each either else enough etc even ever every everybody everyone everything except far few first former from further
gave get gets getting give given go goes going gone got had hadn half has hasn have haven having he hence her here hers
herself him himself his how however i indeed instead isn its itself just keep kept knew know known last least less let
like likely ll made make makes making many may maybe me might more most mostly much must mustn my myself near nearly
neither never nevertheless next nobody none nor nothing now off often once one ones only onto other others otherwise
ought our ours ourselves out over own per perhaps please put quite rather re really said same say says second
see seem seemed seems seen several shall shan she should shouldn since so some somebody someone something sometimes
somewhat soon still take taken takes than thee theirs them themselves thence thereby therefore thine things third those
thou though three through throughout thus thy till together too took toward towards two under unless until up upon us
use used uses using usually various ve very via want wants wasn way ways we well went were weren what whatever when
whence where whereas whereby wherein whether which while whilst who whoever whole whom whose why within without won
would wouldn yes yet you your yours yourself yourselves`;

/** Particles, endings and dependent nouns, as Korean tokenizers split them off; and frequent words between spaces. */
const korean = `은 는 이 가 을 를 의 에 에서 에게 에게서 께 께서 한테 와 과 랑 이랑 하고 도 로 으로 로서 으로서 로써 으로써 만 까지 부터
보다 처럼 만큼 밖에 마다 조차 마저 나 이나 든지 라도 이라도 라고 이라고 라는 이라는 란 이란 며 이며 고 면 지만 니 다 이다 하 되 있 없
않 아니 었 았 였 했 겠 시 던 은데 는데 ㄴ ㄹ ㄴ다 는다 습니다 ㅂ니다 어 아 여 게 지 기 음 려고 도록 어서 아서 므로 하다 되다 있다 없다
않다 아니다 같다 있는 있었다 있으며 있고 없는 없었다 하는 하며 하여 해서 했다 했으며 한다 하였다 하지 한 할 함 된 된다 되는 되어 되었다
됐다 않는 않고 않았다 아닌 이었다 였다 것 것이 것은 것을 것이다 수 등 등의 등이 등을 및 그 저 이런 그런 저런 이것 그것 저것 그는 그의 그녀
그녀는 그가 나는 내 너 우리 저희 그들 그들은 여기 거기 저기 그리고 그러나 하지만 그래서 그러므로 따라서 또는 또한 또 혹은 즉 때문 때문에
위해 위한 위하여 대한 대해 대하여 통해 통하여 따라 따른 따르면 의해 의하여 관한 관해 함께 같은 같이 다른 모든 여러 각 더 덜 가장 매우 아주
있습니다 없습니다 합니다 됩니다 입니다 않습니다 했습니다 아닙니다 있어요 없어요 해요 돼요
너무 다시 이미 아직 후 이후 전 중 때 약 당시 두 세 첫 번째 년 월`;

const common = new Set([...englishStopWords, ...`${english} ${korean}`.split(/\s+/)]);

/** Of the first words of a text in a language that the lists know, so many are in them. */
const [FIRST, KNOWN] = [40, 10];
/** Most frequent words that count as stop words of other languages, at most; and one of how many. */
const [MOST, ONE_OF] = [100, 100];

/**
 * Which words say little on their own, for pictures and tables that show the others first: (V) 1 for words of the English
 * and Korean lists, numbers, signs and single letters, and for the most frequent words of a language without a list.
 *
 * @param words most frequent first
 */
export function stopWordRows(words: readonly string[]): Uint8Array {
  const known = words.slice(0, FIRST).filter((word) => common.has(word.toLowerCase())).length >= KNOWN;
  const most = known ? 0 : Math.min(MOST, Math.floor(words.length / ONE_OF));
  return Uint8Array.from(words, (word, row) => Number(row < most || isStopWord(word)));
}

/** Whether a word is in the English or the Korean list, or is a number, a sign or a single letter of an alphabet. */
export function isStopWord(word: string): boolean {
  const [first] = word.toLowerCase().split(/['’]/, 1); // it of it's
  return (first !== '' && common.has(first!)) || !/\p{L}/u.test(word) || /^\P{Lo}$/u.test(word);
}
