// In the page: the vector of the typed words against the notes' vectors, with w2v's own queries.
import { KeyedVectors, nearest } from 'w2v/query';

const data = JSON.parse(document.getElementById('data').textContent);
const { dimensions, words, notes } = data;
const vectors = new KeyedVectors({ words, dimensions, matrix: numbersOf(data.matrix) });
const rowOf = new Map(words.map((word, row) => [word, row]));
const noteVectors = { words: notes, dimensions, matrix: numbersOf(data.noteMatrix) };

function numbersOf(base64) {
  return Float32Array.from(
    Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    (byte) => (byte << 24) >> 24,
  );
}

/** As smooth inverse frequency makes the notes' vectors; undefined without a known word. */
function vectorOf(text) {
  const known = (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).filter((word) => rowOf.has(word));
  if (known.length === 0) return undefined;
  const sum = new Float64Array(dimensions);
  for (const word of known) {
    const vector = vectors.vector(word);
    const norm = Math.hypot(...vector) || 1;
    for (let at = 0; at < dimensions; at++) sum[at] += (data.weights[rowOf.get(word)] * vector[at]) / norm;
  }
  const common = data.component.reduce((product, value, at) => product + value * sum[at], 0);
  return sum.map((value, at) => value - common * data.component[at]);
}

const field = document.getElementById('query');
const list = document.getElementById('found');
field.addEventListener('input', () => {
  const query = vectorOf(field.value);
  const found = query === undefined ? [] : nearest(noteVectors, [query], { k: 5 })[0];
  const lines = found.map(({ word: note, similarity }) => `${note} (${similarity.toFixed(2)})`);
  if (query === undefined && field.value.trim() !== '') lines.push('no known word');
  list.replaceChildren(
    ...lines.map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    }),
  );
});
