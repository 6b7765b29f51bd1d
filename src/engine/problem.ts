import { tell, type Sentence, type SentenceTable } from './sentence.js';

/** Where something was written: a file, and the line and column counted from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/**
 * One mistake of an author, with its place, a stable code (documented in `flows/README.md`) and a
 * sentence that names the cause and the cure.
 */
export type Problem = Place & {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** The sentence in English. */
  readonly message: string;
  /** The same, to be told in another language; absent where only English has it. */
  readonly sentence?: Sentence;
};

/** An error at a place. */
export function mistakeAt(
  { file, line, column }: Place,
  code: string,
  sentence: Sentence,
): Problem {
  return { file, line, column, severity: 'error', code, message: tell(sentence), sentence };
}

/** What a problem says, in the language of a table as far as it has it, else in English. */
export function tellProblem({ message, sentence }: Problem, table?: SentenceTable): string {
  return sentence === undefined ? message : tell(sentence, table);
}

/** Writes a problem as one line: `flows/welcome.yaml:14:9 error unknown-step  step "email" …`. */
export function formatProblem(problem: Problem): string {
  return writeProblem(problem);
}

/** The same line in the language of a table. */
export function writeProblem(problem: Problem, table?: SentenceTable): string {
  const { file, line, column, severity, code } = problem;
  return `${file}:${line}:${column} ${severity} ${code}  ${tellProblem(problem, table)}`;
}
