"""The same with gensim, whose most_similar takes one query at a time: query_gensim.py FILE QUERIES text|binary"""
import json
import sys
import time

from gensim.models import KeyedVectors

file, queries, kind = sys.argv[1], int(sys.argv[2]), sys.argv[3]
t0 = time.perf_counter()
vectors = KeyedVectors.load_word2vec_format(file, binary=kind == "binary", no_header=kind == "text")
t1 = time.perf_counter()
words = [[word for word, _ in vectors.most_similar(asked, topn=10)] for asked in vectors.index_to_key[:queries]]
t2 = time.perf_counter()
print(json.dumps({"load": t1 - t0, "queries": t2 - t1, "words": words}))
