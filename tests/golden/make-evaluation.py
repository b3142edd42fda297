"""Word pairs and analogies as gensim 4 evaluates them: writes evaluation.json beside this script.

    python3 tests/golden/make-evaluation.py        (needs gensim, numpy, scipy)

The vectors, pairs and questions are made up here. Words are nonsense; some have a second spelling in another case.
"""

import base64
import itertools
import json
import os
import tempfile

import numpy as np
from gensim.models import KeyedVectors
from scipy import stats

here = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(7)
V, D = 400, 16

syllables = ["ba", "do", "ki", "lu", "me", "na", "po", "ra", "si", "tu", "vé", "zo"]
words = list(dict.fromkeys("".join(rng.choice(syllables, size=3)) for _ in range(900)))[:V]
matrix = rng.normal(size=(V, D)).astype(np.float32)

# Families with a common offset, as capitals have: 5 relations of 14 families.
relations = []
order = rng.permutation(V)
for relation in range(5):
    offset = rng.normal(size=D) * 1.5
    families = []
    for family in range(14):
        a, b = order[28 * relation + 2 * family], order[28 * relation + 2 * family + 1]
        matrix[b] = matrix[a] + offset + rng.normal(size=D) * (0.35 + 0.25 * relation)
        families.append((a, b))
    relations.append(families)
matrix *= rng.uniform(0.3, 3, size=(V, 1)).astype(np.float32)
matrix = matrix.astype(np.float32)

# A second spelling of some words of the families, near the first one.
for number, (a, _) in enumerate(relations[0][:6] + relations[2][:6]):
    twin = order[160 + number]
    words[twin] = words[a].upper() if number % 2 else words[a].capitalize()
    matrix[twin] = matrix[a] * 1.1 + rng.normal(size=D).astype(np.float32) * 0.05
assert len(set(words)) == V

analogy_lines = []
for number, families in enumerate(relations):
    analogy_lines.append(f": relation {number}")
    for one, other in itertools.permutations(families, 2):
        if rng.random() < 0.45:
            analogy_lines.append(" ".join(words[row] for row in (*one, *other)))
    analogy_lines.append(f"{words[order[0]]} {words[order[1]]} nowhere {words[order[3]]}")
analogies = "\n".join(analogy_lines) + "\n"

pair_lines = ["# word1 word2 score"]
seen = set()
while len(pair_lines) < 250:
    a, b = rng.choice(V, size=2, replace=False)
    cosine = matrix[a] @ matrix[b] / np.linalg.norm(matrix[a]) / np.linalg.norm(matrix[b])
    if (a, b) not in seen:
        seen.add((a, b))
        first = "absent" if rng.random() < 0.06 else words[a].capitalize() if rng.random() < 0.1 else words[a]
        pair_lines.append(f"{first}\t{words[b]}\t{np.round(5 + 4 * cosine + rng.normal() * 2, 0 if rng.random() < 0.5 else 1)}")
pairs = "\n".join(pair_lines) + "\n"

kv = KeyedVectors(D)
kv.add_vectors(words, matrix)
folder = tempfile.mkdtemp()
pairs_path, analogies_path = os.path.join(folder, "pairs.tsv"), os.path.join(folder, "questions.txt")
open(pairs_path, "w").write(pairs)
open(analogies_path, "w").write(analogies)


def outcomes(sections):
    """Per question in the order of the file: 1 right, 0 wrong, null not used."""
    right, wrong = sections[-1]["correct"], sections[-1]["incorrect"]
    found = []
    for line in analogies.splitlines():
        if line.startswith(":"):
            continue
        for form in (tuple(line.split()), tuple(line.upper().split())):
            if form in right or form in wrong:
                found.append(1 if form in right else 0)
                break
        else:
            found.append(None)
    return found


def cosmul(restrict, insensitive, dummy):
    """gensim's evaluate_word_analogies has 3CosAdd only: the same policies around its most_similar_cosmul."""
    known = kv.index_to_key[:restrict]
    small = KeyedVectors(D)
    small.add_vectors(known, matrix[: len(known)])
    fold = str.upper if insensitive else str
    vocabulary = {fold(word): word for word in reversed(known)}
    found = []
    for line in analogies.splitlines():
        if line.startswith(":"):
            continue
        a, b, c, d = map(fold, line.split())
        if not all(word in vocabulary for word in (a, b, c, d)):
            found.append(0 if dummy else None)
            continue
        best = small.most_similar_cosmul([vocabulary[b], vocabulary[c]], [vocabulary[a]], topn=10)
        answer = next(fold(word) for word, _ in best if fold(word) not in (a, b, c))
        found.append(1 if answer == d else 0)
    return found


results = []
for restrict, insensitive, dummy in itertools.product([300000, 300], [True, False], [False, True]):
    options = dict(restrict_vocab=restrict, case_insensitive=insensitive, dummy4unknown=dummy)
    _, spearman, oov = kv.evaluate_word_pairs(pairs_path, **options)
    _, sections = kv.evaluate_word_analogies(analogies_path, **options)
    results.append(
        {
            "restrictVocab": restrict,
            "caseInsensitive": insensitive,
            "dummy": dummy,
            "spearman": float(spearman[0]),
            "oovRatio": float(oov),
            "add": outcomes(sections),
            "sections": [[s["section"], len(s["correct"]), len(s["correct"]) + len(s["incorrect"])] for s in sections],
            "mul": cosmul(restrict, insensitive, dummy),
        }
    )

tied = [[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5], [2, 7, 1, 8, 2, 8, 1, 8, 2, 8, 4]]
golden = {
    "made": "make-evaluation.py, gensim 4",
    "dimensions": D,
    "words": words,
    "matrix": base64.b64encode(matrix.astype("<f4").tobytes()).decode(),
    "pairs": pairs,
    "analogies": analogies,
    "results": results,
    "tied": tied,
    "tiedRanks": [stats.rankdata(values).tolist() for values in tied],
    "tiedSpearman": float(stats.spearmanr(*tied)[0]),
    "quantiles": np.quantile(tied[0], [0, 0.025, 0.3, 0.5, 0.975, 1]).tolist(),
}
with open(os.path.join(here, "evaluation.json"), "w") as file:
    json.dump(golden, file, ensure_ascii=False, separators=(",", ":"))
    file.write("\n")
for result in results:
    used = [bit for bit in result["add"] if bit is not None]
    mul = [bit for bit in result["mul"] if bit is not None]
    print(result["restrictVocab"], result["caseInsensitive"], result["dummy"], round(result["spearman"], 4), sum(used), len(used), sum(mul), len(mul))
