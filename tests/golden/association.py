"""WEAT on small random vectors, computed with numpy from the formulas of Caliskan, Bryson & Narayanan (2017) and by WEFE
1.0.1 (pip install wefe numpy): python tests/golden/association.py

Two things WEFE does otherwise: it divides by the standard deviation of a population (ddof=0); the paper's 1.50 for flowers
and insects needs that of a sample (ddof=1). And its p draws words with replacement, which is no partition, so p is ours.
"""

import json
from itertools import combinations
from pathlib import Path

import numpy as np
from gensim.models import KeyedVectors
from wefe.metrics import WEAT
from wefe.query import Query
from wefe.word_embedding_model import WordEmbeddingModel

D = 6
random = np.random.default_rng(20170414)
sizes = {"x": 14, "y": 14, "a": 8, "b": 8}
words, rows = [], []
lean = random.standard_normal(D)
for name, size in sizes.items():
    for at in range(size):
        words.append(f"{name}{at}")
        towards = {"x": 0.5, "y": 0.0, "a": 1.0, "b": -1.0}[name]
        rows.append(np.round(random.standard_normal(D) + towards * lean, 3))
matrix = np.array(rows, dtype=np.float32)
vectors = dict(zip(words, matrix.astype(np.float64)))
model = KeyedVectors(D)
model.add_vectors(words, matrix)


def cosine(u, v):
    return u @ v / np.sqrt((u @ u) * (v @ v))


def s(word, A, B):
    mean = lambda attributes: np.mean([cosine(vectors[word], vectors[other]) for other in attributes])
    return mean(A) - mean(B)


def exact(x, y):
    """Share of subsets of len(x) values whose sum is at least that of x: sums of two halves, one of them sorted."""
    values = np.array(x + y)
    size, half = len(x), len(values) // 2
    sums = lambda part: {k: np.array([sum(c) for c in combinations(part, k)]) for k in range(len(part) + 1)}
    left, right = sums(values[:half]), sums(values[half:])
    reached = total = 0
    for k, ones in left.items():
        if size - k not in right:
            continue
        others = np.sort(right[size - k])
        reached += int(np.sum(len(others) - np.searchsorted(others, sum(x) - 1e-12 - ones)))
        total += len(ones) * len(others)
    return reached / total, total


def take(name, count):
    return [f"{name}{at}" for at in range(count)]


cases = []
for x, y, a, b in [(4, 4, 3, 3), (10, 10, 8, 8), (5, 3, 8, 4), (2, 2, 2, 2), (14, 14, 8, 8)]:
    X, Y, A, B = take("x", x), take("y", y), take("a", a), take("b", b)
    first, second = [s(w, A, B) for w in X], [s(w, A, B) for w in Y]
    p, partitions = exact(first, second)
    wefe = WEAT().run_query(Query([X, Y], [A, B]), WordEmbeddingModel(model, "random"), return_effect_size=True)
    cases.append({
        "targets": [X, Y], "attributes": [A, B],
        "effectSize": (np.mean(first) - np.mean(second)) / np.std(first + second, ddof=1),
        "wefe": float(wefe["effect_size"]),
        "p": p, "partitions": partitions, "associations": [first, second],
    })
golden = {"made by": "association.py: numpy and WEFE 1.0.1", "dimensions": D,
          "vectors": {word: [float(f"{value:.3f}") for value in row] for word, row in zip(words, matrix)}, "cases": cases}
Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf8")
