import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bodyHtml } from '../../src/explorer/body.ts';
import { html } from '../../src/page/html.ts';
import { htmlFile } from '../../src/page/html-file.ts';
import { oneFile, twoFiles } from './example-data.ts';

const hostile = '</script><img src=x onerror=alert(1)>';
const frame = { language: 'en', title: 't', version: '1', style: '', body: html``, data: {}, script: '' };

describe('the page before its script runs', () => {
  it('names the files and their sizes', () => {
    const body = bodyHtml(twoFiles, [['the'], ['of']]).toString();
    expect(body).toContain('<b>a.bin</b> <small>4 words × 3 dimensions</small>');
    expect(body).toContain('<b>b.bin</b> <small>3 words</small>');
  });

  it('lists the first words, as text, for readers without JavaScript', () => {
    const body = bodyHtml(oneFile, [['the', hostile, '__proto__']]).toString();
    expect(body).toMatch(/<noscript>.*<li>the<\/li>.*<li>__proto__<\/li>.*<\/noscript>/s);
    expect(body).not.toContain('<img');
  });
});

describe('a file with long lists', () => {
  it('holds them in base64, under ids', () => {
    const bytes = gzipSync('words');
    const page = htmlFile({
      ...frame,
      blobs: [
        ['blob-words', bytes.subarray(2)],
        ['"><b>', bytes],
      ],
    });
    expect(page).toContain(
      `<script type="application/octet-stream" id="blob-words">${bytes.subarray(2).toString('base64')}</script>`,
    );
    expect(page).not.toContain('<b>');
  });

  it('may ask the server that it came from, and otherwise nobody', () => {
    const policy = (answers?: 'server') =>
      /Content-Security-Policy" content="([^"]*)"/.exec(htmlFile({ ...frame, answers }))![1];
    expect(policy()).not.toContain('connect-src');
    expect(policy('server')).toMatch(/; connect-src 'self'$/);
    expect(policy('server')).toContain("default-src 'none'");
  });
});
