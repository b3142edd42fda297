// The library names settings as a program gives them, `{ minCount: 1 }`; a person at the command line reads
// `--min-count 1`.

/** Options whose name is not the setting's in kebab case. */
const flags: Record<string, string> = {
  learningRate: 'lr',
  temporaryDirectory: 'temporary',
  vocabulary: 'vocab',
  components: 'like',
};

const setting = String.raw`(\w+)(?:: ('[^']*'|[\w.+-]+))?`;
const settings = new RegExp(String.raw`\{ (${setting}(?:, ${setting})*) \}`, 'g');

/** A hint of the library with options for settings: `lower { minCount: 1 }` -> `lower --min-count 1`. */
export function withFlags(hint: string): string {
  return hint.replace(settings, (_whole, list: string) =>
    list.replace(new RegExp(setting, 'g'), (_one, name: string, value?: string) => {
      const flag = flagOf(name);
      return value === undefined || value === 'true' ? flag : `${flag} ${flagValue(name, value)}`;
    }),
  );
}

/** The option of a setting: `minCount` -> `--min-count`, `k` -> `-k`. */
export function flagOf(name: string): string {
  if (name.length === 1) return `-${name}`;
  return `--${flags[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function flagValue(name: string, value: string): string {
  if (name === 'memory') return `${Number(value) / 1e6}MB`;
  return value.replaceAll("'", '');
}
