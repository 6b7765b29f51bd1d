import { useState, type FormEvent } from 'react';
import { Link, useLocation } from 'wouter';
import { useSWRConfig } from 'swr';
import type { SupporterView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { SearchField, TextField } from '../../ui/field.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { useLater } from '../../use-later.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useWords } from '../../words/use-words.js';

/** What this profile was made of, and how to merge another into it or take one out again. */
export function Merges({ view }: { readonly view: SupporterView }) {
  const words = useWords(supporterWords);
  const { may } = useSession();
  const { mutate } = useSWRConfig();
  const { run, isBusy } = useAction();
  const [isOpen, setOpen] = useState(false);
  const toast = useToast();
  if (view.merges.length === 0 && !may('supporters.merge')) return null;

  const undo = (id: string) =>
    void run(async () => {
      await call('POST /merges/:id/undo', { id });
      await mutate(['GET /supporters/:id', { id: view.id }]);
      toast(words.undone);
    });

  return (
    <section className="section">
      <h2>{words.merges}</h2>
      <ul className="consents">
        {view.merges.map(({ id, at, proof, reason, undoneAt, canUndo }) => (
          <li key={id}>
            <span>
              {words.proofs[proof]}
              {reason === undefined ? '' : ` – ${reason}`}{' '}
              <span className="muted">
                <Time at={at} isShort />
              </span>
            </span>
            {undoneAt === undefined ? null : <span className="muted">{words.isUndone}</span>}
            {canUndo && may('supporters.merge') ? (
              <Button size="small" icon="undo" isBusy={isBusy} onClick={() => undo(id)}>
                {words.undo}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {may('supporters.merge') ? (
        <div>
          <Button size="small" icon="merge" onClick={() => setOpen(true)}>
            {words.mergeWith}
          </Button>
        </div>
      ) : null}
      <Dialog isOpen={isOpen} close={() => setOpen(false)} title={words.mergeWith}>
        <MergeForm id={view.id} close={() => setOpen(false)} />
      </Dialog>
    </section>
  );
}

function MergeForm({ id, close }: { readonly id: string; close(): void }) {
  const words = useWords(supporterWords);
  const { mutate } = useSWRConfig();
  const [, go] = useLocation();
  const [typed, setTyped] = useState('');
  const [other, setOther] = useState<{ readonly id: string; readonly name: string }>();
  const [reason, setReason] = useState('');
  const { run, isBusy } = useAction();
  const toast = useToast();
  const q = useLater(typed.trim());
  const { data } = useApi('GET /supporters', q === '' ? undefined : { q, limit: 6 });

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (other === undefined) return;
    await run(async () => {
      await call('POST /supporters/:id/merge', { id, other: other.id, reason });
      await mutate(['GET /supporters/:id', { id }]);
      toast(words.merged);
      close();
      go(`/supporters/${id}`);
    });
  }

  if (other === undefined) {
    return (
      <>
        <p className="muted">{words.mergeText}</p>
        <SearchField
          label={words.searchOther}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <ul className="choices">
          {(data?.items ?? [])
            .filter((row) => row.id !== id)
            .map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  className="choice"
                  onClick={() =>
                    setOther({ id: row.id, name: row.name === '' ? words.nameless : row.name })
                  }
                >
                  <span>{row.name === '' ? words.nameless : row.name}</span>
                  <span className="muted">{row.email ?? row.phone ?? row.id.slice(0, 8)}</span>
                </button>
              </li>
            ))}
        </ul>
      </>
    );
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p>
        {words.mergeOf(other.name)} <Link href={`/supporters/${other.id}`}>{words.look}</Link>
      </p>
      <TextField
        label={words.reason}
        required
        maxLength={500}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="form-actions">
        <Button onClick={() => setOther(undefined)}>{words.back}</Button>
        <Button look="primary" type="submit" isBusy={isBusy}>
          {words.merge}
        </Button>
      </div>
    </form>
  );
}
