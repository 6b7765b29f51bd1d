import { Link } from 'wouter';
import type { DonationListRow, DonationState } from '../../../staff/api.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Time } from '../../ui/time.js';
import { useMoney } from '../../ui/use-money.js';
import { channelWords } from '../../words/channel-words.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';

export const STATE_TONES: { readonly [state in DonationState]: Tone } = {
  open: 'accent',
  pending: 'warn',
  paid: 'good',
  failed: 'bad',
  expired: 'neutral',
};

/** Donations, one a line; a line leads to the donation. */
export function DonationTable({ items }: { readonly items: readonly DonationListRow[] }) {
  const words = useWords(donationWords);
  return (
    <div className="table-frame">
      <table className="table table-cards donation-table">
        <thead>
          <tr>
            <th scope="col">{words.donor}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.channel}</th>
            <th scope="col">{words.date}</th>
            <th scope="col" className="number">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <Line key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ row }: { readonly row: DonationListRow }) {
  const words = useWords(donationWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const money = useMoney();
  const { channel, returnedCents, currency } = row;
  const nobody = row.supporter === undefined ? words.erased : words.nameless;
  return (
    <tr>
      <td>
        <Link href={`/donations/${row.id}`} className="who-link">
          <span className="who-words">
            <span>{row.name === '' ? nobody : row.name}</span>
            <code>{row.reference}</code>
          </span>
        </Link>
      </td>
      <td>
        <Badge tone={STATE_TONES[row.state]}>{words.states[row.state]}</Badge>
      </td>
      <td className="muted">
        {channel === undefined ? words.unknownChannel : (channels[channel] ?? channel)}
      </td>
      <td className="muted">
        <Time at={row.at} />
      </td>
      <td className="number donation-amount">
        <strong>{money(row.cents, currency)}</strong>
        {returnedCents === 0 ? null : (
          <span className="muted">{words.returnedOf(money(returnedCents, currency))}</span>
        )}
      </td>
    </tr>
  );
}
