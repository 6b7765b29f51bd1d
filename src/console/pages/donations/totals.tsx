import type { DonationTotals } from '../../../staff/api.js';
import { Icon } from '../../ui/icon.js';
import { useMoney } from '../../ui/use-money.js';
import { channelWords } from '../../words/channel-words.js';
import { donationWords } from '../../words/donation-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import { DonationDays } from './donation-days.js';

/** What came in in a time: the figures, the days and the channels. */
export function Totals({ totals }: { readonly totals: DonationTotals }) {
  const words = useWords(donationWords);
  const { language } = useLanguage();
  const money = useMoney();
  const { currency, gifts } = totals;
  return (
    <div className="donation-totals">
      {totals.isTrial ? (
        <p className="alert-line">
          <Icon name="info" />
          <span>{words.trial}</span>
        </p>
      ) : null}
      <dl className="figures">
        <div className="card figure">
          <dt>{words.kept}</dt>
          <dd>{money(totals.keptCents, currency, true)}</dd>
        </div>
        <div className="card figure">
          <dt>{words.donations}</dt>
          <dd>{new Intl.NumberFormat(language).format(gifts)}</dd>
        </div>
        <div className="card figure">
          <dt>{words.average}</dt>
          <dd>{gifts === 0 ? '–' : money(Math.round(totals.paidCents / gifts), currency, true)}</dd>
        </div>
        <div className="card figure">
          <dt>{words.returned}</dt>
          <dd>{money(totals.returnedCents, currency, true)}</dd>
        </div>
      </dl>
      {gifts === 0 ? null : (
        <div className="donation-charts">
          <DonationDays totals={totals} />
          <Channels totals={totals} />
        </div>
      )}
    </div>
  );
}

function Channels({ totals }: { readonly totals: DonationTotals }) {
  const words = useWords(donationWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const money = useMoney();
  const most = Math.max(1, ...totals.channels.map(({ cents }) => cents));
  return (
    <section className="card card-body">
      <h2>{words.perChannel}</h2>
      <dl className="bars">
        {totals.channels.map(({ channel, cents }) => (
          <div key={channel}>
            <dt>{channel === '' ? words.unknownChannel : (channels[channel] ?? channel)}</dt>
            <dd>{money(cents, totals.currency, true)}</dd>
            <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="6" rx="3" className="bar-ground" />
              <rect
                width={(Math.max(0, cents) / most) * 100}
                height="6"
                rx="3"
                className="bar-fill"
              />
            </svg>
          </div>
        ))}
      </dl>
    </section>
  );
}
