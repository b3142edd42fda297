"""The peer of bench/count.js: PPMI with scipy, randomized_svd with scikit-learn, on the counts that w2v wrote; and the
scores of both sides' vectors."""
import glob
import json
import os
import sys
import time

import numpy as np

task = json.loads(sys.argv[1])
folder = task["folder"]


def ppmi(counts, cds):
    """PPMI in CSR, without a dense matrix: the values are worked on where they are stored."""
    matrix = counts.tocoo()
    rows = np.asarray(counts.sum(1)).ravel()
    columns = np.asarray(counts.sum(0)).ravel() ** cds
    values = np.log(matrix.data) - np.log(rows)[matrix.row] - np.log(columns)[matrix.col] + np.log(columns.sum())
    keep = values > 0
    positive = (values[keep].astype(counts.dtype), (matrix.row[keep], matrix.col[keep]))
    return type(counts)(positive, shape=counts.shape)


def svd():
    import scipy.sparse as sp
    from sklearn.utils.extmath import randomized_svd

    counts = sp.load_npz(os.path.join(folder, "counts.npz")).astype(task["dtype"])
    started = time.perf_counter()
    positive = ppmi(counts, task["cds"])
    counted = time.perf_counter()
    u, s, _ = randomized_svd(positive, task["dimensions"], n_iter=5, random_state=0)
    done = time.perf_counter()
    if task["write"]:
        json.dump({"singularValues": s.tolist()}, open(os.path.join(folder, "scipy-singular-values.json"), "w"))
        words = open(os.path.join(folder, "counts.npz.words"), encoding="utf-8").read().split("\n")[:-1]
        for eig in task["eigs"]:
            np.save(os.path.join(folder, f"scipy-shift1-eig{eig}.npy"), (u * s**eig).astype(np.float32))
        json.dump(words, open(os.path.join(folder, "words.json"), "w"))
    return {"seconds": {"ppmi": counted - started, "svd": done - counted}, "nonzeros": int(positive.nnz)}


def score():
    from gensim.models import KeyedVectors

    sets = {"WordSim-353": "EN-WS-353-ALL.txt", "SimLex-999": "EN-SIMLEX-999.txt", "MEN": "EN-MEN-TR-3k.txt"}
    words = json.load(open(os.path.join(folder, "words.json")))
    scores = {}
    for file in sorted(glob.glob(os.path.join(folder, "*.bin")) + glob.glob(os.path.join(folder, "*.npy"))):
        if file.endswith(".bin"):
            vectors = KeyedVectors.load_word2vec_format(file, binary=True)
        else:
            matrix = np.load(file)
            vectors = KeyedVectors(matrix.shape[1])
            vectors.add_vectors(words, matrix)
        name = os.path.splitext(os.path.basename(file))[0]
        scores[name] = {
            key: 100 * float(vectors.evaluate_word_pairs(os.path.join(task["eval"], pairs), case_insensitive=False)[1][0])
            for key, pairs in sets.items()
        }
    return scores


print(json.dumps(svd() if task["what"] == "svd" else score()))
