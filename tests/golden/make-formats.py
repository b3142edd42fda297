"""The same 33 vectors as vectors.bin (make-vectors.py) in other formats, made by other tools; and fastText models.

Needs:      pip install gensim numpy safetensors pyarrow tokenizers model2vec fasttext-wheel
Make again: python tests/golden/make-formats.py
Check what w2v writes: npm run build, then convert into a folder and read each file with its own tool:
            python tests/golden/make-formats.py --check
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import fasttext
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from gensim.models import KeyedVectors
from safetensors.numpy import load_file, save_file

HERE = Path(__file__).parent
OUT = HERE / "formats"
SOURCE = HERE / "vectors.bin"
CLI = HERE.parent.parent / "bin" / "w2v.js"


def source():
    vectors = KeyedVectors.load_word2vec_format(str(SOURCE), binary=True)
    return vectors.index_to_key, vectors.vectors


def make_static_embedding(words, matrix):
    from model2vec import StaticModel
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel({word: at for at, word in enumerate([*words, "[UNK]"])}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    with_unknown = np.vstack([matrix, np.full((1, matrix.shape[1]), 0.25, np.float32)])
    StaticModel(with_unknown, tokenizer, config={"normalize": False}).save_pretrained(str(OUT / "model2vec"))
    (OUT / "model2vec" / "README.md").unlink(missing_ok=True)


def make_projector(words, matrix):
    folder = OUT / "projector"
    folder.mkdir()
    np.savetxt(folder / "vectors.tsv", matrix, delimiter="\t", fmt="%.9g")
    lines = ["index\tword"] + [f"{at}\t{word}" for at, word in enumerate(words)]
    (folder / "metadata.tsv").write_text("\n".join(lines) + "\n", encoding="utf8")


def make_fasttext():
    """Three tiny models: with n-grams, without, and a classifier with labels; and each word's vector as fastText gives it."""
    text = " ".join(["naïve façade 王 国王 日本語 🐋 whale whales sea a is кит киты"] * 8) + "\n"
    expected = {}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "text.txt"
        plain.write_text(text * 6, encoding="utf8")
        labeled = Path(folder) / "labeled.txt"
        labeled.write_text(("__label__sea whale sea кит\n__label__land king 王 国王\n") * 20, encoding="utf8")
        common = {"dim": 5, "epoch": 1, "minCount": 1, "thread": 1, "verbose": 0}
        models = {
            "fasttext-subwords.bin": fasttext.train_unsupervised(str(plain), minn=2, maxn=4, bucket=53, **common),
            "fasttext-words.bin": fasttext.train_unsupervised(str(plain), minn=0, maxn=0, **common),
            "fasttext-labels.bin": fasttext.train_supervised(str(labeled), minn=2, maxn=3, bucket=31, **common),
        }
        for name, model in models.items():
            model.save_model(str(OUT / name))
            words = model.get_words()
            # A float32 as a double is printed so that it reads back exactly.
            expected[name] = {word: [float(x) for x in model.get_word_vector(word)] for word in words}
        model = fasttext.train_supervised(str(labeled), minn=2, maxn=3, bucket=300, **common)
        model.quantize(str(labeled), retrain=False)
        model.save_model(str(OUT / "fasttext-quantized.ftz"))
    (OUT / "fasttext.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def make():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    words, matrix = source()
    lines = "\n".join(words) + "\n"
    np.save(OUT / "float32.npy", matrix)
    (OUT / "float32.npy.words").write_text(lines, encoding="utf8")
    np.save(OUT / "float64.npy", matrix.astype(np.float64))
    (OUT / "float64.words.txt").write_text(lines, encoding="utf8")
    np.save(OUT / "float16.npy", matrix.astype(np.float16))
    (OUT / "float16.vocab").write_text("".join(f"{word} {at + 1}\n" for at, word in enumerate(words)), encoding="utf8")
    save_file({"embeddings": matrix}, OUT / "words-inside.safetensors", metadata={"words": json.dumps(words)})
    save_file({"other": matrix[:2], "embeddings": matrix, "third": matrix[:1]}, OUT / "words-beside.safetensors")
    (OUT / "words-beside.safetensors.words").write_text(lines, encoding="utf8")
    column = pa.array([list(row) for row in matrix], pa.list_(pa.float32()))
    for codec in ("snappy", "gzip", "none"):
        table = pa.table({"n": range(len(words)), "word": words, "vector": column})
        pq.write_table(table, OUT / f"{codec}.parquet", compression=codec, row_group_size=20)
    make_static_embedding(words, matrix)
    make_projector(words, matrix)
    make_fasttext()


def same(what, read, matrix):
    read = np.asarray(read, np.float32)
    assert read.shape == matrix.shape, (what, read.shape)
    assert (read.view(np.uint32) == matrix.view(np.uint32)).all(), what
    print(f"{what}: {len(matrix)} words, every bit as it should be")


def check():
    from model2vec import StaticModel
    from tokenizers import Tokenizer

    words, matrix = source()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def convert(out, *more):
            subprocess.run(["node", CLI, "convert", SOURCE, folder / out, "--quiet", *more], check=True)
            return folder / out

        for out, binary, more in [
            ("v.txt", False, []), ("v.vec.gz", False, []), ("v.bin", True, []), ("v.bin.gz", True, []),
            ("plain.bin", True, ["--format", "word2vec-binary-plain"]),
        ]:
            read = KeyedVectors.load_word2vec_format(str(convert(out, *more)), binary=binary)
            assert read.index_to_key == words, out
            same(f"gensim, {out}", read.vectors, matrix)
        assert (folder / "plain.bin").read_bytes() == SOURCE.read_bytes(), "plain.bin is not what gensim wrote"
        glove = KeyedVectors.load_word2vec_format(
            str(convert("g.txt", "--format", "glove")), binary=False, no_header=True
        )
        assert glove.index_to_key == words
        same("gensim (no_header), glove", glove.vectors, matrix)
        same("numpy, v.npy", np.load(convert("v.npy")), matrix)
        assert (folder / "v.npy.words").read_text(encoding="utf8").splitlines() == words
        same("numpy, v.npy.gz", np.load(gzip.open(convert("v.npy.gz"))), matrix)
        same("safetensors", load_file(convert("v.safetensors"))["embeddings"], matrix)
        table = pq.read_table(convert("v.parquet"))
        assert table.column("word").to_pylist() == words
        same("pyarrow", table.column("vector").to_pylist(), matrix)

        static = convert("static", "--format", "static-embedding")
        model = StaticModel.from_pretrained(str(static))
        same("model2vec, one word each", np.vstack([model.encode([word]) for word in words]), matrix)
        vocabulary = Tokenizer.from_file(str(static / "tokenizer.json")).get_vocab()
        assert [vocabulary[word] for word in words] == list(range(len(words)))
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            print("sentence-transformers is not installed: not checked")
        else:
            same("sentence-transformers", SentenceTransformer(str(static), device="cpu").encode(words), matrix)

        projector = convert("projector", "--format", "projector")
        config = json.loads((projector / "projector_config.json").read_text())["embeddings"][0]
        same("numpy, projector", np.loadtxt(projector / config["tensorPath"], delimiter="\t", dtype=np.float32), matrix)
        assert (projector / config["metadataPath"]).read_text(encoding="utf8").splitlines() == words
        assert config["tensorShape"] == list(matrix.shape)

        try:
            import tensorflow as tf
        except ImportError:
            print("tensorflow is not installed: not checked")
            return
        model = tf.saved_model.load(str(convert("tensorflow", "--format", "tensorflow")))
        found = model.signatures["serving_default"](words=tf.constant([*words, "no such word"]))
        same("tensorflow, words", found["vectors"].numpy()[:-1], matrix)
        assert not found["vectors"].numpy()[-1].any() and found["rows"].numpy()[-1] == -1
        rows = tf.constant([[0, 2], [32, 1]])
        same("tensorflow, rows", model.signatures["rows"](rows=rows)["vectors"].numpy()[1], matrix[[32, 1]])
        [variable] = model.variables
        assert variable.trainable and variable.shape == matrix.shape
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(model.signatures["rows"](rows=rows)["vectors"])
        assert tape.gradient(loss, variable) is not None
        checkpoint = tf.train.load_variable(str(folder / "tensorflow" / "variables" / "variables"), "embeddings")
        same("tensorflow, checkpoint", checkpoint, matrix)

        check_tensorboard(folder)


def check_tensorboard(folder):
    try:
        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
        from tensorboard.plugins.projector.projector_config_pb2 import ProjectorConfig
        from google.protobuf import text_format
    except ImportError:
        print("tensorboard is not installed: not checked")
        return
    text = folder / "text.txt"
    text.write_text("one two three four five six seven eight\n" * 5000, encoding="utf8")
    board = folder / "board"
    arguments = ["--engine", "wasm", "--threads", "1", "--json", "--quiet", "--tensorboard", board]
    made = subprocess.run(
        ["node", CLI, "train", text, "-o", folder / "trained.bin", *arguments], check=True, capture_output=True
    )
    log = EventAccumulator(str(board))
    log.Reload()
    by_epoch = log.Scalars("loss_by_epoch")
    assert [event.step for event in by_epoch] == [1, 2, 3, 4, 5]
    assert abs(by_epoch[-1].value - json.loads(made.stdout)["loss"]) < 1e-6
    rates = log.Scalars("learning_rate")
    assert all(first.value > then.value and first.step < then.step for first, then in zip(rates, rates[1:]))
    config = text_format.Parse((board / "projector_config.pbtxt").read_text(), ProjectorConfig())
    read = np.loadtxt(board / config.embeddings[0].tensor_path, delimiter="\t", dtype=np.float32)
    same("tensorboard", read, KeyedVectors.load_word2vec_format(str(folder / "trained.bin"), binary=True).vectors)


if __name__ == "__main__":
    check() if sys.argv[1:2] == ["--check"] else make()
