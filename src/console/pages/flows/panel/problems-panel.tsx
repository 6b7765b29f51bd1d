import type { Problem } from '../../../../engine/problem.js';
import { IconButton } from '../../../ui/button.js';
import { editorWords } from '../../../words/editor-words.js';
import { useWords } from '../../../words/use-words.js';
import { ProblemList } from './problem-list.js';

/** All mistakes of a flow. */
export function ProblemsPanel({
  problems,
  close,
}: {
  readonly problems: readonly Problem[];
  close(): void;
}) {
  const words = useWords(editorWords);
  return (
    <section className="step-panel" aria-label={words.problems}>
      <header className="panel-head">
        <h2>{words.problems}</h2>
        <IconButton icon="close" label={words.close} onClick={close} />
      </header>
      <div className="panel-body">
        {problems.length === 0 ? <p className="muted">{words.noProblems}</p> : null}
        <ProblemList problems={problems} />
      </div>
    </section>
  );
}
