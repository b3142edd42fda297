"""Makes adasum.json: changes of a matrix of five rows by one to seven shards, and what Adasum makes of them, row by row.

    pip install numpy==2.4.6 && python adasum.py > adasum.json

The rule is formula (1) of Maleki et al. 2021, "Scaling distributed training with adaptive summation", in double precision; more than
two changes are halved in pairs, level by level, an odd one out going to the next level, as in their section 3.
"""
import json

import numpy as np

random = np.random.default_rng(5)
rows, dimensions = 5, 3


def adasum(a, b):
    if not a.any() or not b.any():
        return a + b
    return (1 - a @ b / (2 * (a @ a))) * a + (1 - a @ b / (2 * (b @ b))) * b


def combine(changes):
    while len(changes) > 1:
        pairs = [changes[i : i + 2] for i in range(0, len(changes), 2)]
        changes = [adasum(*pair) if len(pair) == 2 else pair[0] for pair in pairs]
    return changes[0]


def of_shards(shards):
    changes = random.normal(size=(shards, rows, dimensions)).astype(np.float32)
    changes[:, 1] = changes[0, 1]  # all agree
    changes[1:, 2] = 0  # one shard alone has the word
    changes[:, 3] = 0  # none has
    changes[:, 4] = np.eye(dimensions)[np.arange(shards) % dimensions]  # at right angles, for up to three
    combined = [combine(list(changes[:, row].astype(np.float64))) for row in range(rows)]
    return {"changes": changes.reshape(shards, -1).tolist(), "combined": np.ravel(combined).tolist()}


print(json.dumps({"numpy": np.__version__, "dimensions": dimensions, "cases": [of_shards(n) for n in range(1, 8)]}))
