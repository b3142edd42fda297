"""Keep probabilities gensim computes for subsampling (sample_int / 2^32): python subsample.py > subsample.json"""
import json

from gensim.models import Word2Vec

counts = [50000, 12345, 4000, 999, 250, 60, 7, 1]
cases = []
for sample in (1e-3, 1e-2, 1e-5):
    model = Word2Vec(min_count=1, sample=sample)
    model.build_vocab_from_freq({f"w{i}": count for i, count in enumerate(counts)})
    keep = [int(model.wv.get_vecattr(f"w{i}", "sample_int")) / 2**32 for i in range(len(counts))]
    cases.append({"sample": sample, "keep": keep})
print(json.dumps({"counts": counts, "cases": cases}, indent=1))
