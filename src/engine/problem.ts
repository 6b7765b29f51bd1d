/** Where something was written: a file, and the line and column counted from 1. */
export type Place = { readonly file: string; readonly line: number; readonly column: number };

/**
 * One mistake of an author, with its place, a stable code (documented in `flows/README.md`) and a
 * sentence that names the cause and the cure.
 */
export type Problem = Place & {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
};

/** Writes a problem as one line: `flows/welcome.yaml:14:9 error unknown-step  step "email" …`. */
export function formatProblem(problem: Problem): string {
  const { file, line, column, severity, code, message } = problem;
  return `${file}:${line}:${column} ${severity} ${code}  ${message}`;
}
