"""Answers to further questions about vectors.bin (make-vectors.py), made by gensim 4.4: python tests/golden/make-questions.py"""

import json
from pathlib import Path

import gensim
from gensim.models import KeyedVectors

HERE = Path(__file__).parent
vectors = KeyedVectors.load_word2vec_format(str(HERE / "vectors.bin"), binary=True)
questions = [["man", "king", "woman"], ["man", "woman", "boy"], ["king", "prince", "queen"], ["王", "国王", "Кит"]]
groups = [["king", "queen", "whale"], ["man", "woman", "boy", "girl", "a"], ["王", "国王", "Кит", "море"], ["sea", "sea", "a"]]
sums = [(["king", "woman"], ["man"]), (["boy"], ["girl", "sea"]), (["whale", "sea"], [])]
answers = {
    "made by": f"gensim {gensim.__version__}, make-questions.py",
    "mul": [
        {"question": [a, b, c], "restrictVocab": limit,
         # gensim takes restrict_vocab here but does not heed it
         "answers": [(word, score) for word, score in
                     vectors.most_similar_cosmul(positive=[b, c], negative=[a], topn=len(vectors))
                     if vectors.key_to_index[word] < (limit or len(vectors))][:6]}
        for a, b, c in questions for limit in (None, 12)
    ],
    "odd": [
        {"words": words,
         "ranks": [[word, float(rank)] for rank, word in sorted(vectors.rank_by_centrality(words))],
         "odd": vectors.doesnt_match(words)}
        for words in groups
    ],
    "sums": [
        {"query": " ".join([f"+ {word}" for word in plus] + [f"- {word}" for word in minus]),
         "neighbors": vectors.most_similar(positive=plus, negative=minus, topn=7)}
        for plus, minus in sums
    ],
}
(HERE / "questions.json").write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf8")
