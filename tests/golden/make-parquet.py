"""The 33 vectors of vectors.bin as Parquet files of other shapes than tests/golden/formats has: other writers, encodings, page
versions, number types. And a few with something missing.

Needs:      pip install gensim numpy pyarrow polars duckdb
Make again: python tests/golden/make-parquet.py
"""

import shutil
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from gensim.models import KeyedVectors

HERE = Path(__file__).parent
OUT = HERE / "parquet"


def main():
    vectors = KeyedVectors.load_word2vec_format(str(HERE / "vectors.bin"), binary=True)
    words, matrix = vectors.index_to_key, vectors.vectors
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    rows = [list(row) for row in matrix]

    def write(name, table, **options):
        pq.write_table(table, OUT / f"{name}.parquet", **options)

    def table(kind=pa.list_(pa.float32()), values=rows, names=words):
        return pa.table({"word": names, "vector": pa.array(values, kind)})

    element = "vector.list.element"
    plain = {"use_dictionary": False, "compression": "none"}
    # Rows that go on from one page to the next, and dictionaries of both columns.
    write("small-pages", table(), data_page_size=100, write_batch_size=7, compression="none")
    write("small-pages-plain", table(), data_page_size=100, write_batch_size=7, **plain)
    write("version-2", table(), data_page_version="2.0", compression="gzip", use_dictionary=["word"])
    write("version-2-small", table(), data_page_version="2.0", data_page_size=100, write_batch_size=5, compression="snappy")
    write("delta-words", table(), column_encoding={"word": "DELTA_BYTE_ARRAY", element: "BYTE_STREAM_SPLIT"}, **plain)
    write("delta-lengths", table(), column_encoding={"word": "DELTA_LENGTH_BYTE_ARRAY", element: "PLAIN"}, **plain)
    write("doubles-brotli", table(pa.list_(pa.float64())), compression="brotli", row_group_size=10)
    write("halves", table(pa.list_(pa.float16()), [list(row.astype(np.float16)) for row in matrix]), **plain)
    write("fixed-size", table(pa.list_(pa.float32(), matrix.shape[1])), compression="snappy")
    integers = [[int(x) for x in row] for row in np.round(matrix * 1000)]
    write("integers", table(pa.list_(pa.int32()), integers), compression="none")
    write("integers-delta", table(pa.list_(pa.int32()), integers), column_encoding={element: "DELTA_BINARY_PACKED", "word": "PLAIN"}, **plain)
    required = pa.schema([
        pa.field("word", pa.large_string(), nullable=False),
        pa.field("vector", pa.large_list(pa.field("element", pa.float32(), nullable=False)), nullable=False),
    ])
    write("required", table().cast(required), compression="none")
    frame = pl.DataFrame({"word": words, "vector": rows}, schema={"word": pl.String, "vector": pl.List(pl.Float32)})
    frame.write_parquet(OUT / "polars.parquet", compression="snappy")
    frame.write_parquet(OUT / "zstd.parquet", compression="zstd")
    relation = table()
    connection = duckdb.connect()
    connection.register("relation", relation)
    for version in ("V1", "V2"):
        target = OUT / f"duckdb-{version.lower()}.parquet"
        connection.execute(f"COPY relation TO '{target}' (FORMAT parquet, PARQUET_VERSION {version}, CODEC 'gzip')")

    write("null-word", table(names=[*words[:5], None, *words[6:]]), **plain)
    write("null-vector", table(values=[*rows[:5], None, *rows[6:]]), **plain)
    write("empty-vector", table(values=[*rows[:5], [], *rows[6:]]), **plain)
    write("null-number", table(values=[*rows[:5], [*rows[5][:3], None, *rows[5][4:]], *rows[6:]]), **plain)
    write("short-vector", table(values=[*rows[:5], rows[5][:7], *rows[6:]]), **plain)
    write("long-vector", table(values=[*rows[:5], rows[5] + [1.0], *rows[6:]]), data_page_size=100, write_batch_size=7, **plain)
    write("no-rows", table().slice(0, 0))
    write("lists-of-text", table(pa.list_(pa.string()), [["a"]] * len(words)), **plain)


main()
