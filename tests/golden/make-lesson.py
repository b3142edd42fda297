"""The steps of src/explain on the book's sentence, by NumPy and by PyTorch's autograd: python make-lesson.py > lesson.json
(numpy 2.4.6, torch 2.15.0, both in double precision; the script fails where the two differ by more than 1e-12)"""
import json

import numpy as np
import torch
import torch.nn.functional as F

SENTENCE = "You say goodbye and I say hello."
words, ids = [], []
for word in SENTENCE.lower().replace(".", " .").split(" "):
    if word not in words:
        words.append(word)
    ids.append(words.index(word))
V, D = len(words), 3

# Context on both sides, window 1 (Deep Learning from Scratch 2, chapter 3).
targets = ids[1:-1]
contexts = [[ids[i - 1], ids[i + 1]] for i in range(1, len(ids) - 1)]
B, C = len(targets), 2


def weights(rows, columns, start):
    """Any numbers that are easily made again: sin(start), sin(start + 1), ... / 2"""
    return np.sin(start + np.arange(rows * columns, dtype=np.float64)).reshape(rows, columns) / 2


W_IN, W_OUT = weights(V, D, 1), weights(V, D, 50)
# Three negatives for each example, one of them twice in the same row, none of them the target.
NEGATIVES = [[0, 3, 3], [1, 4, 5], [6, 0, 2], [1, 2, 6], [0, 5, 6], [2, 3, 4]]


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def rows_of(dh, where, parts):
    """(V, D): row b of dh, a `parts`-th of it, added at each of where[b]"""
    d = np.zeros((V, D))
    for b, row in enumerate(where):
        for word in row:
            np.add.at(d, word, dh[b] / parts)
    return d


def numpy_softmax(inputs, answers, n):
    h = np.array([W_IN[row].mean(axis=0) for row in inputs])
    p = softmax(h @ W_OUT.T)
    loss = -np.log(p[np.arange(n), answers]).mean()
    ds = p.copy()
    ds[np.arange(n), answers] -= 1
    ds /= n
    return loss, rows_of(ds @ W_OUT, inputs, len(inputs[0])), ds.T @ h


def numpy_negative(inputs, outputs, n):
    h = np.array([W_IN[row].mean(axis=0) for row in inputs])
    labels = np.array([[1] + [0] * (len(row) - 1) for row in outputs])
    s = np.array([W_OUT[row] @ h[b] for b, row in enumerate(outputs)])
    loss = -np.where(labels == 1, np.log(sigmoid(s)), np.log(sigmoid(-s))).sum() / n
    ds = (sigmoid(s) - labels) / n
    d_out = np.zeros((V, D))
    dh = np.zeros((n, D))
    for b, row in enumerate(outputs):
        for k, word in enumerate(row):
            d_out[word] += ds[b, k] * h[b]
            dh[b] += ds[b, k] * W_OUT[word]
    return loss, rows_of(dh, inputs, len(inputs[0])), d_out


def torch_step(inputs, loss_of):
    w_in = torch.tensor(W_IN, requires_grad=True)
    w_out = torch.tensor(W_OUT, requires_grad=True)
    h = F.embedding(torch.tensor(inputs), w_in).mean(dim=1)
    loss = loss_of(h, w_out)
    loss.backward()
    return loss.item(), w_in.grad.numpy(), w_out.grad.numpy()


def torch_softmax(inputs, answers, n):
    return torch_step(inputs, lambda h, w_out: F.cross_entropy(h @ w_out.T, torch.tensor(answers)))


def torch_negative(inputs, outputs, n):
    labels = torch.tensor([[1.0] + [0.0] * (len(row) - 1) for row in outputs], dtype=torch.float64)

    def loss_of(h, w_out):
        scores = (F.embedding(torch.tensor(outputs), w_out) * h[:, None, :]).sum(dim=2)
        return F.binary_cross_entropy_with_logits(scores, labels, reduction="sum") / n

    return torch_step(inputs, loss_of)


def both(by_numpy, by_torch, *given):
    one, other = by_numpy(*given), by_torch(*given)
    for a, b in zip(one, other):
        assert np.abs(np.asarray(a) - np.asarray(b)).max() < 1e-12
    loss, d_in, d_out = one
    return {"loss": float(loss), "dW_in": d_in.tolist(), "dW_out": d_out.tolist()}


