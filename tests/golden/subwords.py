"""Makes subwords.json: buckets of n-grams by gensim, and vectors of words that a fastText model does not have, by fastText.

    pip install gensim==4.4.0 && apt-get install fasttext && python subwords.py > subwords.json

The model is formats/fasttext-subwords.bin (make-formats.py). fastText prints five significant digits.
"""

import json
import subprocess
from pathlib import Path

from gensim.models.fasttext import ft_ngram_hashes

MODEL = Path(__file__).parent / "formats" / "fasttext-subwords.bin"
WORDS = ["whale", "naïve", "한국어", "日本語", "🐋🐋", "a", "ab", "banana", "кит"]
UNSEEN = ["whaling", "seas", "façades", "王国", "китобой", "🐋s", "zzzz", "naive"]
RULES = [(3, 6, 2000000), (2, 3, 97), (2, 2, 1)]

buckets = [
    {"minn": minn, "maxn": maxn, "bucket": bucket, "words": {w: sorted(map(int, ft_ngram_hashes(w, minn, maxn, bucket))) for w in WORDS}}
    for minn, maxn, bucket in RULES
]
printed = subprocess.run(
    ["fasttext", "print-word-vectors", str(MODEL)], input="\n".join(UNSEEN) + "\n", capture_output=True, text=True, check=True
).stdout
vectors = {line.split()[0]: [float(x) for x in line.split()[1:]] for line in printed.splitlines()}
print(json.dumps({"buckets": buckets, "vectors": vectors}, ensure_ascii=False, indent=1))
