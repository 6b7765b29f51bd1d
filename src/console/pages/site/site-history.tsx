import { useState } from 'react';
import type { SiteContent } from '../../../engine/site/site-content.js';
import type { SitePublishOutcome } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import { useList } from '../../use-api.js';
import { siteWords } from '../../words/site-words.js';
import { useWords } from '../../words/use-words.js';

type Part = {
  readonly isOpen: boolean;
  close(): void;
  /** Takes an older page into what is being written. */
  take(content: SiteContent): void;
  done(outcome: SitePublishOutcome): void;
};

/** Every time that the page was published, to be taken over or put back. */
export function SiteHistory(part: Part) {
  const words = useWords(siteWords);
  return (
    <Dialog isOpen={part.isOpen} close={part.close} title={words.historyTitle}>
      <Entries {...part} />
    </Dialog>
  );
}

function Entries({ take, done }: Part) {
  const words = useWords(siteWords);
  const { items, error, isLoading, hasMore, isAdding, more, again } = useList(
    'GET /site/history',
    {},
  );
  const [wanted, setWanted] = useState<string>();
  const { run, isBusy } = useAction();
  return (
    <>
      {error === undefined ? null : <Failure error={error} again={again} />}
      {isLoading ? <Skeleton lines={5} /> : null}
      <ol className="site-history">
        {items.map((entry) => (
          <li key={entry.number}>
            <p className="site-history-head">
              <code>{entry.version}</code>
              {entry.isInForce ? <Badge tone="good">{words.inForce}</Badge> : null}
              {entry.type === 'rolled_back' ? <Badge>{words.rolledBack}</Badge> : null}
            </p>
            <p className="muted">
              {entry.author === 'files' ? words.files : entry.author}, <Time at={entry.at} />
            </p>
            {entry.comment === undefined ? null : <p>{entry.comment}</p>}
            {wanted === entry.number ? (
              <div className="site-note">
                <p>
                  <strong>{words.putBackTitle}</strong> {words.putBackText}
                </p>
                <div className="site-history-tools">
                  <Button size="small" onClick={() => setWanted(undefined)}>
                    {words.cancel}
                  </Button>
                  <Button
                    size="small"
                    look="primary"
                    isBusy={isBusy}
                    onClick={() =>
                      void run(async () => {
                        const { number } = entry;
                        done(await call('POST /site/rollback', { number }));
                        again();
                      })
                    }
                  >
                    {words.putBack}
                  </Button>
                </div>
              </div>
            ) : (
              <div className="site-history-tools">
                <Button
                  size="small"
                  onClick={() =>
                    void run(async () => {
                      const { number } = entry;
                      take((await call('GET /site/history/:number', { number })).content);
                    })
                  }
                >
                  {words.take}
                </Button>
                {entry.isInForce ? null : (
                  <Button size="small" onClick={() => setWanted(entry.number)}>
                    {words.putBack}
                  </Button>
                )}
              </div>
            )}
          </li>
        ))}
      </ol>
      {hasMore ? (
        <Button isBusy={isAdding} onClick={more}>
          {words.more}
        </Button>
      ) : null}
    </>
  );
}
