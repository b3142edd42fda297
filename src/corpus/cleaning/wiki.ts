// `--strip wiki`: the text of MediaWiki's markup, as in Wikipedia's dumps. Templates, tables, references, comments,
// formulas, files and categories go; of links and headings the text stays.
import { decodeEntities } from './entities.ts';
import { comment, tag } from './html.ts';
import { bytesOf, contentOf, createSpanStripper, MOST_BYTES, type SpanKind, type Stage } from './spans.ts';

const dropped = 'ref math chem gallery timeline score syntaxhighlight source imagemap graph hiero templatedata';
const contents = new Map(dropped.split(' ').map((name) => [name, contentOf(name)]));

const template: SpanKind = { open: '\\{\\{', inner: /(\{\{)|(\}\})|(?!)()/g, limit: MOST_BYTES, close: () => '' };
const table: SpanKind = {
  open: '^[ \\t:*#]*\\{\\|',
  inner: /(^[ \t:*#]*\{\|)|(^[ \t:*#]*\|\})|(?!)()/gm,
  limit: MOST_BYTES,
  close: () => '',
};
// The namespaces of files and categories in English and in the languages of the largest Wikipedias.
const namespaces =
  'File Image Media Category Datei Bild Kategorie Fichier Catégorie Archivo Imagen Categoría Immagine Categoria Ficheiro ' +
  'Imagem Bestand Afbeelding Categorie Plik Grafika Kategoria Файл Изображение Категория Категорія ファイル 画像 カテゴリ ' +
  '文件 檔案 图像 圖像 分类 分類 파일 그림 분류 ملف تصنيف Tập_tin Thể_loại';
const file: SpanKind = {
  open: `\\[\\[[ \\t]*(?:${bytesOf(namespaces).replaceAll(' ', '|').replaceAll('_', '[ _]')})[ \\t]*:`,
  inner: /(\[\[)|(\]\])|(?!)()/g,
  limit: 1 << 14,
  close: () => '',
};

export function stripWiki(): Stage[] {
  const spans = createSpanStripper([
    comment,
    tag((name, whole) => {
      const content = whole.startsWith('</') || whole.endsWith('/>') ? undefined : contents.get(name);
      return content ?? (name === 'br' ? ' ' : '');
    }),
    template,
    table,
    file,
  ]);
  return [{ clean: spans.strip }, { clean: inLines }];
}

function inLines(text: string): string {
  const plain = text
    .replace(/^#redirect.*$/gim, '')
    .replace(/\[\[(?:[^[\]|\n]*\|)?([^[\]\n]*)\]\]/g, '$1')
    .replace(/\[(?:https?:|ftp:|mailto:|\/\/)[^[\] \t\n]*(?:[ \t]([^[\]\n]*))?\]/gi, '$1')
    .replace(/'{2,}/g, '')
    .replace(/__[A-Z]{3,30}__/g, '')
    .replace(/^=.*$/gm, heading)
    .replace(/^[*#:;]+[ \t]?/gm, '');
  return decodeEntities(plain);
}

/** `== History ==` -> `History` */
function heading(line: string): string {
  let [start, end] = [0, line.length];
  const isMark = (at: number) => line[at] === '=' || line[at] === ' ' || line[at] === '\t';
  while (start < end && isMark(start)) start++;
  while (end > start && isMark(end - 1)) end--;
  return line.slice(start, end);
}
