import type { Place, Problem } from '../problem.js';
import { tell, type Sentence } from '../sentence.js';
import type { ProblemCode } from './codes.js';

/** Collects problems while files are read and checked. */
export type Report = {
  error(place: Place, code: ProblemCode, sentence: Sentence): void;
  warning(place: Place, code: ProblemCode, sentence: Sentence): void;
  /** Takes over problems found elsewhere. */
  add(problems: Iterable<Problem>): void;
  readonly problems: readonly Problem[];
};

/** Creates an empty report. */
export function createReport(): Report {
  const problems: Problem[] = [];
  const push =
    (severity: Problem['severity']) =>
    ({ file, line, column }: Place, code: ProblemCode, sentence: Sentence): void => {
      problems.push({ file, line, column, severity, code, message: tell(sentence), sentence });
    };
  return {
    error: push('error'),
    warning: push('warning'),
    add: (more) => {
      problems.push(...more);
    },
    problems,
  };
}

/** Orders problems by file, line and column, and drops what is said twice. */
export function sortProblems(problems: Iterable<Problem>): readonly Problem[] {
  const sorted = [...problems].sort(
    (a, b) =>
      compareText(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compareText(a.code, b.code) ||
      compareText(a.message, b.message),
  );
  return sorted.filter((problem, index) => {
    const before = sorted[index - 1];
    return (
      before === undefined ||
      before.file !== problem.file ||
      before.line !== problem.line ||
      before.column !== problem.column ||
      before.code !== problem.code ||
      before.message !== problem.message
    );
  });
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
