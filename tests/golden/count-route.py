"""Golden values for the count-based route: a small text counted by hand in Python, PPMI by scipy, exact singular values
by numpy, a .npz saved by scipy. Run: python count-route.py, in this folder; writes count-route.json and two .npz."""
import json
import math
import random

import numpy as np
import scipy.sparse as sp

rng = random.Random(11)
V = 40
weights = [1 / (i + 1) for i in range(V)]
lines = [rng.choices(range(V), weights, k=rng.randint(1, 14)) for _ in range(150)]
order = sorted(range(V), key=lambda w: -sum(line.count(w) for line in lines))
rank = {w: r for r, w in enumerate(order)}
lines = [[rank[w] for w in line] for line in lines]
counts = [sum(line.count(w) for line in lines) for w in range(V)]
assert all(counts)
W = 5


def cooccurrence(weight, directional=False):
    C = np.zeros((V, 2 * V if directional else V))
    for line in lines:
        for p, w in enumerate(line):
            for q, c in enumerate(line):
                if p != q and abs(p - q) <= W:
                    C[w, c + (V if directional and q > p else 0)] += weight(abs(p - q))
    return C


def ppmi(C, cds, shift):
    context = C.sum(0) ** cds
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(C * context.sum() / (C.sum(1, keepdims=True) * context)) - math.log(shift)
    return np.where(C > 0, np.maximum(value, 0), 0)


flat = cooccurrence(lambda d: 1)
matrices = {
    "flat": flat,
    "dynamic": cooccurrence(lambda d: (W + 1 - d) / W),
    "harmonic": cooccurrence(lambda d: 1 / d),
    "directional": cooccurrence(lambda d: 1, True),
}
positive = ppmi(flat, 0.75, 1)
u, s, vt = np.linalg.svd(positive)
sign = np.sign(u[np.abs(u).argmax(0), np.arange(V)])
golden = {
    "lines": lines,
    "counts": counts,
    "window": W,
    "cooccurrence": {name: C.tolist() for name, C in matrices.items()},
    "ppmi": positive.tolist(),
    "shifted": ppmi(flat, 1.0, 2).tolist(),
    "singularValues": s.tolist(),
    "u": (u * sign)[:, :6].tolist(),
    "v": (vt.T * sign)[:, :6].tolist(),
}
json.dump(golden, open("count-route.json", "w"))
sp.save_npz("count-route-packed.npz", sp.csr_matrix(flat))
sp.save_npz("count-route-plain.npz", sp.csr_matrix(positive.astype(np.float32)), compressed=False)
