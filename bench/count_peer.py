"""The peer of bench/count.js: PPMI with scipy, truncated SVD with scikit-learn's randomized_svd or scipy's svds, on the
counts that w2v wrote; the residuals of both sides' singular triplets; and the scores of both sides' vectors."""
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


def now():
    """Seconds by the wall clock and of the processor, all threads of this process."""
    times = os.times()
    return np.array([time.perf_counter(), times.user + times.system])


def decompose(matrix):
    if task["solver"] == "randomized":
        from sklearn.utils.extmath import randomized_svd

        u, s, vt = randomized_svd(matrix, task["dim"], n_iter=5, random_state=0)
    else:
        from scipy.sparse.linalg import svds

        u, s, vt = svds(matrix, task["dim"], solver=task["solver"], tol=1e-3, rng=0)
    order = np.argsort(-s)
    return u[:, order], s[order], vt[order].T


def svd():
    import scipy.sparse as sp

    counts = sp.load_npz(os.path.join(folder, "counts.npz")).astype(task["dtype"])
    started = now()
    positive = ppmi(counts, task["cds"])
    counted = now()
    u, s, v = decompose(positive)
    done = now()
    if task["name"]:
        np.savez(os.path.join(folder, f"{task['name']}-triplets.npz"), u=u, s=s, v=v)
    if task["write"]:
        json.dump({"singularValues": s.tolist()}, open(os.path.join(folder, "scipy-singular-values.json"), "w"))
        words = open(os.path.join(folder, "counts.npz.words"), encoding="utf-8").read().split("\n")[:-1]
        for eig in task["eigs"]:
            np.save(os.path.join(folder, f"scipy-shift1-eig{eig}.npy"), (u * s**eig).astype(np.float32))
        json.dump(words, open(os.path.join(folder, "words.json"), "w"))
    wall, processor = np.array([counted - started, done - counted]).T.tolist()
    return {
        "seconds": dict(zip(["ppmi", "svd"], wall)),
        "cpuSeconds": dict(zip(["ppmi", "svd"], processor)),
        "nonzeros": int(positive.nnz),
    }


def triplets(name):
    path = os.path.join(folder, f"{name}-triplets")
    if os.path.exists(path + ".npz"):
        found = np.load(path + ".npz")
        return found["u"], found["s"], found["v"]
    s = np.fromfile(path + ".s")
    u, v = (np.fromfile(f"{path}.{side}", np.float32).reshape(-1, len(s)) for side in "uv")
    return u, s, v


def residuals():
    """Of each triplet sqrt(||A v - s u||^2 + ||A^T u - s v||^2): one of the two is 0 by construction, scikit-learn's second
    and w2v's first."""
    import scipy.sparse as sp

    matrix = ppmi(sp.load_npz(os.path.join(folder, "counts.npz")).astype(np.float64), task["cds"])
    found = {}
    for name in task["names"]:
        u, s, v = (each.astype(np.float64) for each in triplets(name))
        norms = np.hypot(np.linalg.norm(matrix @ v - u * s, axis=0), np.linalg.norm(matrix.T @ u - v * s, axis=0))
        found[name] = {
            "largest": norms.max(),
            "rootMeanSquare": np.sqrt((norms**2).mean()),
            "median": np.median(norms),
            "sumOfSingularValues": s.sum(),
            "lastSingularValue": s[-1],
            "offOrthonormal": max(np.abs(side.T @ side - np.eye(len(s))).max() for side in (u, v)),
            "norms": norms.tolist(),
        }
    reference = np.array(found["scipy32"]["norms"])
    for each in found.values():
        each["aboveScipy32"] = int((np.array(each["norms"]) > reference).sum())
    return found


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


print(json.dumps({"svd": svd, "score": score, "residuals": residuals}[task["what"]]()))
