"""Trains word2vec with gensim and prints times and memory as JSON: gensim_train.py CORPUS OUT.bin '{"model": ...}'

The corpus may be compressed; gensim's own LineSentence reads it, for the vocabulary and again for each epoch. With
"plain" (an uncompressed copy), training itself uses gensim's faster corpus_file path. With "subwords" ("3..6") it is
gensim's FastText, saved in fastText's format.
"""
import json
import sys
import time

from gensim.models import FastText, Word2Vec
from gensim.models.fasttext import save_facebook_model
from gensim.models.word2vec import LineSentence

corpus, output, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
skipgram = settings["model"] == "skipgram"
if settings["loss"] == "softmax":
    sys.exit("gensim has no full softmax: compare with --tools w2v-wasm,fasttext")
tree = settings["loss"] == "hs"
subwords = settings.get("subwords")
shortest, longest = map(int, subwords.split("..")) if subwords else (0, 0)
make = FastText if subwords else Word2Vec
ngrams = {"min_n": shortest, "max_n": longest, "bucket": settings["buckets"]} if subwords else {}
model = make(
    vector_size=settings["dim"],
    window=settings["window"],
    hs=int(tree),
    negative=0 if tree else settings["negative"],
    sample=settings["sample"],
    min_count=settings["minCount"],
    sg=int(skipgram),
    cbow_mean=1,
    alpha=settings.get("learningRate", 0.025 if skipgram and not subwords else 0.05),
    workers=settings["threads"],
    epochs=settings["epochs"],
    seed=settings["seed"],
    **ngrams,
)
t0 = time.perf_counter()
model.build_vocab(LineSentence(corpus))
t1 = time.perf_counter()
used = time.process_time()
plain = settings.get("plain")
source = {"corpus_file": plain} if plain else {"corpus_iterable": LineSentence(corpus)}
model.train(**source, total_words=model.corpus_total_words, total_examples=model.corpus_count, epochs=model.epochs)
t2 = time.perf_counter()
used = time.process_time() - used
if subwords:
    save_facebook_model(model, output)
else:
    model.wv.save_word2vec_format(output, binary=True)
t3 = time.perf_counter()
tokens = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
print(
    json.dumps(
        {
            "vocabulary": len(model.wv),
            "tokens": int(tokens),
            "wordsPerSecond": tokens * settings["epochs"] / (t2 - t1),
            "seconds": {"read": t1 - t0, "train": t2 - t1, "write": t3 - t2, "total": t3 - t0},
            "cpuSeconds": {"train": used},
        }
    )
)
