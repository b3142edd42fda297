// The text of an example: the file on the command line, or a built-in corpus, fetched once.
import { defaultCacheDirectory, getCorpus } from 'w2v';

export async function textFile(given, corpus = 'mix') {
  if (given !== undefined) return given;
  const { path, cached } = await getCorpus(corpus, { cacheDirectory: defaultCacheDirectory(process.env) });
  if (!cached) console.error(`Fetched the corpus ${corpus}`);
  return path;
}
