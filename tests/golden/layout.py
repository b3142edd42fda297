"""Makes layout.json: parts of UMAP by umap-learn, PCA and trustworthiness by scikit-learn, on vectors that
tests/map/golden-vectors.ts makes again, number for number.

    pip install umap-learn==0.5.12 scikit-learn==1.9.1 && python tests/golden/layout.py > tests/golden/layout.json
"""

import json
import warnings

import numpy as np
import umap
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from umap.umap_ import compute_membership_strengths, find_ab_params, fuzzy_simplicial_set, smooth_knn_dist

warnings.filterwarnings("ignore")
V, D, CLUSTERS, NEIGHBORS, K = 1000, 20, 25, 15, 10


def uniform():
    """-0.5 .. 0.5: a linear congruential generator, exact in doubles."""
    state = 1
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32 - 0.5


def made():
    numbers = uniform()
    centers = [[next(numbers) for _ in range(D)] for _ in range(CLUSTERS)]
    return np.array(
        [[center + 0.8 * next(numbers) for center in centers[row % CLUSTERS]] for row in range(V)], dtype=np.float32
    )


def kept(similarities, positions):
    distances = ((positions[:, None, :] - positions[None, :, :]) ** 2).sum(axis=2)
    np.fill_diagonal(distances, np.inf)
    true = np.argsort(-similarities, axis=1, kind="stable")[:, :K]
    near = np.argsort(distances, axis=1, kind="stable")[:, :K]
    return float(np.mean([len(set(a) & set(b)) / K for a, b in zip(true, near)]))


X = made()
unit = X.astype(np.float64) / np.linalg.norm(X.astype(np.float64), axis=1, keepdims=True)
similarities = unit @ unit.T
np.fill_diagonal(similarities, 2)
indices = np.argsort(-similarities, axis=1, kind="stable")[:, :NEIGHBORS].astype(np.int32)
distances = np.maximum(0, 1 - np.take_along_axis(similarities, indices, axis=1)).astype(np.float32)
distances[:, 0] = 0
np.fill_diagonal(similarities, -2)

sigmas, rhos = smooth_knn_dist(distances, float(NEIGHBORS))
graph, _, _ = fuzzy_simplicial_set(X, NEIGHBORS, np.random.RandomState(1), "cosine", {}, indices, distances)
graph = graph.tocsr()
graph.sort_indices()
pca = PCA(n_components=3, svd_solver="full").fit(unit)
flat = X[:, :2].astype(np.float64)


def measured(positions):
    return {
        "kept": kept(similarities, positions.astype(np.float64)),
        "trustworthiness": float(trustworthiness(X, positions, n_neighbors=K, metric="cosine")),
    }


def mapped(axes):
    model = umap.UMAP(n_components=axes, n_neighbors=NEIGHBORS, min_dist=0.1, metric="cosine", random_state=42)
    return measured(model.fit_transform(X))


rows = range(0, V, 47)
print(
    json.dumps(
        {
            "curves": [[d, *map(float, find_ab_params(1.0, d))] for d in (0, 0.001, 0.1, 0.25, 0.5, 0.8, 0.99)],
            "neighbors": [{"row": r, "rows": indices[r, 1:].tolist()} for r in rows],
            "smooth": [{"row": r, "sigma": float(sigmas[r]), "rho": float(rhos[r])} for r in rows],
            "fuzzy": {
                "nonzeros": int(graph.nnz),
                "sum": float(graph.sum()),
                "rows": [
                    {
                        "row": r,
                        "columns": graph[r].indices.tolist(),
                        "weights": [round(float(w), 6) for w in graph[r].data],
                    }
                    for r in rows
                ],
            },
            "pca": {
                "variance": pca.explained_variance_.tolist(),
                "coordinates": [{"row": r, "at": pca.transform(unit[r : r + 1])[0].tolist()} for r in rows],
            },
            "firstTwoColumns": measured(flat),
            "umap": {"2": mapped(2), "3": mapped(3)},
        }
    )
)
