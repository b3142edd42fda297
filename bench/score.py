"""Scores vector files with gensim, the same for every tool: score.py FOLDER FILE.bin... -> a JSON line a file.

FOLDER holds EN-WS-353-ALL.txt, EN-SIMLEX-999.txt, EN-MEN-TR-3k.txt and questions-words.txt. Spearman x 100 over the pairs
whose words are known, and the percentage of analogies answered (3CosAdd, the 30,000 most frequent words).
"""
import json
import os
import sys

from gensim.models import KeyedVectors

folder = sys.argv[1]
sets = {"WordSim-353": "EN-WS-353-ALL.txt", "SimLex-999": "EN-SIMLEX-999.txt", "MEN": "EN-MEN-TR-3k.txt"}
for file in sys.argv[2:]:
    vectors = KeyedVectors.load_word2vec_format(file, binary=file.endswith(".bin"))
    scores = {}
    for name, pairs in sets.items():
        _, (rho, _), missing = vectors.evaluate_word_pairs(os.path.join(folder, pairs), case_insensitive=False)
        scores[name] = 100 * float(rho)
    accuracy, _ = vectors.evaluate_word_analogies(os.path.join(folder, "questions-words.txt"), restrict_vocab=30000)
    scores["Google analogies"] = 100 * accuracy
    print(json.dumps(scores), flush=True)
