// The script of the report, plain JavaScript in a string. The report works without it; it adds a search in maps and
// tables, a filter by class, and the name of a word in every map: of the one under the pointer, or chosen in the list.

export const pageScript = String.raw`
(() => {
  const tools = document.getElementById('tools');
  const input = document.getElementById('search');
  const status = document.getElementById('found');
  const words = [...document.querySelectorAll('.map [data-word]')];
  const marks = words.filter((mark) => mark.classList.contains('word'));
  const rows = [...document.querySelectorAll('tbody tr')];
  const buttons = [...tools.querySelectorAll('button[data-group]')];
  let group = null;
  tools.hidden = false;

  const inGroup = (mark) => group === null || mark.classList.contains('g' + group);
  function show() {
    const asked = input.value.trim().toLowerCase();
    const matches = (mark) => asked !== '' && mark.dataset.word.toLowerCase().startsWith(asked);
    for (const mark of words) {
      mark.classList.toggle('found', matches(mark));
      mark.classList.toggle('faint', !inGroup(mark) || (asked !== '' && !matches(mark)));
    }
    let found = 0;
    for (const row of rows) {
      const has = asked !== '' && [...row.cells].some((cell) => cell.textContent.toLowerCase().split(/[^\p{L}\p{N}'-]+/u).includes(asked));
      row.classList.toggle('found', has);
      if (has) found++;
    }
    const onMaps = new Set(marks.filter(matches).map((mark) => mark.dataset.word)).size;
    status.textContent = asked === '' ? '' : onMaps + (onMaps === 1 ? ' word' : ' words') + ' on the maps, ' + found + (found === 1 ? ' row' : ' rows') + ' in the tables';
  }
  input.addEventListener('input', show);
  for (const button of buttons) button.addEventListener('click', () => {
    group = button.dataset.group === group ? null : button.dataset.group;
    for (const other of buttons) other.setAttribute('aria-pressed', String(other.dataset.group === group));
    show();
  });

  function clear() { for (const label of document.querySelectorAll('.float')) label.remove(); }
  function name(word) {
    clear();
    for (const mark of marks) {
      if (mark.dataset.word !== word) continue;
      const place = /translate\(([-0-9.]+) ([-0-9.]+)\)/.exec(mark.getAttribute('transform'));
      const label = document.createElementNS('http://www.w3.org/2000/svg', 'text');
      const x = Number(place[1]);
      label.setAttribute('class', 'float');
      label.setAttribute('x', String(x > 360 ? x - 8 : x + 8));
      label.setAttribute('y', String(Number(place[2]) - 8));
      if (x > 360) label.setAttribute('text-anchor', 'end');
      label.textContent = word;
      mark.parentNode.append(label);
    }
  }
  function names(element, word, enter, leave) {
    element.addEventListener(enter, () => name(word));
    element.addEventListener(leave, clear);
  }
  for (const mark of marks) names(mark, mark.dataset.word, 'pointerenter', 'pointerleave');
  for (const item of document.querySelectorAll('.map-words li li')) {
    const button = document.createElement('button');
    const word = item.textContent;
    button.type = 'button';
    button.textContent = word;
    names(button, word, 'focus', 'blur');
    names(button, word, 'pointerenter', 'pointerleave');
    button.addEventListener('click', () => { input.value = word; show(); });
    item.replaceChildren(button);
  }
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') clear(); });
})();
`;