pairs = [(t, c) for t, row in zip(targets, contexts) for c in row]
pair_negatives = [[w for w in NEGATIVES[b] if w != c] for b, row in enumerate(contexts) for c in row]
pair_negatives = [row[:2] for row in pair_negatives]
cbow_outputs = [[t] + row for t, row in zip(targets, NEGATIVES)]
skipgram_outputs = [[c] + row for (_, c), row in zip(pairs, pair_negatives)]
centers = [[t] for t, _ in pairs]

# Co-occurrence within one word; PPMI in bits (the book's ppmi adds 1e-8, which is left out here) and the SVD.
counts = np.zeros((V, V))
for i, word in enumerate(ids):
    for j in (i - 1, i + 1):
        if 0 <= j < len(ids):
            counts[word, ids[j]] += 1


def ppmi(counts, cds, log):
    smoothed = counts.sum(axis=0) ** cds
    with np.errstate(divide="ignore"):
        pmi = log(counts * smoothed.sum() / np.outer(counts.sum(axis=1), smoothed))
    return np.maximum(0, pmi)


in_bits = ppmi(counts, 1, np.log2)
u, s, vt = np.linalg.svd(in_bits)

# One step of contrastive divergence (Hinton 2002; a practical guide, 2010, section 3), with given uniform numbers.
rbm = {
    "visible": [[1, 1, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 0]],
    "W": weights(6, 2, 100).tolist(),
    "visibleBias": weights(1, 6, 200).tolist(),
    "hiddenBias": weights(1, 2, 300).tolist(),
    "uniform": ((np.sin(np.arange(8) * 7.0) + 1) / 2).reshape(4, 2).tolist(),
    "learningRate": 0.1,
}


def contrastive_divergence(make, sigma, square_mean):
    v0, W, b, c, u = (make(rbm[key]) for key in ("visible", "W", "visibleBias", "hiddenBias", "uniform"))
    n, rate = 4, rbm["learningRate"]
    p0 = sigma(v0 @ W + c)
    h0 = make((u < p0).tolist())
    v1 = sigma(h0 @ W.T + b)
    p1 = sigma(v1 @ W + c)
    return {
        "hidden": p0.tolist(),
        "sample": h0.tolist(),
        "reconstruction": v1.tolist(),
        "hiddenAgain": p1.tolist(),
        "error": float(square_mean(v0 - v1)),
        "W": (W + rate * (v0.T @ p0 - v1.T @ p1) / n).tolist(),
        "visibleBias": (b + rate * (v0 - v1).mean(0)).tolist(),
        "hiddenBias": (c + rate * (p0 - p1).mean(0)).tolist(),
    }


rbm_numpy = contrastive_divergence(lambda x: np.array(x, dtype=np.float64), sigmoid, lambda x: (x**2).mean())
rbm_torch = contrastive_divergence(lambda x: torch.tensor(x, dtype=torch.float64), torch.sigmoid, lambda x: (x**2).mean())
for key, value in rbm_numpy.items():
    assert np.abs(np.asarray(value) - np.asarray(rbm_torch[key])).max() < 1e-12

print(
    json.dumps(
        {
            "sentence": SENTENCE,
            "words": words,
            "ids": ids,
            "targets": targets,
            "contexts": contexts,
            "W_in": W_IN.tolist(),
            "W_out": W_OUT.tolist(),
            "cbow": {
                "softmax": both(numpy_softmax, torch_softmax, contexts, targets, B),
                "outputs": cbow_outputs,
                "negativeSampling": both(numpy_negative, torch_negative, contexts, cbow_outputs, B),
            },
            "skipgram": {
                "centers": [t for t, _ in pairs],
                "contexts": [c for _, c in pairs],
                "softmax": both(numpy_softmax, torch_softmax, centers, [c for _, c in pairs], len(pairs)),
                "outputs": skipgram_outputs,
                "negativeSampling": both(numpy_negative, torch_negative, centers, skipgram_outputs, len(pairs)),
            },
            "counts": counts.tolist(),
            "ppmi": in_bits.tolist(),
            "ppmiSmoothed": ppmi(counts, 0.75, np.log).tolist(),
            "singularValues": s.tolist(),
            "leftVectors": u.tolist(),
            "rbm": {"given": rbm, "step": rbm_numpy},
        },
        indent=1,
    )
)
