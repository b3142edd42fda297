"""Vectors of texts: the mean as fastText computes it (get_sentence_vector), smooth inverse frequency as numpy does
(Arora, Liang & Ma 2017, algorithm 1). Makes texts.json again (pip install numpy fasttext-numpy2-wheel):
python tests/golden/make-texts.py"""

import json
import tempfile
from pathlib import Path

import fasttext
import numpy as np

HERE = Path(__file__).parent
A = 1e-3
DIMENSIONS = 10
SENTENCES = """the cat sat on the mat
the dog sat on the log and the cat ran
a cat and a dog are animals
the sea was calm and the ship lay in the harbour
a storm came and the ship went to sea
the ship and the boat sail on the sea
bread and cheese for the cat and the dog
a man and a woman went to the harbour""".split("\n")
TEXTS = SENTENCES + ["the the the", "cat", "unicorns dream", "", "the cat dreams of unicorns", "sea sea ship"]

with tempfile.TemporaryDirectory() as folder:
    corpus = Path(folder) / "corpus.txt"
    corpus.write_text("\n".join(SENTENCES * 5) + "\n", encoding="utf8")
    model = None
    while model is None:
        try:
            model = fasttext.train_unsupervised(
                str(corpus), dim=DIMENSIONS, minCount=1, maxn=0, epoch=1, thread=1, verbose=0
            )
        except RuntimeError:  # fastText leaves the last rows of a very small matrix without starting values: NaN, perhaps
            pass
# Only its words and counts matter; the vectors are set here.
random = np.random.default_rng(20261125)
rows = random.standard_normal(model.get_input_matrix().shape) + random.standard_normal(DIMENSIONS)
model.set_matrices(rows.astype(np.float32), model.get_output_matrix())

words, counts = model.get_words(include_freq=True)
matrix = np.array([model.get_word_vector(word) for word in words], dtype=np.float32)
row_of = {word: row for row, word in enumerate(words)}
total = float(np.sum(counts))


def weighted(text):
    rows = [row_of[word] for word in text.split() if word in row_of]
    if not rows:
        return np.zeros(DIMENSIONS)
    weights = np.array([A / (A + counts[row] / total) for row in rows])
    return weights @ matrix[rows].astype(np.float64) / len(rows)


def sif(components):
    vectors = np.array([weighted(text) for text in TEXTS])
    u = np.linalg.svd(vectors, full_matrices=False)[2][:components]
    return (vectors - vectors @ u.T @ u).tolist()


subwords = fasttext.load_model(str(HERE / "formats" / "fasttext-subwords.bin"))
subword_texts = [" ".join(subwords.get_words()[:5]), "whale unseen", "an unseen word beside known ones", "zzz"]

# Floats in JSON are those of float32, so that both sides start from the same numbers.
answers = {
    "made by": "fastText (fasttext-numpy2-wheel) and numpy " + np.__version__ + ", make-texts.py",
    "a": A,
    "dimensions": DIMENSIONS,
    "words": words,
    "counts": [int(count) for count in counts],
    "vectors": [[float(value) for value in row] for row in matrix],
    "texts": TEXTS,
    "mean": [model.get_sentence_vector(text).tolist() for text in TEXTS],
    "subwords": {"texts": subword_texts, "mean": [subwords.get_sentence_vector(text).tolist() for text in subword_texts]},
    "sif": {str(components): sif(components) for components in (0, 1, 2)},
}
(HERE / "texts.json").write_text(json.dumps(answers, ensure_ascii=False) + "\n", encoding="utf8")
