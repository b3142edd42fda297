"""Makes huffman.json: the lengths of gensim's Huffman codes (hs=1) for vocabularies of given counts.

    pip install gensim==4.4.0 && python huffman.py > huffman.json

The first vocabulary has weights without ties (no two nodes are ever equal), so that each length is determined. The others have
ties, where gensim's heap and word2vec.c's two lists merge other nodes: only the total length is the same.
"""
import json

import gensim
from gensim.models import Word2Vec


def lengths_of(counts):
    model = Word2Vec(vector_size=2, hs=1, negative=0, min_count=1, sample=0)
    model.build_vocab_from_freq({f"w{i}": count for i, count in enumerate(counts)})
    return [len(model.wv.get_vecattr(f"w{i}", "code")) for i in range(len(counts))]


vocabularies = [
    [9973, 4999, 3301, 2503, 1999, 1667, 1433, 1249, 1109, 997, 911, 829, 769, 719, 661, 619, 587, 557, 523, 499, 13, 7, 2],
    [max(1, 5000 // (i + 1)) for i in range(300)],
    [6] * 11,
]
print(
    json.dumps(
        {
            "gensim": gensim.__version__,
            "vocabularies": [{"counts": counts, "lengths": lengths_of(counts)} for counts in vocabularies],
        }
    )
)
