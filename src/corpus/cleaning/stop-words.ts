// English stop words: those of Apache Lucene's StandardAnalyzer, the words that a search leaves out.

export const englishStopWords: readonly string[] = (
  'a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to was ' +
  'will with'
).split(' ');
