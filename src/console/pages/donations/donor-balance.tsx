import type { DonorBalance } from '../../../staff/api.js';
import { useMoney } from '../../ui/use-money.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';

/** What one person gave to the election, as a bar against the ceiling of the law. */
export function DonorBalanceCard({
  balance,
  currency,
}: {
  readonly balance: DonorBalance;
  readonly currency: string;
}) {
  const words = useWords(donationWords);
  const money = useMoney();
  const { givenCents, reservedCents, ceilingCents, leftCents = 0, excessCents } = balance;
  const given = money(givenCents, currency, true);
  const share = (cents: number): number =>
    ceilingCents === undefined ? 0 : Math.min(100, (cents / ceilingCents) * 100);
  return (
    <section className="card card-body donor-balance">
      <h2>{words.balance}</h2>
      <p className="donor-given">
        {ceilingCents === undefined
          ? given
          : words.balanceOf(given, money(ceilingCents, currency, true))}
      </p>
      {ceilingCents === undefined ? (
        <p className="muted">{words.noCeiling}</p>
      ) : (
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          <rect width="100" height="6" rx="3" className="bar-ground" />
          <rect width={share(givenCents + reservedCents)} height="6" rx="3" className="bar-held" />
          <rect
            width={share(givenCents)}
            height="6"
            rx="3"
            className={excessCents > 0 ? 'bar-over' : 'bar-fill'}
          />
        </svg>
      )}
      <ul className="muted">
        <li>{words.donationCount(balance.gifts)}</li>
        {reservedCents === 0 ? null : (
          <li>{words.reserved(money(reservedCents, currency, true))}</li>
        )}
        {ceilingCents === undefined ? null : excessCents > 0 ? (
          <li className="donor-over">{words.excess(money(excessCents, currency))}</li>
        ) : (
          <li>{words.left(money(leftCents, currency, true))}</li>
        )}
      </ul>
    </section>
  );
}
