"""The missing word by gensim 4.4's predict_output_word, and for hierarchical softmax by NumPy along gensim's own Huffman paths:
python tests/golden/make-predict.py"""

import json
from pathlib import Path

import gensim
import numpy as np
from gensim.models import Word2Vec

HERE = Path(__file__).parent
TEXT = ["you say goodbye and i say hello", "the cat sat on the mat and the dog sat on the rug", "i say you say", "the dog and the cat say hello"]
sentences = [line.split() for line in TEXT] * 40
CONTEXTS = [["you", "goodbye"], ["the"], ["the", "sat", "on"], ["say", "say", "i"]]


def train(**given):
    return Word2Vec(sentences, vector_size=5, window=3, min_count=1, epochs=20, seed=3, workers=1, sample=0, alpha=0.1, **given)


def pair(model, output, labels):
    return {"words": model.wv.index_to_key, "labels": labels, "input": model.wv.vectors.ravel().tolist(), "output": output.ravel().tolist()}


def by_gensim(**given):
    model = train(negative=5, hs=0, **given)
    answers = [{"context": context, "predictions": [[word, float(chance)] for word, chance in model.predict_output_word(context, topn=6)]}
               for context in CONTEXTS]
    return {"settings": given, **pair(model, model.syn1neg, model.wv.index_to_key), "answers": answers}


def by_tree(**given):
    """P(w | h) = product of sigmoid(h . node) for bit 0 and 1 - sigmoid for bit 1, with gensim's paths and bits."""
    model = train(negative=0, hs=1, **given)
    words = model.wv.index_to_key
    V = len(words)
    paths = [list(zip(model.wv.get_vecattr(word, "point"), model.wv.get_vecattr(word, "code"))) for word in words]
    children = np.full((V - 1, 2), -1)
    for w, path in enumerate(paths):
        for (node, bit), after in zip(path, [V + node for node, _ in path[1:]] + [w]):
            children[int(node), int(bit)] = int(after)
    assert (children >= 0).all()

    def chances(h):
        sigmoid = lambda x: 1 / (1 + np.exp(-x))
        return np.array([np.prod([sigmoid((1 - 2 * int(bit)) * (h @ model.syn1[int(node)])) for node, bit in path]) for path in paths])

    answers = []
    for context in CONTEXTS:
        rows = np.array([model.wv[word] for word in context], dtype=np.float64)
        if given["sg"] == 0:
            p = chances(rows.mean(axis=0) if given["cbow_mean"] else rows.sum(axis=0))
        else:
            p = np.exp(np.mean([np.log(chances(row)) for row in rows], axis=0))
            p /= p.sum()
        assert abs(p.sum() - 1) < 1e-6
        answers.append({"context": context, "predictions": [[words[w], float(p[w])] for w in np.argsort(-p, kind="stable")[:6]]})
    labels = [f"{int(a)},{int(b)}" for a, b in children]
    return {"settings": given, **pair(model, model.syn1[: V - 1], labels), "answers": answers}


shapes = [{"sg": 0, "cbow_mean": 1}, {"sg": 0, "cbow_mean": 0}, {"sg": 1, "cbow_mean": 1}]
document = {"made by": f"gensim {gensim.__version__}, make-predict.py", "dimensions": 5,
            "pairs": [{"by": "gensim", **by_gensim(**shape)} for shape in shapes] + [{"by": "numpy", **by_tree(**shape)} for shape in shapes]}
text = json.dumps(document)
(HERE / "predict.json").write_text(text.replace('{"by"', '\n{"by"').replace('"answers"', '\n"answers"') + "\n")
