"""gensim's Phrases on a small text, for tests/corpus/phrases/: bench/.peers/bin/python tests/golden/phrases.py > tests/golden/phrases.json"""
import json
import random

import gensim
from gensim.models.phrases import ENGLISH_CONNECTOR_WORDS, Phrases

# Words that follow each other often, words that do not, connector words, and words that look like joined ones.
draw = random.Random(7)
words = "a the of in for big old red city sea port ship wind gull rope north south west light house".split()
often = ["new york", "new york city", "bank of america", "house of the rising sun", "new_york", "new_york city", "port light"]
lines = []
for _ in range(500):
    line = []
    while len(line) < draw.randrange(1, 14):
        line += (draw.choice(often) if draw.random() < 0.3 else draw.choice(words)).split()
    lines.append(line)


def candidates(line, connectors):
    """Every pair of the line as gensim counts them: first word, connector words, last word."""
    first, between = None, []
    for word in line:
        if word in connectors:
            if first is not None:
                between.append(word)
            continue
        if first is not None:
            yield first, between, word
        first, between = word, []


def one_pass(sentences, settings):
    model = Phrases(sentences, **settings)
    found = {}
    for line in sentences:
        for first, between, last in candidates(line, model.connector_words):
            phrase, score = model.score_candidate(first, last, between)
            if phrase is not None:
                found[" ".join([first, *between, last])] = (model.vocab[phrase], score)
    joined = [model[line] for line in sentences]
    return sorted((words, *facts) for words, facts in found.items()), joined


cases = []
for scoring, threshold in (("default", 1.5), ("npmi", 0.3)):
    for connectors in (frozenset(), ENGLISH_CONNECTOR_WORDS):
        for most in (40_000_000, 200):
            settings = dict(min_count=4, threshold=threshold, scoring=scoring, max_vocab_size=most)
            sentences, passes = lines, []
            for _ in range(2):
                found, sentences = one_pass(sentences, dict(settings, connector_words=connectors))
                passes.append(found)
            joined = [" ".join(line) for line in sentences if line]
            cases.append(dict(settings, connectors=bool(connectors), passes=passes, joined=joined))
# Without the joined texts of the pruned cases the file is half as long.
for case in cases:
    if case["max_vocab_size"] == 200:
        del case["joined"]
text = [" ".join(line) for line in lines]
print(json.dumps({"gensim": gensim.__version__, "connectors": sorted(ENGLISH_CONNECTOR_WORDS), "text": text, "cases": cases}))
