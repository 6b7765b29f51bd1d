import { useState, type FormEvent } from 'react';
import type { DonationView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useMoney } from '../../ui/use-money.js';
import { donationWords } from '../../words/donation-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

type Props = {
  readonly view: DonationView;
  readonly isOpen: boolean;
  close(): void;
  refunded(view: DonationView): void;
};

/** Returns a donation or a part of it, once the agent authorised it. */
export function RefundDialog(props: Props) {
  const words = useWords(donationWords);
  return (
    <Dialog
      isOpen={props.isOpen}
      close={props.close}
      title={words.refundTitle(props.view.reference)}
    >
      <RefundForm {...props} />
    </Dialog>
  );
}

function RefundForm({ view, close, refunded }: Props) {
  const words = useWords(donationWords);
  const { language } = useLanguage();
  const money = useMoney();
  const toast = useToast();
  const { run, isBusy, failure, errorOf, failureText } = useAction();
  // The same for every press of this dialog, so that one that is repeated returns once.
  const [key] = useState(() => crypto.randomUUID());
  const left = view.returnableCents;
  const [amount, setAmount] = useState(() => writePlain(left, language));
  const [by, setBy] = useState(view.agent);
  const [reason, setReason] = useState('');
  const [isAgreed, setAgreed] = useState(false);
  const cents = readCents(amount);
  const wrong =
    cents === undefined
      ? words.refundUnclear
      : cents > left
        ? words.refundTooMuch(money(left, view.currency))
        : undefined;
  const refusals: Readonly<Record<string, string>> = words.refusals;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (cents === undefined) return;
    await run(async () => {
      const asked = { id: view.id, cents, by, key };
      const next = await call(
        'POST /donations/:id/refund',
        reason.trim() === '' ? asked : { ...asked, reason },
      );
      toast(words.refunded);
      refunded(next);
    }, 'quiet');
  }

  return (
    <form className="form" onSubmit={(event) => void submit(event)}>
      <p>{words.refundText(money(left, view.currency))}</p>
      <TextField
        label={words.refundAmount}
        hint={words.refundAmountHint}
        inputMode="decimal"
        autoComplete="off"
        autoFocus
        value={amount}
        error={wrong ?? errorOf('cents')}
        onChange={({ target }) => setAmount(target.value)}
      />
      <TextField
        label={words.refundBy}
        autoComplete="off"
        maxLength={200}
        value={by}
        error={errorOf('by')}
        onChange={({ target }) => setBy(target.value)}
      />
      <TextField
        label={words.refundReason}
        autoComplete="off"
        maxLength={500}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
      />
      <label className="tick">
        <input
          type="checkbox"
          checked={isAgreed}
          onChange={({ target }) => setAgreed(target.checked)}
        />
        <span>{words.refundAgreed}</span>
      </label>
      {failure === undefined || failure.code === 'invalid' ? null : (
        <p className="form-failure" role="alert">
          {refusals[failure.code] ?? failureText}
        </p>
      )}
      <div className="form-actions">
        <Button onClick={close}>{words.cancel}</Button>
        <Button
          look="danger"
          type="submit"
          isBusy={isBusy}
          disabled={wrong !== undefined || by.trim() === '' || !isAgreed}
        >
          {words.refundDo(money(cents ?? 0, view.currency, true))}
        </Button>
      </div>
    </form>
  );
}

function readCents(amount: string): number | undefined {
  const [, whole, part = ''] =
    /^(\d{1,7})(?:[.,](\d{1,2}))?$/.exec(amount.replaceAll(/[\s\u202f€$]/g, '')) ?? [];
  if (whole === undefined) return undefined;
  const cents = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  return cents > 0 ? cents : undefined;
}

function writePlain(cents: number, language: string): string {
  const text = cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
  return language === 'fr' ? text.replace('.', ',') : text;
}
