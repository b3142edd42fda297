// Converts the files of a package to plain text, one paragraph, speech or gloss per line. A catalog entry names its
// method.

/** Names of the cleaning methods in catalog entries. */
const cleanings = {
  'json-text': jsonText,
  'json-fields': jsonFields,
  'json-messages': jsonMessages,
  'wordnet-gloss': wordnetGloss,
} as const;

export type Cleaning = keyof typeof cleanings;

/** The text of one file as lines: trimmed, with single spaces, without empty lines. */
export function cleanFile(text: string, cleaning: Cleaning): string[] {
  return cleanings[cleaning](text)
    .map((line) => decodeEntities(line).replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}

/** `{"text": "..."}`: its paragraphs. */
function jsonText(json: string): string[] {
  const { text } = JSON.parse(json) as { text: string };
  return text.split('\n');
}

/**
 * Nested `{"Terrain": {"text": "mostly flat plains ++ hills in the west"}}`: `Terrain: mostly flat plains`, then the
 * next.
 */
function jsonFields(json: string): string[] {
  const lines: string[] = [];
  const visit = (value: unknown, label: string) => {
    if (typeof value === 'string') {
      const parts = value.split(/\s*\+\+\s*|\n/).filter((part) => part.trim() !== '');
      if (parts.length > 0) lines.push(`${label}: ${parts[0]}`, ...parts.slice(1));
    } else if (value !== null && typeof value === 'object') {
      for (const [key, child] of Object.entries(value)) visit(child, key === 'text' ? label : key);
    }
  };
  visit(JSON.parse(json), '');
  return lines;
}

/** `{"id": "'{0}' is not a type."}`: its messages, without the places that a program fills. */
function jsonMessages(json: string): string[] {
  return Object.values(JSON.parse(json) as Record<string, string>).map((message) =>
    message.replace(/'?\{\d+\}'?/g, ''),
  );
}

/**
 * WordNet's data files (wndb(5WN)): what follows the bar is the gloss; lines that begin with a space are the license.
 */
function wordnetGloss(data: string): string[] {
  return data.split('\n').flatMap((line) => {
    const bar = line.indexOf(' | ');
    return line.startsWith(' ') || bar < 0 ? [] : [line.slice(bar + 3)];
  });
}

const entities: Record<string, string> = { '&quot;': '"', '&mdash;': '—', '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function decodeEntities(text: string): string {
  return text.replace(/&(?:quot|mdash|amp|lt|gt);/g, (entity) => entities[entity]);
}
