import { useState } from 'react';
import { Link, useParams } from 'wouter';
import type { DonationView } from '../../../staff/api.js';
import { useSession } from '../../session.js';
import { Awaited } from '../../ui/awaited.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Icon } from '../../ui/icon.js';
import { Page } from '../../ui/page.js';
import { useMoney } from '../../ui/use-money.js';
import { useApi } from '../../use-api.js';
import { useFresh } from '../../use-fresh.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';
import { AnomalyWords } from './anomaly-notice.js';
import { DonorBalanceCard } from './donor-balance.js';
import { DonationHistory } from './donation-history.js';
import { DonationRecord } from './donation-record.js';
import { STATE_TONES } from './donation-table.js';
import { RefundDialog } from './refund-dialog.js';
import './donations.css';

/** How often a donation under way is looked at while much happens. */
const UNDER_WAY_MS = 5_000;

/** One donation: what became of it, what the account has to say of it, and what its giver gave in all. */
export function DonationPage() {
  const words = useWords(donationWords);
  const { id = '' } = useParams();
  const { data, error, mutate } = useApi('GET /donations/:id', { id });
  // Only while it may still be paid: each look is entered into the audit log.
  const isUnderWay = data?.state === 'open' || data?.state === 'pending';
  useFresh(() => isUnderWay && void mutate(), UNDER_WAY_MS);
  if (error !== undefined || data === undefined) {
    return (
      <Page title={words.title}>
        <Awaited error={error} again={() => void mutate()} lines={10} />
      </Page>
    );
  }
  return <OneDonation view={data} changed={(next) => void mutate(next, { revalidate: false })} />;
}

function OneDonation({
  view,
  changed,
}: {
  readonly view: DonationView;
  changed(view: DonationView): void;
}) {
  const words = useWords(donationWords);
  const money = useMoney();
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const { supporter, currency, reference } = view;
  return (
    <Page
      title={words.donationOf(money(view.cents, currency, true))}
      actions={
        <>
          {supporter !== undefined && may('supporters.read') ? (
            <Link href={`/supporters/${supporter}`} className="button">
              <Icon name="people" size={18} />
              <span>{words.profile}</span>
            </Link>
          ) : null}
          {may('donations.write') && view.returnableCents > 0 ? (
            <Button icon="undo" disabled={view.isDisputed} onClick={() => setOpen(true)}>
              {words.refund}
            </Button>
          ) : null}
        </>
      }
    >
      <p className="trail">
        <Link href="/donations">{words.title}</Link>
        <Icon name="right" size={16} />
        <code>{reference}</code>
        <Badge tone={STATE_TONES[view.state]}>{words.states[view.state]}</Badge>
        {view.isTrial ? <Badge>{words.trialBadge}</Badge> : null}
      </p>
      {view.anomalies.map(({ kind, cents }) => (
        <div className="anomaly anomaly-here" key={`${kind} ${cents}`}>
          <AnomalyWords kind={kind} country={view.country} />
          <p className="anomaly-amount">{money(cents, currency)}</p>
        </div>
      ))}
      <div className="beside donation-beside">
        <DonationRecord view={view} />
        <div className="donation-panel">
          <DonorBalanceCard balance={view.balance} currency={currency} />
          <DonationHistory view={view} />
        </div>
      </div>
      <RefundDialog
        view={view}
        isOpen={isOpen}
        close={() => setOpen(false)}
        refunded={(next) => {
          setOpen(false);
          changed(next);
        }}
      />
    </Page>
  );
}
