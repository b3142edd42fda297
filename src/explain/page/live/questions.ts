// Checks the reader's answer to a question.
import type { Strings } from '../../strings/strings.ts';

export function answerQuestion(form: HTMLFormElement, { page }: Strings): void {
  const text = form
    .querySelector('input')!
    .value.replace(/,(?=\d{3}\b)/g, '')
    .trim();
  const output = form.querySelector('output')!;
  const given = Number(text);
  if (text === '' || !Number.isFinite(given)) {
    output.textContent = page.noNumber;
    return;
  }
  const answer = Number(form.dataset.answer);
  const isRight = Math.abs(given - answer) <= Number(form.dataset.tolerance) + 1e-9;
  output.textContent = isRight ? `✓ ${page.right}` : `✗ ${page.wrong(given < answer)}`;
  if (isRight) form.parentElement!.querySelector('details')!.open = true;
}
