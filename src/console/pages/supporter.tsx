import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import type { SupporterView } from '../../staff/api.js';
import { useSession } from '../session.js';
import { Badge } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Failure } from '../ui/failure.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { useApi } from '../use-api.js';
import { useLive } from '../use-live.js';
import { supporterWords } from '../words/supporter-words.js';
import { useWords } from '../words/use-words.js';
import { Consents } from './supporter/consents.js';
import { EditDialog } from './supporter/edit-dialog.js';
import { EraseDialog } from './supporter/erase-dialog.js';
import { Facts } from './supporter/facts.js';
import { History } from './supporter/history.js';
import { Merges } from './supporter/merges.js';

/** One supporter: who they are, what they agreed to, and what was said and done. */
export function Supporter() {
  const { id = '' } = useParams();
  const { data, error, mutate } = useApi('GET /supporters/:id', { id });
  useLive((event) => {
    if (event.type === 'conversation' && event.supporter === id) void mutate();
  });
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) {
    return (
      <div className="page" aria-busy="true">
        <Skeleton lines={10} />
      </div>
    );
  }
  return <Profile view={data} changed={(next) => void mutate(next, { revalidate: false })} />;
}

function Profile({
  view,
  changed,
}: {
  readonly view: SupporterView;
  changed(view: SupporterView): void;
}) {
  const words = useWords(supporterWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const [open, setOpen] = useState<'edit' | 'erase'>();
  const name = view.name === '' ? words.nameless : view.name;
  return (
    <Page
      title={name}
      text={words.since(view.createdAt)}
      actions={
        <>
          {may('inbox.read') ? (
            <Link href={`/inbox/${view.id}`} className="button">
              <Icon name="inbox" size={18} />
              <span>{words.conversation}</span>
            </Link>
          ) : null}
          {may('supporters.export') ? (
            <a className="button" href={`/staff/api/supporters/${view.id}/export`} download>
              <Icon name="download" size={18} />
              <span>{words.export}</span>
            </a>
          ) : null}
          {may('supporters.erase') ? (
            <Button icon="trash" onClick={() => setOpen('erase')}>
              {words.erase}
            </Button>
          ) : null}
          {may('supporters.write') ? (
            <Button look="primary" icon="edit" onClick={() => setOpen('edit')}>
              {words.edit}
            </Button>
          ) : null}
        </>
      }
    >
      {view.isWithTeam ? (
        <p className="badges">
          <Badge tone="accent">{words.withTeam}</Badge>
        </p>
      ) : null}
      <div className="profile">
        <div className="profile-side">
          <Facts view={view} />
          <Consents view={view} changed={changed} />
          <Merges view={view} />
        </div>
        <History id={view.id} />
      </div>
      <EditDialog
        view={view}
        isOpen={open === 'edit'}
        close={() => setOpen(undefined)}
        changed={changed}
      />
      <EraseDialog
        id={view.id}
        name={name}
        isOpen={open === 'erase'}
        close={() => setOpen(undefined)}
        erased={() => go('/supporters', { replace: true })}
      />
    </Page>
  );
}
