// A file name, or a word, as the user's shell takes it, for commands in messages.

/** As it is where it is plain; else in single quotes, on Windows in double ones, since cmd passes single ones on. */
export function quotedForShell(name: string): string {
  return quotedFor(name, process.platform);
}

export function quotedFor(name: string, platform: string): string {
  if (platform === 'win32') return /^[\w@+=:,./\\~-]+$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
  return /^[\w@%+=:,./-]+$/.test(name) ? name : `'${name.replaceAll("'", "'\\''")}'`;
}
