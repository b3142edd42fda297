// What holds for every command, in Markdown: for docs/cli.md and the manual page.
export const rules = `## Exit codes
| code | meaning |
|---|---|
| 0 | done |
| 1 | failure: training diverged, out of memory, or a bug in w2v |
| 2 | usage: the command line has to change, nothing else |
| 3 | bad input or output: a file, its content, a folder that cannot be written |
| 4 | the training backend or a service (npm, pip) is unavailable |
| 5 | a word is not in the vocabulary; what could be answered is printed |
| 129, 130, 143 | ended by SIGHUP, Ctrl-C, SIGTERM |

Of several problems the last decides. A bad line of standard input is bad input (3): the lines before it are answered,
those after it are not read. The same words on the command line are usage (2).

## Standard input and output
- Results go to standard output, everything else to standard error.
- \`-\` is standard input where a corpus, vectors, a test set, a vocabulary or a list of words is read, and standard
  output where a result is written. Two things that both read standard input are a usage error.
- A command that answers questions (\`nearest\`, \`analogy\`, \`similarity\`, \`odd\`, \`vector\`, \`embed\`,
  \`search\`) and has none on the command line reads one question per line from standard input; \`embed\` also takes
  blank lines, so that row n is line n. On a terminal it shows a prompt instead. Any other command without its arguments
  is a usage error.
- The prompt answers each line. It takes sums without quotes (\`king - man + woman\`) and finds words in the case that
  training gives them. Tab completes a word, the arrow keys bring back earlier lines, \`help\` lists what may be typed,
  \`exit\` or Ctrl-D ends it. Ctrl-C stops an answer, clears a half-typed line, and at an empty prompt ends w2v
  with exit code 130. The lines are kept in the folder \`history\` of the cache (\`W2V_CACHE\`, by default \`~/.cache/w2v\`),
  readable by you only; remove it to forget them.

## Options with one meaning everywhere
- \`--json\` prints one JSON document; [json.md](json.md) has the fields of every command.
- \`--tsv\` prints one record per line, with tabs between the fields, in full precision and without headings.
- \`--quiet\` prints results and errors only: no progress, notes, summary or prompt.
- \`--force\` overwrites. Without it no existing file is changed; with it, no file that the command reads.
- \`--help\` shows the options that most people need; \`--help --all\` shows all of them.
- An option that has no effect on the command or its input is refused (exit code 2), with what it belongs to.
- \`--config FILE\` reads settings from a file, \`none\` from none; without it \`w2v.config.json\` of the current folder
  is read, if there is one. \`--print-config\` prints what a command would run with
  ([configuration.md](configuration.md)).
- Sizes: \`--dim\` vector dimensions, \`-k\` answers per question, \`--top\` and \`--restrict-vocab\` the first words of
  a file, \`--max-vocab\` the most frequent words of a text.
- An option that takes several values also takes them one at a time or with commas: \`--pairs a b\`, \`--pairs a --pairs
  b\` and \`--pairs a,b\` are the same. A file whose name has a comma in it is one value.

## Command lines of word2vec.c, fastText and gensim
They are understood as they are, one dash or two, \`-minCount\` or \`--min_count\`. A line that begins as one of
word2vec.c (\`-train FILE\`) or of fastText (\`skipgram -input FILE\`) also has the defaults of its program where they
make another model than ours would, and a line on standard error says which: for word2vec.c \`--model cbow --epochs 5
--format word2vec-text\` and its rates, for fastText \`--subwords 3..6 --epochs 5 --lr 0.05 --sample 0.0001\`; its
\`-output PREFIX\` is \`-o PREFIX.bin\`, from which \`w2v convert\` makes \`PREFIX.vec\`. Any other line, such as \`train FILE
--vector_size 50 --sg 1\`, has our defaults.

| there | here |
|---|---|
| \`word2vec -train FILE\`, \`fasttext skipgram -input FILE\`, \`fasttext cbow\` | \`w2v -train FILE\`, \`w2v skipgram -input FILE\`, \`w2v cbow\`: \`train\` |
| \`distance\`, \`fasttext nn\`, \`analogies\`, \`print-word-vectors\`, \`print-sentence-vectors\`, \`most_similar\`, \`doesnt_match\`, \`predict_output_word\` | \`nearest\`, \`analogy\`, \`vector\`, \`embed\`, \`nearest\`, \`odd\`, \`predict\` |
| \`-size\`, \`-vector_size\` | \`--dim\` |
| \`-ws\`, \`-neg\`, \`-ns_exponent\` | \`--window\`, \`--negative\`, \`--negative-exponent\` |
| \`-iter\`, \`-epoch\`, \`-alpha\`, \`-t\` | \`--epochs\`, \`--epochs\`, \`--lr\`, \`--sample\` |
| \`-thread\`, \`-workers\` | \`--threads\` |
| \`-pretrainedVectors\` | \`--init-vectors\` |
| \`-max_final_vocab\`, \`-max_vocab_size\`, \`-read-vocab\` | \`--max-vocab\`, \`--prune-vocab\`, \`--vocab\` |
| \`-cbow 1\`, \`-sg 0\`; \`-cbow 0\`, \`-sg 1\` | \`--model cbow\`; \`--model skipgram\` |
| \`-cbow_mean 0\` | \`--cbow-sum\` |
| \`-binary 1\`, \`-binary 0\` | \`--format word2vec-binary\`, \`--format word2vec-text\` |
| \`-verbose 0\`, \`-debug 0\` | \`--quiet\` |
| \`-topn\`, \`-limit\` | \`-k\`, or \`--top\` of \`convert\` |
| \`-hs 1\` | \`--loss hs\` |
| \`-minn 3 -maxn 6 -bucket N\`, \`--min_n 3 --max_n 6\` | \`--subwords 3..6 --buckets N\` of \`train\` |
| \`-hs 0\`, \`-maxn 0\`, \`-wordNgrams 1\`, \`-classes 0\` | what w2v does anyway; other values are refused with the reason |`;

