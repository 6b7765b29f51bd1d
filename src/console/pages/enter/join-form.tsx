import { useEffect, useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { OutputOf } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { useBegin } from '../../session.js';
import { Button } from '../../ui/button.js';
import { useFailureText } from '../../ui/failure.js';
import { TextField } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useAction } from '../../ui/use-action.js';
import { enterWords } from '../../words/enter-words.js';
import { useWords } from '../../words/use-words.js';
import { campaignName, DoorHead } from './door-head.js';

const SHORTEST_PASSWORD = 10;

/** Accepts an invitation: a name, a password, and one is in. */
export function JoinForm({ token }: { readonly token: string }) {
  const words = useWords(enterWords);
  const say = useFailureText();
  const begin = useBegin();
  const action = useAction();
  const [, go] = useLocation();
  const [invitation, setInvitation] = useState<OutputOf<'POST /join/look'>>();
  const [refused, setRefused] = useState<unknown>();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');

  useEffect(() => {
    let isGone = false;
    call('POST /join/look', { token }).then(
      (found) => !isGone && setInvitation(found),
      (error: unknown) => !isGone && setRefused(error),
    );
    return () => {
      isGone = true;
    };
  }, [token]);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const first = invitation?.first === true ? { email } : {};
    await action.run(async () => {
      await begin(await call('POST /join', { token, name, password, ...first }));
      go('/', { replace: true });
    }, 'quiet');
  }

  if (refused !== undefined) {
    return (
      <>
        <DoorHead
          title={
            refused instanceof ApiFailure && refused.status === 410 ? words.gone : words.failed
          }
          text={say(refused)}
        />
        <div className="door-foot">
          <a href="/staff">{words.toSignIn}</a>
        </div>
      </>
    );
  }
  if (invitation === undefined) return <Skeleton lines={5} />;
  return (
    <>
      <DoorHead
        title={invitation.first ? words.first : words.join(campaignName())}
        text={invitation.first ? words.firstText : (invitation.email ?? '')}
      />
      <div className="card">
        <form className="form card-body" onSubmit={(event) => void submit(event)}>
          {action.failureText === undefined ? null : (
            <p className="form-failure" role="alert">
              {action.failureText}
            </p>
          )}
          {invitation.first ? (
            <TextField
              label={words.email}
              type="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          ) : (
            // So that password managers know whose it is.
            <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
          )}
          <TextField
            label={words.name}
            autoComplete="name"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label={words.newPassword}
            hint={words.passwordHint}
            type="password"
            autoComplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          <Button look="primary" type="submit" isBusy={action.isBusy}>
            {words.begin}
          </Button>
        </form>
      </div>
    </>
  );
}
