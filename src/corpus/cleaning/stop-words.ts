// English stop words: those of Apache Lucene's StandardAnalyzer, the words that a search leaves out.

/** 33 English function words (a, an, and, the, with ...), for `stopWords`. */
export const englishStopWords: readonly string[] = (
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was ' +
  'will with'
).split(' ');
