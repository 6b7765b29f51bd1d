import { useState, type FormEvent } from 'react';
import { useSWRConfig } from 'swr';
import type { Role } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { Secret } from '../../ui/secret.js';
import { useAction } from '../../ui/use-action.js';
import { teamWords } from '../../words/team-words.js';
import { useWords } from '../../words/use-words.js';
import { RoleField } from './role-field.js';

/** Invites somebody, and shows the link once. */
export function InviteDialog({ isOpen, close }: { readonly isOpen: boolean; close(): void }) {
  const words = useWords(teamWords);
  return (
    <Dialog isOpen={isOpen} close={close} title={words.invite}>
      <InviteForm close={close} />
    </Dialog>
  );
}

function InviteForm({ close }: { close(): void }) {
  const words = useWords(teamWords);
  const { mutate } = useSWRConfig();
  const { run, isBusy, failureText } = useAction();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('organiser');
  const [link, setLink] = useState<string>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      const invited = await call('POST /team', { email, name, role });
      setLink(invited.link);
      await mutate(['GET /team', {}]);
    }, 'quiet');
  }

  if (link !== undefined) {
    return (
      <>
        <p>{words.invited(email)}</p>
        <Secret value={link} label={words.link} />
        <div className="form-actions">
          <Button look="primary" onClick={close}>
            {words.done}
          </Button>
        </div>
      </>
    );
  }
  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {failureText === undefined ? null : (
        <p className="form-failure" role="alert">
          {failureText}
        </p>
      )}
      <TextField
        label={words.email}
        type="email"
        autoComplete="off"
        required
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label={words.name}
        autoComplete="off"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <RoleField role={role} choose={setRole} />
      <div className="form-actions">
        <Button look="primary" type="submit" isBusy={isBusy}>
          {words.send}
        </Button>
      </div>
    </form>
  );
}
