import { describe, expect, it } from 'vitest';
import { createCompleter, termAt } from '../../src/explorer/complete.ts';

const complete = createCompleter(
  ['the', 'King', 'kingdom', 'kings', 'making', 'ki', 'queen', '__proto__', '<script>'],
  4,
);

describe('completion', () => {
  it.each([
    ['', []],
    ['ki', ['ki', 'King', 'kingdom', 'kings']],
    ['KINGS', ['kings']],
    ['king', ['King', 'kingdom', 'kings', 'making']],
    ['akin', ['making']],
    ['quene', ['queen']],
    ['__', ['__proto__']],
    ['<s', ['<script>']],
    ['zzzz', []],
  ])('of %j is %j', (typed, words) => expect(complete(typed)).toEqual(words));
});

describe('the term at the caret', () => {
  const at = (text: string) => {
    const caret = text.indexOf('|');
    const whole = text.replace('|', '');
    const { term, start, end } = termAt(whole, caret);
    expect(whole.slice(start, end)).toBe(term);
    return term;
  };
  it.each([
    ['ki|', 'ki'],
    ['|', ''],
    ['king - ma|', 'ma'],
    ['ki|ng - man', 'king'],
    ['king - |', ''],
    ['king -|', ''],
    ['king - man + wo|man', 'woman'],
    ['co-op|', 'co-op'],
    ['king |', ''],
  ])('of %j is %j', (text, term) => expect(at(text)).toBe(term));
});
