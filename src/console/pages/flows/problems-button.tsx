import type { Problem } from '../../../engine/problem.js';
import { editorWords } from '../../words/editor-words.js';
import { flowWords } from '../../words/flow-words.js';
import { useWords } from '../../words/use-words.js';

/** How many mistakes there are, and the way to their list. */
export function ProblemsButton({
  problems,
  isChecked,
  press,
}: {
  readonly problems: readonly Problem[];
  readonly isChecked: boolean;
  press(): void;
}) {
  const words = useWords(editorWords);
  const counts = useWords(flowWords);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  const text =
    errors > 0 ? counts.errors(errors) : warnings > 0 ? counts.warnings(warnings) : words.sound;
  const tone = errors > 0 ? 'bad' : warnings > 0 ? 'warn' : 'good';
  return (
    <button
      type="button"
      className={`badge badge-${tone} problems-button`}
      aria-busy={!isChecked}
      onClick={press}
    >
      {text}
    </button>
  );
}
