import { useEffect, useState, type FormEvent } from 'react';
import { Link } from 'wouter';
import type { DuplicateRow, SupporterRow } from '../../staff/api.js';
import { call } from '../client.js';
import { Avatar } from '../ui/avatar.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Empty } from '../ui/empty.js';
import { Failure } from '../ui/failure.js';
import { TextField } from '../ui/field.js';
import { Page } from '../ui/page.js';
import { Skeleton } from '../ui/skeleton.js';
import { Time } from '../ui/time.js';
import { useToast } from '../ui/toast.js';
import { useAction } from '../ui/use-action.js';
import { useApi } from '../use-api.js';
import { duplicatesWords } from '../words/duplicates-words.js';
import { useWords } from '../words/use-words.js';

/** How often it is asked whether the first look is over. */
const LOOK_MS = 1_000;

/** Profiles that may be one person; somebody who knows them decides. */
export function Duplicates() {
  const words = useWords(duplicatesWords);
  const { data, error, mutate } = useApi('GET /duplicates', {});
  const [chosen, setChosen] = useState<DuplicateRow>();
  const isLooking = data !== undefined && data.at === undefined;
  useEffect(() => {
    if (!isLooking) return undefined;
    const timer = setInterval(() => void mutate(), LOOK_MS);
    return () => clearInterval(timer);
  }, [isLooking, mutate]);
  return (
    <Page title={words.title} text={words.text}>
      {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
      {(data === undefined && error === undefined) || isLooking ? <Skeleton lines={6} /> : null}
      {data?.at !== undefined && data.items.length === 0 ? (
        <Empty icon="merge" title={words.none} text={words.noneText} />
      ) : null}
      <div className="groups">
        {data?.items.map((group) => (
          <section className="card" key={group.supporters.map(({ id }) => id).join()}>
            <div className="row">
              <h2>{words.by[group.by]}</h2>
              <Button size="small" icon="merge" onClick={() => setChosen(group)}>
                {words.merge}
              </Button>
            </div>
            <ul className="rows">
              {group.supporters.map((row) => (
                <Candidate key={row.id} row={row} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Dialog isOpen={chosen !== undefined} close={() => setChosen(undefined)} title={words.merge}>
        {chosen === undefined ? null : (
          <MergeForm
            group={chosen}
            done={() => {
              setChosen(undefined);
              void mutate();
            }}
          />
        )}
      </Dialog>
    </Page>
  );
}

function Candidate({ row }: { readonly row: SupporterRow }) {
  const words = useWords(duplicatesWords);
  const name = row.name === '' ? words.nameless : row.name;
  return (
    <li className="row">
      <Link href={`/supporters/${row.id}`} className="who who-link">
        <Avatar name={name} />
        <span className="who-words">
          <span>{name}</span>
          <span>
            {[row.email, row.phone, row.town].filter((one) => one !== undefined).join(' · ')}
          </span>
        </span>
      </Link>
      <span className="muted">
        {words.since} <Time at={row.createdAt} isShort />
      </span>
    </li>
  );
}

function MergeForm({ group, done }: { readonly group: DuplicateRow; done(): void }) {
  const words = useWords(duplicatesWords);
  const [reason, setReason] = useState('');
  const { run, isBusy } = useAction();
  const toast = useToast();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const [kept, ...others] = group.supporters;
    if (kept === undefined) return;
    await run(async () => {
      for (const { id } of others) {
        await call('POST /supporters/:id/merge', { id: kept.id, other: id, reason });
      }
      toast(words.merged);
      done();
    });
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p>{words.mergeText}</p>
      <TextField
        label={words.reason}
        required
        maxLength={500}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="form-actions">
        <Button look="primary" type="submit" isBusy={isBusy}>
          {words.merge}
        </Button>
      </div>
    </form>
  );
}
