// Analogy questions and their answers: a is to b as c is to ?
import { W2vError } from '../errors.ts';
import { checkList } from './search.ts';

export interface Answer {
  word: string;
  /** By 'add' the cosine with b - a + c, -1 .. 1; by 'mul' the quotient, 0 or more. */
  score: number;
}

export type AnalogyQuestion = readonly [a: string, b: string, c: string];

export interface AnalogyOptions {
  /** Answers a question, at least 1. */
  k?: number | undefined;
  /** Answers come from the first so many words only; 0: all. The words asked about may stand anywhere. */
  restrictVocab?: number | undefined;
  /** 'add': 3CosAdd, the default; 'mul': 3CosMul. */
  method?: 'add' | 'mul' | undefined;
}

/** Throws `usage` unless each question has three words, and on a method that does not exist. */
export function checkAnalogies(questions: readonly AnalogyQuestion[], { method }: AnalogyOptions): void {
  checkList(questions, 'questions', 'questions [a, b, c]');
  for (const question of questions) {
    if (Array.isArray(question) && question.length === 3) continue;
    const observed = `the question ${JSON.stringify(question)}, expected three words`;
    throw new W2vError('usage', observed, "ask [['man', 'king', 'woman']]: man is to king as woman is to ...");
  }
  if (method === undefined || method === 'add' || method === 'mul') return;
  throw new W2vError('usage', `the method '${String(method)}', expected 'add' or 'mul'`, 'choose one of them');
}
