import { Failure } from '../../ui/failure.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useMoney } from '../../ui/use-money.js';
import { useApi } from '../../use-api.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';

const ACCOUNTS = ['gifts', 'to_return', 'gateway', 'disputed'] as const;

/** What the ledger comes to; what is owed or earned shows as what it is, without its sign. */
export function Ledger() {
  const words = useWords(donationWords);
  const money = useMoney();
  const { data, error, mutate } = useApi('GET /donations/balance', {});
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) return <Skeleton lines={3} />;
  if (data.items.length === 0) return <p className="muted">{words.ledgerText(0)}</p>;
  return (
    <div className="ledgers">
      {data.items.map(({ gateway, currency, entries, accounts }) => (
        <div key={`${gateway} ${currency}`} className="table-frame">
          <table className="table ledger">
            <caption>
              <strong>{gateway}</strong> <span className="muted">{words.ledgerText(entries)}</span>
            </caption>
            <tbody>
              {ACCOUNTS.map((account) => (
                <tr key={account}>
                  <th scope="row">{words.accounts[account]}</th>
                  <td className="number">
                    {money(
                      account === 'gifts' || account === 'to_return'
                        ? -accounts[account] + 0
                        : accounts[account],
                      currency,
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ))}
    </div>
  );
}
