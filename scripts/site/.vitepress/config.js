// The documentation as a site. Its pages are the files of docs/ at their places; only the two home pages are the
// site's own.
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Files that become pages, with their addresses. docs/NAME.md is NAME. */
const others = {
  'scripts/site/home.md': 'index.md',
  'scripts/site/home.ko.md': 'ko/index.md',
  'README.md': 'overview.md',
  'README.ko.md': 'ko/overview.md',
  'docs/tutorial.ko.md': 'ko/tutorial.md',
  'build/api.md': 'api.md',
  'CHANGELOG.md': 'changelog.md',
  'CONTRIBUTING.md': 'contributing.md',
  'SECURITY.md': 'reporting.md',
};
const inDocs = { 'docs/:name.md': ':name.md' };

const page = (text, link) => ({ text, link });
const learn = {
  text: 'Learn',
  items: [page('Overview', '/overview'), page('Tutorial', '/tutorial'), page('Which tool?', '/which-tool')],
};
const guides = {
  text: 'Guides',
  items: [
    page('Languages', '/languages'),
    page('Maps and the explorer', '/explorer'),
    page('Clusters', '/cluster'),
    page('Platforms and engines', '/platforms'),
  ],
};
const reference = {
  text: 'Reference',
  items: [
    page('Commands', '/cli'),
    page('Library by example', '/library'),
    page('Library, all names', '/api'),
    page('JSON output', '/json'),
    page('File formats', '/formats'),
    page('Configuration', '/configuration'),
  ],
};
const background = {
  text: 'Explanation',
  items: [
    page('Algorithms', '/algorithms'),
    page('Evaluation', '/evaluation'),
    page('Comparison of methods', '/comparison'),
    page('Quality', '/quality'),
    page('Performance', '/performance'),
    page('Reliability', '/reliability'),
    page('Security', '/security'),
    page('Architecture', '/architecture'),
  ],
};
const project = {
  text: 'Project',
  items: [page('Changes', '/changelog'), page('Contributing', '/contributing'), page('Licenses', '/licenses')],
};
const tries = (lesson, map) => [
  { text: lesson, link: '/lesson.html', target: '_self' },
  { text: map, link: '/map.html', target: '_self' },
];

/** The names of headings as on GitHub, so that links with anchors work on both. */
const slugify = (title) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** Links between files become links between pages; links to files that are no pages here, such as the source, text. */
function linkPages(markdown) {
  markdown.core.ruler.push('link-pages', ({ tokens, env }) => {
    for (const { children } of tokens) {
      const isText = [];
      for (const token of children ?? []) {
        if (token.type === 'link_open') {
          const address = addressOf(token.attrGet('href'), env.realPath ?? env.path);
          isText.push(address === undefined);
          if (address === undefined) [token.tag, token.attrs] = ['span', []];
          else token.attrSet('href', address);
        }
        if (token.type === 'link_close' && isText.pop()) token.tag = 'span';
      }
    }
  });
}

function addressOf(href, from) {
  if (/^(\w+:|#|\/)/.test(href)) return href;
  const [target, anchor] = href.split('#');
  const file = relative(root, join(dirname(from), decodeURI(target))).replaceAll(sep, '/');
  if (!existsSync(join(root, file))) return href; // VitePress reports it
  const page = others[file] ?? /^docs\/([\w-]+\.md)$/.exec(file)?.[1];
  return page && `/${page}${anchor === undefined ? '' : `#${anchor}`}`;
}

const english = [learn, guides, reference, background, project];
const korean = [
  { text: '시작', items: [page('소개', '/ko/overview'), page('튜토리얼', '/ko/tutorial')] },
  { text: '영어 문서', items: [...learn.items.slice(2), ...guides.items, ...reference.items, ...background.items] },
];

export default {
  title: 'w2v',
  description: 'Word vectors from your own text, on the command line',
  srcDir: root,
  outDir: process.env.W2V_SITE ?? join(root, 'site'),
  cacheDir: join(root, 'build', 'site-cache'),
  srcExclude: [
    'src/**',
    'tests/**',
    'bench/**',
    'examples/**',
    'corpora/**',
    'dist/**',
    'site/**',
    'shared/**',
    '.*/**',
  ],
  rewrites: { ...others, ...inDocs },
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: { config: linkPages, anchor: { slugify } },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: {
        nav: [
          page('Tutorial', '/tutorial'),
          page('Commands', '/cli'),
          page('Library', '/library'),
          { text: 'Try', items: tries('Lesson', 'Map of words') },
        ],
        sidebar: english,
      },
    },
    ko: {
      label: '한국어',
      lang: 'ko',
      description: '내 텍스트로 단어 벡터를 만드는 명령줄 도구',
      themeConfig: {
        nav: [
          page('튜토리얼', '/ko/tutorial'),
          page('명령', '/cli'),
          page('라이브러리', '/library'),
          { text: '해 보기', items: tries('강의', '단어 지도') },
        ],
        sidebar: korean,
        outline: { label: '이 페이지' },
        docFooter: { prev: '이전', next: '다음' },
        darkModeSwitchLabel: '화면 모드',
        sidebarMenuLabel: '메뉴',
        returnToTopLabel: '맨 위로',
      },
    },
  },
  themeConfig: {
    i18nRouting: false, // most pages have no Korean version: the language menu leads to the home pages
    outline: [2, 3],
    search: {
      provider: 'local',
      options: { locales: { ko: { translations: { button: { buttonText: '검색', buttonAriaLabel: '검색' } } } } },
    },
  },
};
