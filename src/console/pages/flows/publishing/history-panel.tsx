import { useState } from 'react';
import type { FlowTexts } from '../../../../engine/edit/flow-texts.js';
import type { PublishOutcome } from '../../../../staff/api.js';
import { call } from '../../../client.js';
import { Badge } from '../../../ui/badge.js';
import { Button, IconButton } from '../../../ui/button.js';
import { Dialog } from '../../../ui/dialog.js';
import { Failure } from '../../../ui/failure.js';
import { Skeleton } from '../../../ui/skeleton.js';
import { Time } from '../../../ui/time.js';
import { useAction } from '../../../ui/use-action.js';
import { useApi } from '../../../use-api.js';
import { editorWords } from '../../../words/editor-words.js';
import { publishWords } from '../../../words/publish-words.js';
import { useWords } from '../../../words/use-words.js';
import { textsOf } from '../texts-of.js';

/** Every version that was in force, to be taken over or put back. */
export function HistoryPanel({
  name,
  mayWrite,
  mayPublish,
  take,
  rolledBack,
  close,
}: {
  readonly name: string;
  readonly mayWrite: boolean;
  readonly mayPublish: boolean;
  take(texts: FlowTexts): void;
  rolledBack(outcome: PublishOutcome): void;
  close(): void;
}) {
  const words = useWords(publishWords);
  const { close: closeWord } = useWords(editorWords);
  const { data, error, mutate } = useApi('GET /flows/:name/history', { name });
  const [wanted, setWanted] = useState<string>();
  const { isBusy, run } = useAction();
  const takeOver = (version: string): void => {
    void run(async () => {
      take(textsOf(name, await call('GET /flows/:name/versions/:version', { name, version })));
    });
  };
  const rollBack = (version: string): void => {
    void run(async () => {
      const outcome = await call('POST /flows/:name/rollback', { name, version });
      setWanted(undefined);
      await mutate();
      rolledBack(outcome);
    });
  };
  return (
    <section className="step-panel" aria-label={words.history}>
      <header className="panel-head">
        <h2>{words.history}</h2>
        <IconButton icon="close" label={closeWord} onClick={close} />
      </header>
      <div className="panel-body">
        {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
        {data === undefined && error === undefined ? <Skeleton lines={6} /> : null}
        {data?.items.length === 0 ? <p className="muted">{words.noHistory}</p> : null}
        <ol className="history">
          {(data?.items ?? []).map((entry) => (
            <li key={entry.publication} className="history-entry">
              <p className="history-head">
                <code>{entry.version}</code>
                {entry.isInForce ? <Badge tone="good">{words.inForce}</Badge> : null}
                {entry.type === 'rolled_back' ? <Badge>{words.rolledBack}</Badge> : null}
                {entry.isRetired ? <Badge tone="warn">{words.retired}</Badge> : null}
              </p>
              <p className="muted">
                {entry.author}, <Time at={entry.at} />
              </p>
              {entry.comment === undefined ? null : <p>{entry.comment}</p>}
              <div className="history-tools">
                {mayWrite ? (
                  <Button size="small" onClick={() => takeOver(entry.version)}>
                    {words.compare}
                  </Button>
                ) : null}
                {mayPublish && !entry.isInForce ? (
                  <Button size="small" onClick={() => setWanted(entry.version)}>
                    {words.rollBack}
                  </Button>
                ) : null}
              </div>
            </li>
          ))}
        </ol>
      </div>
      <Dialog
        isOpen={wanted !== undefined}
        close={() => setWanted(undefined)}
        title={words.rollBack}
        actions={
          <>
            <Button onClick={() => setWanted(undefined)}>{words.cancel}</Button>
            <Button
              look="primary"
              isBusy={isBusy}
              onClick={() => wanted !== undefined && rollBack(wanted)}
            >
              {words.rollBack}
            </Button>
          </>
        }
      >
        <p>{words.rollBackText(wanted ?? '')}</p>
      </Dialog>
    </section>
  );
}
