import { useState, type FormEvent } from 'react';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { accountWords } from '../../words/account-words.js';
import { useWords } from '../../words/use-words.js';

/** Changes the password; everywhere else one is signed out. */
export function PasswordSection() {
  const words = useWords(accountWords);
  const { session } = useSession();
  const { run, isBusy, failureText } = useAction();
  const toast = useToast();
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      const known = session.hasPassword ? { current } : {};
      await call('PUT /account/password', { ...known, password });
      setCurrent('');
      setPassword('');
      toast(words.passwordChanged);
    }, 'quiet');
  }

  return (
    <Section title={words.password} text={words.passwordText}>
      <form className="card card-body form" onSubmit={(event) => void save(event)}>
        {failureText === undefined ? null : (
          <p className="form-failure" role="alert">
            {failureText}
          </p>
        )}
        <input type="hidden" autoComplete="username" value={session.email} readOnly />
        <div className="pair">
          {session.hasPassword ? (
            <TextField
              label={words.currentPassword}
              type="password"
              autoComplete="current-password"
              required
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          ) : null}
          <TextField
            label={words.newPassword}
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <div className="form-actions">
          <Button type="submit" isBusy={isBusy}>
            {words.changePassword}
          </Button>
        </div>
      </form>
    </Section>
  );
}
