import { describe, expect, it } from 'vitest';
import { html, joined, raw } from '../../src/page/html.ts';

describe('html', () => {
  it('escapes text, and takes out what a terminal or a reader could be fooled with', () => {
    const hostile = '</b><script>"&\'\u0007\u202e\n';
    const shown = html`<p title="${hostile}">${hostile}</p>`.toString();
    expect(shown).toMatch(/^<p title="([^"<>]*)">\1<\/p>$/);
    expect(shown).toContain('&lt;/b&gt;&lt;script&gt;&quot;&amp;&#39;');
    for (const hidden of ['\u0007', '\u202e']) expect(shown).not.toContain(hidden);
  });

  it('lets markup and lists of it pass, and escapes the texts of a list', () => {
    const items = ['a', '<b>', html`<i>${'&'}</i>`, [raw('<hr>'), 1]];
    expect(`${html`<ul>${items}</ul>`}`).toBe('<ul>a&lt;b&gt;<i>&amp;</i><hr>1</ul>');
    expect(`${joined([html`<b>a</b>`, '<'], ', ')}`).toBe('<b>a</b>, &lt;');
  });

  it('reads escapes of the template as JavaScript does', () => expect(`${html`a\n${1}`}`).toBe('a\n1'));
});
