import type { Currency } from '../../engine/currency.js';
import type { Donations } from '../book/donations.js';
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../book/ledger.js';

/** What the ledger comes to, for one gateway and currency. */
export type Balance = {
  readonly gateway: string;
  readonly currency: Currency;
  readonly entries: number;
  /** Cents by account; together they come to nothing. */
  readonly accounts: { readonly [account in LedgerAccount]: number };
};

/** Adds up the ledger; it throws when an entry does not come to nothing, which no write of ours makes. */
export async function balanceOf({
  ledger,
}: Pick<Donations, 'ledger'>): Promise<readonly Balance[]> {
  const balances = new Map<string, Balance>();
  for await (const { _id, gateway, currency, lines } of ledger.stream({})) {
    if (lines.reduce((sum, { cents }) => sum + cents, 0) !== 0) {
      throw new Error(`The ledger's entry ${_id} is not balanced.`);
    }
    const key = `${gateway} ${currency}`;
    const before = balances.get(key) ?? { gateway, currency, entries: 0, accounts: NOTHING };
    const accounts = Object.fromEntries(
      LEDGER_ACCOUNTS.map((account) => [account, before.accounts[account] + sumOn(lines, account)]),
    );
    balances.set(key, {
      ...before,
      entries: before.entries + 1,
      accounts: { ...NOTHING, ...accounts },
    });
  }
  return [...balances.values()];
}

const NOTHING = { gateway: 0, disputed: 0, gifts: 0, to_return: 0 } as const;

function sumOn(
  lines: readonly { readonly account: LedgerAccount; readonly cents: number }[],
  account: LedgerAccount,
): number {
  return lines
    .filter((line) => line.account === account)
    .reduce((sum, { cents }) => sum + cents, 0);
}
