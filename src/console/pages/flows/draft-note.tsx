import { editorWords } from '../../words/editor-words.js';
import { useWords } from '../../words/use-words.js';
import type { DraftState } from './use-draft.js';

/** How what is written stands to what is kept. */
export function DraftNote({
  state,
  isWritable,
}: {
  readonly state: DraftState;
  readonly isWritable: boolean;
}) {
  const words = useWords(editorWords);
  return (
    <p className={`draft-note draft-${state}`} role="status">
      {isWritable ? (state === 'conflict' ? words.conflict : words[state]) : words.readOnly}
    </p>
  );
}
