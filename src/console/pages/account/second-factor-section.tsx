import { useState, type FormEvent } from 'react';
import type { OutputOf } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/page.js';
import { QrCode } from '../../ui/qr-code.js';
import { Secret } from '../../ui/secret.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { accountWords } from '../../words/account-words.js';
import { useWords } from '../../words/use-words.js';

/** Turns the second factor on, with a picture to scan, or off. */
export function SecondFactorSection() {
  const words = useWords(accountWords);
  const { session, renew } = useSession();
  const [isOpen, setOpen] = useState(false);
  const isOn = session.hasSecondFactor;
  return (
    <Section title={words.factor} text={words.factorText}>
      <div className="card">
        <div className="row">
          <Badge tone={isOn ? 'good' : 'neutral'}>{isOn ? words.factorOn : words.factorOff}</Badge>
          <Button look={isOn ? 'plain' : 'primary'} onClick={() => setOpen(true)}>
            {isOn ? words.turnOff : words.turnOn}
          </Button>
        </div>
      </div>
      <Dialog
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={isOn ? words.turnOff : words.turnOn}
      >
        <FactorForm
          isOn={isOn}
          done={() => {
            setOpen(false);
            renew({ ...session, hasSecondFactor: !isOn });
          }}
        />
      </Dialog>
    </Section>
  );
}

/** Asks for the password first, then for the first code of the new factor. */
function FactorForm({ isOn, done }: { readonly isOn: boolean; done(): void }) {
  const words = useWords(accountWords);
  const toast = useToast();
  const { run, isBusy, failureText } = useAction();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [begun, setBegun] = useState<OutputOf<'POST /account/second-factor'>>();

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    await run(async () => {
      if (isOn) {
        await call('DELETE /account/second-factor', { password });
        toast(words.factorRemoved);
        done();
      } else if (begun === undefined) {
        setBegun(await call('POST /account/second-factor', { password }));
      } else {
        await call('PUT /account/second-factor', { code });
        toast(words.factorAdded);
        done();
      }
    }, 'quiet');
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      {failureText === undefined ? null : (
        <p className="form-failure" role="alert">
          {failureText}
        </p>
      )}
      {begun === undefined ? (
        <TextField
          label={words.currentPassword}
          type="password"
          autoComplete="current-password"
          required
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      ) : (
        <>
          <p>{words.scan}</p>
          <QrCode squares={begun.squares} label={words.scanLabel} />
          <Secret value={begun.secret} label={words.byHand} />
          <TextField
            label={words.firstCode}
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            autoFocus
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        </>
      )}
      <div className="form-actions">
        <Button look={isOn ? 'danger' : 'primary'} type="submit" isBusy={isBusy}>
          {isOn ? words.turnOff : words.goOn}
        </Button>
      </div>
    </form>
  );
}
