"""Golden vector files, and answers to questions about them, made by gensim (4.4; pip install gensim numpy).

Make them again:       python tests/golden/make-vectors.py
Check w2v's writing:   npm run build
                       node -e "import('./dist/index.js').then(async ({ loadVectors, saveVectors }) => {
                         const vectors = await loadVectors('tests/golden/vectors.bin');
                         await saveVectors('/tmp/w2v.txt', vectors, { force: true });
                         await saveVectors('/tmp/w2v.bin', vectors, { force: true }); })"
                       python tests/golden/make-vectors.py --check /tmp/w2v.txt /tmp/w2v.bin
"""

import json
import sys
from pathlib import Path

import gensim
import numpy as np
from gensim.models import KeyedVectors

HERE = Path(__file__).parent
DIMENSIONS = 12
WORDS = """king queen man woman prince princess boy girl whale sea naïve façade Кит море 王 国王 日本語 🐋 é co-operate
don't 3.14 1e5 nan <unk> http://example.org/a?b=c straße STRASSE İstanbul a b the of""".split()


def planted():
    """Random vectors in which king - man + woman is near queen, and so on, over a range of lengths."""
    random = np.random.default_rng(20240501)
    royal, female, young = random.standard_normal((3, DIMENSIONS))
    rows = random.standard_normal((len(WORDS), DIMENSIONS))
    for word, parts in {
        "king": royal, "queen": royal + female, "man": 0 * royal, "woman": female,
        "prince": royal + young, "princess": royal + young + female, "boy": young, "girl": young + female,
    }.items():
        rows[WORDS.index(word)] = parts + rows[WORDS.index("man")] * 0.5 + 0.2 * rows[WORDS.index(word)]
    rows *= random.uniform(0.001, 30, (len(WORDS), 1))
    return rows.astype(np.float32)


def floats():
    """Every kind of float32: subnormal, smallest, largest, powers of ten and of two, -0, NaN, infinities."""
    random = np.random.default_rng(7)
    bits = random.integers(0, 2**32, 400, dtype=np.uint64).astype(np.uint32)
    bits[(bits >> 23) & 255 == 255] &= 0xFF7FFFFF
    special = [0, -0.0, 1, -1, 0.1, 1e-4, 9.9999e-5, 1e16, 9.999999e15, 16777216, 16777218, 123456789, 1e-45, -1e-45,
               1.1754944e-38, 1.1754942e-38, 3.4028235e38, -3.4028235e38, np.nan, np.inf, -np.inf, 0.134765625, 0.3]
    values = np.concatenate([
        np.array(special, np.float32), bits.view(np.float32),
        (10.0 ** np.arange(-45, 39)).astype(np.float32), (2.0 ** np.arange(-149, 128)).astype(np.float32),
    ])
    return np.resize(values, (len(values) // 8, 8))


def keyed(words, matrix):
    vectors = KeyedVectors(matrix.shape[1])
    vectors.add_vectors(words, matrix)
    return vectors


def make():
    vectors = keyed(WORDS, planted())
    vectors.save_word2vec_format(str(HERE / "vectors.txt"))
    vectors.save_word2vec_format(str(HERE / "vectors.bin"), binary=True)
    numbers = floats()
    kinds = keyed([f"row{i}" for i in range(len(numbers))], numbers)
    kinds.save_word2vec_format(str(HERE / "floats.txt"))
    kinds.save_word2vec_format(str(HERE / "floats.bin"), binary=True)
    questions = [["man", "king", "woman"], ["man", "woman", "boy"], ["king", "prince", "queen"], ["王", "国王", "Кит"]]
    answers = {
        "made by": f"gensim {gensim.__version__}, make-vectors.py",
        "nearest": [
            {"word": word, "restrictVocab": limit, "neighbors": vectors.most_similar(word, topn=7, restrict_vocab=limit)}
            for word in WORDS for limit in (None, 10)
        ],
        "similarity": [
            {"words": [a, b], "similarity": float(vectors.similarity(a, b))} for a in WORDS for b in WORDS[::5]
        ],
        "analogy": [
            {"question": [a, b, c], "restrictVocab": limit,
             "answers": vectors.most_similar(positive=[b, c], negative=[a], topn=6, restrict_vocab=limit)}
            for a, b, c in questions for limit in (None, 12)
        ],
    }
    (HERE / "vectors.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def check(text, binary):
    for path in (text, binary):
        read = KeyedVectors.load_word2vec_format(path, binary=path == binary)
        assert read.index_to_key == WORDS, (path, read.index_to_key)
        assert (read.vectors.view(np.uint32) == planted().view(np.uint32)).all(), path
        print(f"{path}: {len(WORDS)} words, every bit as it should be")


if __name__ == "__main__":
    check(*sys.argv[2:4]) if sys.argv[1:2] == ["--check"] else make()
