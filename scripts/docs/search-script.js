// The search of the documentation's pages: a classic script, so that it works from file:// too. `searchIndex` is a list
// of [page, anchor, title of the page, heading, text].
(() => {
  const field = document.getElementById('search');
  const list = document.getElementById('found');
  const pieces = (text) => text.toLowerCase().match(/[\p{L}\p{N}_-]+/gu) ?? [];
  const places = window.searchIndex.map(([page, anchor, title, heading, text]) => {
    return { page, anchor, title, heading, text, head: `${title} ${heading}`.toLowerCase(), body: text.toLowerCase() };
  });

  /** Every piece must be there; headings count more than text, and more mentions more than fewer. */
  function scoreOf(place, wanted) {
    let score = 0;
    for (const piece of wanted) {
      const inHead = place.head.includes(piece);
      const mentions = place.body.split(piece).length - 1;
      if (!inHead && mentions === 0) return 0;
      score += (inHead ? 20 : 0) + Math.min(mentions, 8);
    }
    return place.page === 'api.html' ? score / 3 : score; // it names everything, and explains little
  }

  function show() {
    const wanted = pieces(field.value);
    list.replaceChildren();
    list.hidden = wanted.length === 0;
    if (list.hidden) return;
    const best = places
      .map((place) => ({ place, score: scoreOf(place, wanted) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, 12);
    if (best.length === 0) list.append(Object.assign(document.createElement('li'), { textContent: 'Nothing found' }));
    for (const { place } of best) {
      const at = place.body.indexOf(wanted.find((piece) => place.body.includes(piece)) ?? '');
      const from = Math.max(0, at - 40);
      const link = Object.assign(document.createElement('a'), {
        href: place.page + (place.anchor ? `#${place.anchor}` : ''),
      });
      const name = place.heading === place.title ? place.title : `${place.title}: ${place.heading}`;
      link.append(Object.assign(document.createElement('b'), { textContent: name }));
      link.append(Object.assign(document.createElement('span'), { textContent: place.text.slice(from, from + 120) }));
      const item = document.createElement('li');
      item.append(link);
      list.append(item);
    }
  }
  field.addEventListener('input', show);
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
    } else if (event.key === 'Escape') {
      field.value = '';
      show();
    } else if (event.key === 'Enter' && document.activeElement === field) {
      list.querySelector('a')?.click();
    }
  });
})();
