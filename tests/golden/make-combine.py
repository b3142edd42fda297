"""Combined vectors as numpy computes them, and a centered fastText model as fastText composes its words. Makes
combine.json again (pip install numpy fasttext-numpy2-wheel): python tests/golden/make-combine.py"""

import json
from pathlib import Path

import fasttext
import numpy as np

HERE = Path(__file__).parent
random = np.random.default_rng(20261203)
WEIGHTS = [1, 0.5, 0.25]
DIM = 8
PAIRS = [(0, 1), (0, 39), (5, 17), (11, 12), (20, 30), (38, 39)]


def rounded(values):
    return [float(f"{value:.9g}") for value in np.asarray(values, np.float64).ravel()]


# ---- three parts that share 40 words, each in an order of its own
shared = [f"shared{i}" for i in range(40)]
parts = []
for part, (dimensions, alone) in enumerate([(6, 3), (9, 0), (4, 12)]):
    words = shared + [f"only{part}-{i}" for i in range(alone)]
    order = np.arange(len(words)) if part == 0 else random.permutation(len(words))
    rows = random.standard_normal((len(words), dimensions)) * np.arange(1, dimensions + 1) + 2
    parts.append({"words": [words[i] for i in order], "rows": rows.astype(np.float32)})


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


blocks = []
for part, weight in zip(parts, WEIGHTS):
    rows = part["rows"][[part["words"].index(word) for word in shared]].astype(np.float64)
    blocks.append(weight * unit(rows - rows.mean(0)))
combined = np.concatenate(blocks, 1)
centered = combined - combined.mean(0)
values, vectors = np.linalg.eigh(centered.T @ centered / len(centered))
reduced = centered @ vectors[:, ::-1][:, :DIM]


def cosines(rows):
    return [float(unit(rows)[a] @ unit(rows)[b]) for a, b in PAIRS]


# ---- a fastText model, the mean of its words' vectors subtracted from the rows of words, and of n-grams but zeros
model = fasttext.load_model(str(HERE / "formats" / "fasttext-subwords.bin"))
words = model.get_words()
mean = np.mean([model.get_word_vector(word) for word in words], 0, np.float64)
rows = model.get_input_matrix()
rows[rows.any(axis=1) | (np.arange(len(rows)) < len(words))] -= mean.astype(np.float32)
model.set_matrices(rows, model.get_output_matrix())
UNSEEN = ["whaling", "seas", "façades", "王国", "zzzz"]

golden = {
    "parts": [{"words": part["words"], "rows": rounded(part["rows"])} for part in parts],
    "weights": WEIGHTS,
    "words": shared,
    "combined": rounded(combined),
    "pairs": PAIRS,
    "cosines": cosines(combined),
    "dim": DIM,
    "reducedCosines": cosines(reduced),
    "reducedNorms": rounded(np.linalg.norm(reduced, axis=1)),
    "keptShare": float(values[::-1][:DIM].sum() / values.sum()),
    "centeredFasttext": {
        "mean": rounded(mean),
        "vectors": {word: rounded(model.get_word_vector(word)) for word in words + UNSEEN},
    },
}
(HERE / "combine.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf8")
