import { useState } from 'react';
import type { SupporterView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { channelWords } from '../../words/channel-words.js';
import { purposeWords } from '../../words/purpose-words.js';
import { supporterWords } from '../../words/supporter-words.js';
import { useWords } from '../../words/use-words.js';

/** What they agreed to, with the proof, and how to withdraw all of it for them. */
export function Consents({
  view,
  changed,
}: {
  readonly view: SupporterView;
  changed(view: SupporterView): void;
}) {
  const words = useWords(supporterWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const { may } = useSession();
  const [open, setOpen] = useState<'proof' | 'withdraw'>();
  const { run, isBusy } = useAction();
  const toast = useToast();
  const isAny = view.consentsNow.some(({ given }) => given);

  const withdraw = () =>
    void run(async () => {
      changed(await call('POST /supporters/:id/withdraw', { id: view.id }));
      setOpen(undefined);
      toast(words.withdrawn);
    });

  return (
    <section className="section">
      <h2>{words.consents}</h2>
      {view.consentsNow.length === 0 ? <p className="muted">{words.noConsents}</p> : null}
      <ul className="consents">
        {view.consentsNow.map(({ purpose, given }) => (
          <li key={purpose}>
            <span>{purposes[purpose] ?? purpose}</span>
            <Badge tone={given ? 'good' : 'neutral'}>{given ? words.given : words.refused}</Badge>
          </li>
        ))}
      </ul>
      <div className="badges">
        {view.consentsNow.length === 0 ? null : (
          <Button size="small" onClick={() => setOpen('proof')}>
            {words.proof}
          </Button>
        )}
        {isAny && may('supporters.write') ? (
          <Button size="small" look="quiet" onClick={() => setOpen('withdraw')}>
            {words.withdraw}
          </Button>
        ) : null}
      </div>
      <Dialog isOpen={open === 'proof'} close={() => setOpen(undefined)} title={words.proof}>
        <Proof id={view.id} />
      </Dialog>
      <Dialog
        isOpen={open === 'withdraw'}
        close={() => setOpen(undefined)}
        title={words.withdraw}
        actions={
          <Button look="danger" isBusy={isBusy} onClick={withdraw}>
            {words.withdraw}
          </Button>
        }
      >
        <p>{words.withdrawText}</p>
      </Dialog>
    </section>
  );
}

function Proof({ id }: { readonly id: string }) {
  const words = useWords(supporterWords);
  const purposes: Readonly<Record<string, string>> = useWords(purposeWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const { data, error } = useApi('GET /supporters/:id/consents', { id });
  if (error !== undefined) return <Failure error={error} />;
  if (data === undefined) return <Skeleton lines={5} />;
  return (
    <ol className="proofs">
      {data.items.map((consent) => (
        <li key={`${consent.purpose} ${consent.channel ?? ''} ${consent.at} ${consent.source}`}>
          <p className="badges">
            <strong>{purposes[consent.purpose] ?? consent.purpose}</strong>
            {consent.channel === undefined ? null : (
              <Badge>{channels[consent.channel] ?? consent.channel}</Badge>
            )}
            <Badge tone={consent.given ? 'good' : 'neutral'}>
              {consent.given ? words.given : words.refused}
            </Badge>
          </p>
          {consent.wording === '' ? null : (
            <blockquote lang={consent.language}>{consent.wording}</blockquote>
          )}
          <p className="muted">
            <Time at={consent.at} /> · {consent.source} · {consent.version}
          </p>
        </li>
      ))}
    </ol>
  );
}
