import { useState, type FormEvent } from 'react';
import { call } from '../../client.js';
import { useBegin } from '../../session.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { useAction } from '../../ui/use-action.js';
import { enterWords } from '../../words/enter-words.js';
import { useWords } from '../../words/use-words.js';
import { CodeField } from './code-field.js';
import { campaignName, DoorHead } from './door-head.js';

/** Signs in with a password, and a code where there is a second factor; or asks for a link by mail. */
export function SignInForm() {
  const words = useWords(enterWords);
  const begin = useBegin();
  const action = useAction();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [asksCode, setAsksCode] = useState(false);
  const [isMailed, setMailed] = useState(false);
  const needsCode = asksCode || action.failure?.code === 'code_needed';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await action.run(async () => {
      const withCode = needsCode && code !== '' ? { code } : {};
      await begin(await call('POST /sign-in', { email, password, ...withCode }));
    }, 'quiet');
  }

  async function mail(): Promise<void> {
    await action.run(async () => {
      await call('POST /sign-in/mail', { email });
      setMailed(true);
    }, 'quiet');
  }

  if (isMailed) return <DoorHead title={words.mailed} text={words.mailedText} />;
  const isAsking = action.failure?.code === 'code_needed';
  return (
    <>
      <DoorHead title={campaignName()} text={words.signInText} />
      <div className="card">
        <form
          className="form card-body"
          onSubmit={(event) => {
            setAsksCode(needsCode);
            void submit(event);
          }}
        >
          {action.failureText === undefined || isAsking ? null : (
            <p className="form-failure" role="alert">
              {action.failureText}
            </p>
          )}
          <TextField
            label={words.email}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <TextField
            label={words.password}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
          {needsCode ? <CodeField code={code} write={setCode} /> : null}
          <Button look="primary" type="submit" isBusy={action.isBusy}>
            {words.signIn}
          </Button>
        </form>
      </div>
      <div className="door-foot">
        <button
          type="button"
          className="link-button"
          onClick={() => void mail()}
          aria-disabled={email === ''}
        >
          {words.byMail}
        </button>
      </div>
    </>
  );
}
