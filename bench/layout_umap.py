"""umap-learn on vectors in float32: layout_umap.py VECTORS WORDS DIMENSIONS POSITIONS

Writes the positions as float32, and prints seconds and CPU seconds of fit_transform alone. numba compiles on the first use: a
small map before the measured one, whose compiled code the measured one uses.
"""
import json
import os
import sys
import time
import warnings

import numpy as np
import umap

warnings.filterwarnings("ignore")
vectors, words, dimensions, positions = sys.argv[1:]
X = np.fromfile(vectors, dtype=np.float32).reshape(int(words), int(dimensions))


def mapped(rows):
    model = umap.UMAP(
        n_components=2, n_neighbors=15, min_dist=0.1, metric="cosine", random_state=1, n_jobs=1
    )
    return model.fit_transform(rows)


def cost():
    used = os.times()
    return time.perf_counter(), used.user + used.system


mapped(X[:5000])
before = cost()
found = mapped(X)
after = cost()
found.astype(np.float32).tofile(positions)
print(json.dumps({"seconds": after[0] - before[0], "cpuSeconds": after[1] - before[1], "version": umap.__version__}))