/** What people want to do, with its command, in Markdown: for docs/cli.md. */
export const tasks = `## I want to
| I want to | command |
|---|---|
| train on my text (a file, a folder, a glob, \`.gz\`, or \`-\`) | \`w2v train notes.txt -o notes.bin\` |
| get the same vectors on every run | \`w2v train notes.txt -o notes.bin --deterministic\` |
| find similar words | \`w2v nearest notes.bin king queen\` |
| ask many questions in a row | \`w2v nearest notes.bin\` (a prompt: words, sums such as \`king - man + woman\`) |
| solve an analogy: man is to king as woman is to ? | \`w2v analogy notes.bin man king woman\` |
| compare two words | \`w2v similarity notes.bin ship boat\` |
| find the word that does not fit | \`w2v odd notes.bin harpoon lance spear dinner\` |
| see the numbers of a vector | \`w2v vector notes.bin king\` |
| see all words on a map | \`w2v map notes.bin -o map.html\` |
| browse the full vectors in a browser | \`w2v serve notes.bin --open\` |
| search the lines of a text by meaning | \`w2v search notes.bin --in notes.txt 'a storm'\` |
| get vectors of sentences | \`w2v embed notes.bin 'a ship at sea'\` (\`-o FILE\` writes many) |
| make count-based vectors (PPMI and SVD) | \`w2v count notes.txt -o notes.svd.bin\` |
| compare the methods on my text | \`w2v compare notes.txt --report report.html\` |
| score vectors on word pairs and analogies | \`w2v evaluate notes.bin notes.svd.bin\` |
| get vectors for unseen words and typos | \`w2v train notes.txt -o sub.bin --subwords 3..6\` |
| treat *new york* as one word | \`w2v phrases notes.txt -o phrases.tsv\`, then \`w2v train --phrases phrases.tsv ...\` |
| train on Korean text | \`w2v train notes.txt -o notes.bin --tokenizer korean\` |
| fill a gap in a sentence | \`w2v train ... --save-output out.bin\`, then \`w2v predict notes.bin --context 'the ? sea'\` |
| stop and resume a long training | \`w2v train ... --checkpoint saved\`, then the same with \`--resume saved\` |
| continue from older vectors | \`w2v train new.txt -o new.bin --init-vectors old.bin --vocab union\` |
| join several files of vectors | \`w2v combine notes.bin notes.svd.bin -o both.bin\` |
| convert between formats | \`w2v convert notes.bin notes.safetensors\` |
| know what a file contains | \`w2v info notes.bin\` |
| see the texts and test sets that w2v can download | \`w2v corpus list\` |
| look up WordNet | \`w2v corpus get wordnet\`, then \`w2v thesaurus car\` |
| learn how it works, number by number | \`w2v explain 'the cat sat on the mat'\` |
| read the lesson as a page | \`w2v explain --report lesson.html\` |
| train with TensorFlow | \`w2v setup\`, then \`w2v train ...\` |
| check my installation | \`w2v doctor\` |
| complete commands with Tab | \`w2v completion bash\` (or \`zsh\`, \`fish\`) |`;
