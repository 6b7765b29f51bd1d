import { useState } from 'react';
import type { PledgeListRow } from '../../../staff/api.js';
import { Empty } from '../../ui/empty.js';
import { Listed } from '../../ui/listed.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { Tabs } from '../../ui/tabs.js';
import { useMoney } from '../../ui/use-money.js';
import { useList } from '../../use-api.js';
import { donationWords } from '../../words/donation-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';

const STATES = ['active', 'ended'] as const;

/** Promises to give, by their next day. */
export function Pledges() {
  const words = useWords(donationWords);
  const [state, setState] = useState<PledgeListRow['state']>('active');
  const list = useList('GET /pledges', { state });
  return (
    <>
      <div className="list-head">
        <p className="muted">{words.pledgesText}</p>
        <Tabs
          label={words.state}
          of={STATES}
          chosen={state}
          choose={setState}
          name={(one) => words.pledgeStates[one]}
        />
      </div>
      <Listed
        list={list}
        lines={6}
        empty={<Empty icon="clock" title={words.pledgesNone} text={words.pledgesNoneText} />}
      >
        <Table items={list.items} state={state} />
      </Listed>
    </>
  );
}

function Table({
  items,
  state,
}: {
  readonly items: readonly PledgeListRow[];
  readonly state: PledgeListRow['state'];
}) {
  const words = useWords(donationWords);
  const { language } = useLanguage();
  const money = useMoney();
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const isActive = state === 'active';
  return (
    <div className="table-frame">
      <table className="table table-cards donation-table">
        <thead>
          <tr>
            <th scope="col">{words.donor}</th>
            <th scope="col">{words.often}</th>
            <th scope="col">{isActive ? words.next : words.last}</th>
            <th scope="col">{isActive ? words.remindedTimes : words.why}</th>
            <th scope="col" className="number">
              {words.amount}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => {
            const { supporter, name, endedBy } = row;
            const shown = name === '' ? (supporter?.slice(0, 8) ?? words.erased) : name;
            return (
              <tr key={row.id}>
                <td>
                  <SupporterLink id={supporter} className="who-name">
                    {shown}
                  </SupporterLink>
                </td>
                <td className="muted">{row.isMonthly ? words.monthly : words.once}</td>
                <td className="muted">{day.format(new Date(row.on))}</td>
                <td className="muted">
                  {isActive || endedBy === undefined ? row.reminded : words.endings[endedBy]}
                </td>
                <td className="number donation-amount">
                  <strong>{money(row.cents, row.currency)}</strong>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
