import { formatProblem, type Problem } from '../engine/problem.js';

/** The definitions do not allow a start; says every problem. */
export class FlowsError extends Error {
  override readonly name = 'FlowsError';
  constructor(readonly problems: readonly Problem[]) {
    super(
      ['The flows cannot be started.', ...problems.map((problem) => formatProblem(problem))].join(
        '\n',
      ),
    );
  }
}
