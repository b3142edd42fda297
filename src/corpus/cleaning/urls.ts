// `--strip urls`: addresses of the web and of e-mail. An address ends at the first character that is not ASCII, so that
// endings that are written to it in Korean or Japanese stay; punctuation after it stays too.
import type { Stage } from './stage.ts';

const url = /(?:https?:\/\/|ftp:\/\/|\bwww\.)[!#-;=?-~]+/gi;
const mail = /(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/gi;

export function stripUrls(): Stage[] {
  const ending = (whole: string) => /[.,;:!?'")\]}*_]*$/.exec(whole.slice(-8))![0];
  return [{ clean: (text) => text.replace(url, ending).replace(mail, '') }];
}
