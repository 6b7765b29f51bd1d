import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import { call } from '../../client.js';
import { useBegin } from '../../session.js';
import { Button } from '../../ui/button.js';
import { useAction } from '../../ui/use-action.js';
import { enterWords } from '../../words/enter-words.js';
import { useWords } from '../../words/use-words.js';
import { CodeField } from './code-field.js';
import { campaignName, DoorHead } from './door-head.js';

/** Signs in with a mailed link; a press is asked for, since mail scanners follow links. */
export function LinkForm({ token }: { readonly token: string }) {
  const words = useWords(enterWords);
  const begin = useBegin();
  const action = useAction();
  const [, go] = useLocation();
  const [code, setCode] = useState('');
  const needsCode = action.failure?.code === 'code_needed' || action.failure?.code === 'wrong_code';
  const isAsking = action.failure?.code === 'code_needed';

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await action.run(async () => {
      await begin(await call('POST /sign-in/link', { token, ...(code === '' ? {} : { code }) }));
      go('/', { replace: true });
    }, 'quiet');
  }

  return (
    <>
      <DoorHead title={campaignName()} text={words.linkText} />
      <div className="card">
        <form className="form card-body" onSubmit={(event) => void submit(event)}>
          {action.failureText === undefined || isAsking ? null : (
            <p className="form-failure" role="alert">
              {action.failureText}
            </p>
          )}
          {needsCode ? <CodeField code={code} write={setCode} /> : null}
          <Button look="primary" type="submit" isBusy={action.isBusy}>
            {words.signIn}
          </Button>
        </form>
      </div>
      <div className="door-foot">
        <a href="/staff">{words.toSignIn}</a>
      </div>
    </>
  );
}
