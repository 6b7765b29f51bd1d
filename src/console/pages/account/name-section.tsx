import { useState, type FormEvent } from 'react';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { accountWords } from '../../words/account-words.js';
import { roleWords } from '../../words/role-words.js';
import { useWords } from '../../words/use-words.js';

/** Who one is to the others. */
export function NameSection() {
  const words = useWords(accountWords);
  const roles = useWords(roleWords);
  const { session, renew } = useSession();
  const [name, setName] = useState(session.name);
  const { run, isBusy } = useAction();
  const toast = useToast();

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      renew(await call('PATCH /account', { name }));
      toast(words.saved);
    });
  }

  return (
    <Section title={words.you} text={`${session.email} · ${roles[session.role]}`}>
      <form className="card card-body form" onSubmit={(event) => void save(event)}>
        <TextField
          label={words.name}
          autoComplete="name"
          required
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="form-actions">
          <Button type="submit" isBusy={isBusy} disabled={name.trim() === session.name}>
            {words.save}
          </Button>
        </div>
      </form>
    </Section>
  );
}
