import { useState } from 'react';
import type { SiteProblem } from '../../../engine/site/check-site.js';
import type { SiteContent } from '../../../engine/site/site-content.js';
import type { SitePublishOutcome } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { useAction } from '../../ui/use-action.js';
import { siteWords } from '../../words/site-words.js';
import { useWords } from '../../words/use-words.js';
import { siteChanges } from './site-changes.js';
import { usePlaceName } from './use-place-name.js';

/** Shows what would change for everybody, or what is missing, and publishes. */
export function PublishSiteDialog({
  isOpen,
  close,
  before,
  after,
  problems,
  settle,
  done,
}: {
  readonly isOpen: boolean;
  close(): void;
  readonly before: SiteContent;
  readonly after: SiteContent;
  readonly problems: readonly SiteProblem[];
  settle(): Promise<number | undefined>;
  done(outcome: SitePublishOutcome): Promise<void>;
}) {
  const words = useWords(siteWords);
  const nameOf = usePlaceName();
  const [comment, setComment] = useState('');
  const { run, isBusy } = useAction();
  const changes = isOpen ? siteChanges(before, after) : [];
  const publish = (): void => {
    void run(async () => {
      const revision = await settle();
      if (revision === undefined) return;
      const why = comment.trim() === '' ? {} : { comment };
      await done(await call('POST /site/publish', { revision, ...why }));
    });
  };
  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={words.publishTitle}
      actions={
        <>
          <Button onClick={close}>{words.cancel}</Button>
          <Button
            look="primary"
            isBusy={isBusy}
            disabled={problems.length > 0 || changes.length === 0}
            onClick={publish}
          >
            {words.publishNow}
          </Button>
        </>
      }
    >
      {problems.length > 0 ? (
        <>
          <p>{words.problems}</p>
          <ul className="site-problems">
            {problems.map(({ path, code }) => (
              <li key={`${path} ${code}`}>
                <strong>{nameOf(path)}</strong> {words.faults[code]}
              </li>
            ))}
          </ul>
        </>
      ) : changes.length === 0 ? (
        <p>{words.noChanges}</p>
      ) : (
        <>
          <p>{words.publishText}</p>
          <ul className="site-changes">
            {changes.map((change) => (
              <li key={change.path}>
                <strong>{nameOf(change.path)}</strong>
                {change.before === undefined ? null : (
                  <del aria-label={words.before}>{change.before}</del>
                )}
                {change.after === undefined ? null : (
                  <ins aria-label={words.after}>{change.after}</ins>
                )}
              </li>
            ))}
          </ul>
          <TextField
            label={words.comment}
            value={comment}
            maxLength={500}
            onChange={({ target }) => setComment(target.value)}
          />
        </>
      )}
    </Dialog>
  );
}
