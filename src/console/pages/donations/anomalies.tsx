import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { DonationAnomaly } from '../../../staff/api.js';
import { lastDays } from '../../last-days.js';
import { useSession } from '../../session.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { More } from '../../ui/more.js';
import { Section } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { Time } from '../../ui/time.js';
import { useMoney } from '../../ui/use-money.js';
import { useApi, useList } from '../../use-api.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';
import { AnomalyWords } from './anomaly-notice.js';
import { Ledger } from './ledger.js';

/** While nothing was found out yet, it is asked again so often. */
const LOOKING_MS = 700;
/** References shown of one; the others are found by the profile. */
const MOST_REFERENCES = 6;

/** What to look at, with why, what to do and what the law says; and what the ledger comes to. */
export function Anomalies() {
  const words = useWords(donationWords);
  const { session } = useSession();
  const today = lastDays(1, session.campaign.timezone);
  const totals = useApi('GET /donations/totals', today);
  const [isLooking, setLooking] = useState(true);
  const counts = useApi('GET /donations/counts', {}, { everyMs: isLooking ? LOOKING_MS : 0 });
  const at = counts.data?.at;
  if (isLooking && at !== undefined) setLooking(false);
  const list = useList('GET /donations/anomalies', {});
  const again = useRef(list.again);
  again.current = list.again;
  // What was found since the list was read is read too.
  useEffect(() => {
    if (at !== undefined) again.current();
  }, [at]);
  const { currency = 'EUR', country = 'none' } = totals.data ?? {};
  const count = counts.data?.anomalies ?? 0;
  const isBehind = count > 0 && list.items.length === 0;
  const isWaiting = list.isLoading || totals.data === undefined || at === undefined || isBehind;
  return (
    <>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {isWaiting && list.error === undefined ? (
        <div aria-busy="true">
          <p className="muted donation-looking">{words.looking}</p>
          <Skeleton lines={6} />
        </div>
      ) : null}
      {!isWaiting && list.items.length === 0 && list.error === undefined ? (
        <Empty icon="check" title={words.anomaliesNone} text={words.anomaliesNoneText} />
      ) : null}
      {isWaiting || list.items.length === 0 ? null : (
        <>
          <p className="donation-looked">
            <strong>{words.anomaliesCount(count)}</strong>
            {at === undefined ? null : (
              <span className="muted">
                {words.lookedAt} <Time at={at} isShort />
              </span>
            )}
          </p>
          <ul className="anomalies">
            {list.items.map((item) => (
              <Item
                key={`${item.kind} ${item.references.join(' ')}`}
                item={item}
                currency={currency}
                country={country}
              />
            ))}
          </ul>
        </>
      )}
      <More list={list} />
      <Section title={words.ledger}>
        <Ledger />
      </Section>
    </>
  );
}

function Item({
  item,
  currency,
  country,
}: {
  readonly item: DonationAnomaly;
  readonly currency: 'EUR' | 'USD';
  readonly country: 'fr' | 'us' | 'none';
}) {
  const words = useWords(donationWords);
  const money = useMoney();
  const { supporter, name } = item;
  const hidden = item.references.length - MOST_REFERENCES;
  return (
    <li className="card card-body anomaly">
      <AnomalyWords kind={item.kind} country={country} />
      <p className="anomaly-amount">{money(item.cents, currency)}</p>
      <p className="anomaly-donations">
        {name === undefined || name === '' ? null : (
          <SupporterLink id={supporter}>{name}</SupporterLink>
        )}
        {item.references.slice(0, MOST_REFERENCES).map((reference) => (
          <Link key={reference} href={`/donations/${reference}`}>
            <code>{reference}</code>
          </Link>
        ))}
        {hidden > 0 ? <span className="muted">+{hidden}</span> : null}
        <span className="hidden">{words.reference}</span>
      </p>
    </li>
  );
}
