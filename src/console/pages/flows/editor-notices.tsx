import type { FlowView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { useAction } from '../../ui/use-action.js';
import { editorWords } from '../../words/editor-words.js';
import { useWords } from '../../words/use-words.js';
import type { Draft } from './use-draft.js';

/** What stands in the way of what is written here: another's work, another version, a mistake of syntax. */
export function EditorNotices({
  view,
  draft,
  isBroken,
  isWritable,
  reload,
}: {
  readonly view: FlowView;
  readonly draft: Draft;
  readonly isBroken: boolean;
  readonly isWritable: boolean;
  reload(): void;
}) {
  const words = useWords(editorWords);
  const { isBusy, run } = useAction();
  const isOvertaken = view.revision > 0 && view.base !== view.inForce;
  const discard = async (): Promise<void> => {
    await call('DELETE /flows/:name/draft', { name: view.name, revision: draft.revision() });
    reload();
  };
  return (
    <>
      {draft.state === 'conflict' ? (
        <div className="notice notice-bad" role="alert">
          <p>
            {words.conflict} {words.conflictText}
          </p>
          <Button size="small" onClick={() => draft.settle('mine')}>
            {words.keepMine}
          </Button>
          <Button size="small" onClick={() => draft.settle('theirs')}>
            {words.takeTheirs}
          </Button>
        </div>
      ) : null}
      {isOvertaken ? (
        <div className="notice">
          <p>{words.overtaken}</p>
          {isWritable ? (
            <Button size="small" isBusy={isBusy} onClick={() => void run(discard)}>
              {words.discard}
            </Button>
          ) : null}
        </div>
      ) : null}
      {isBroken ? (
        <div className="notice notice-bad" role="status">
          <p>{words.broken}</p>
        </div>
      ) : null}
    </>
  );
}
