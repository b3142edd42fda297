// Types of analogy questions (a is to b as c is to ?) and their answers.
import { checkList } from '../check.ts';
import { W2vError } from '../errors.ts';

/** A word that answers an analogy. */
export interface Answer {
  word: string;
  /** With 'add' the cosine with b - a + c, -1 .. 1; with 'mul' the quotient, 0 or more. */
  score: number;
}

/** a is to b as c is to ...? */
export type AnalogyQuestion = readonly [a: string, b: string, c: string];

/** How many answers, from which words, by which method. */
export interface AnalogyOptions {
  /** Answers per question, at least 1. */
  k?: number | undefined;
  /** Answers come only from this many first words; 0: all. The words of the question may be any. */
  restrictVocab?: number | undefined;
  /** 'add': 3CosAdd, the default; 'mul': 3CosMul. */
  method?: 'add' | 'mul' | undefined;
}

/** Throws `usage` unless each question has three words, and for an unknown method. */
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
