import { useEffect, useRef, useState } from 'react';
import type { DonationState } from '../../../staff/api.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { SearchField, Select, TextField } from '../../ui/field.js';
import { Listed } from '../../ui/listed.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi, useList } from '../../use-api.js';
import { useFresh } from '../../use-fresh.js';
import { useLater } from '../../use-later.js';
import { useSession } from '../../session.js';
import { channelWords } from '../../words/channel-words.js';
import { donationWords } from '../../words/donation-words.js';
import { useWords } from '../../words/use-words.js';
import { DonationTable } from './donation-table.js';
import { lastDays } from '../../last-days.js';
import { Totals } from './totals.js';

const STATES = ['paid', 'pending', 'open', 'failed', 'expired'] as const;
const CHANNELS = ['web', 'telegram', 'whatsapp', 'botframework', 'email'] as const;
const PERIODS = ['7', '30', '90', '365', 'own'] as const;
type Period = (typeof PERIODS)[number];
type Channel = (typeof CHANNELS)[number];

/** What was given in a time, and each donation of it. */
export function DonationList() {
  const words = useWords(donationWords);
  const channels = useWords(channelWords);
  const { session } = useSession();
  const { timezone } = session.campaign;
  const [typed, setTyped] = useState('');
  const [state, setState] = useState<DonationState | 'all'>('all');
  const [channel, setChannel] = useState<Channel | 'all'>('all');
  const [period, setPeriod] = useState<Period>('30');
  const [own, setOwn] = useState(() => lastDays(30, timezone));
  const q = useLater(typed.trim());
  const time = period === 'own' ? own : lastDays(Number(period), timezone);
  const isWhole = time.from !== '' && time.from <= time.until;
  const totals = useApi('GET /donations/totals', isWhole ? time : undefined, {
    keepPrevious: true,
  });
  const list = useList(
    'GET /donations',
    q === ''
      ? {
          ...(isWhole ? time : {}),
          ...(state === 'all' ? {} : { state }),
          ...(channel === 'all' ? {} : { channel }),
        }
      : { q },
  );
  useFresh(() => void totals.mutate());
  const { gifts, paidCents, returnedCents, latestAt } = totals.data ?? {};
  const again = useRef(list.again);
  again.current = list.again;
  const seen = useRef<string>(undefined);
  const now = [gifts, paidCents, returnedCents, latestAt].join(' ');
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== now) again.current();
    seen.current = totals.data === undefined ? undefined : now;
  }, [now, totals.data]);
  return (
    <>
      {totals.error === undefined ? null : (
        <Failure error={totals.error} again={() => void totals.mutate()} />
      )}
      {totals.data === undefined ? null : <Totals totals={totals.data} />}
      {totals.data === undefined && totals.error === undefined ? <Skeleton lines={5} /> : null}
      <div className="filters donation-filters" role="search">
        <SearchField
          label={words.search}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <Select<Period>
          label={words.period}
          isLabelHidden
          value={period}
          onChoose={(chosen) => {
            setOwn(time);
            setPeriod(chosen);
          }}
          options={PERIODS.map((value) => ({ value, label: words.periods[value] }))}
        />
        <Select<DonationState | 'all'>
          label={words.state}
          isLabelHidden
          value={state}
          onChoose={setState}
          options={[
            { value: 'all', label: words.allStates },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
        <Select<Channel | 'all'>
          label={words.channel}
          isLabelHidden
          value={channel}
          onChoose={setChannel}
          options={[
            { value: 'all', label: words.allChannels },
            ...CHANNELS.map((value) => ({ value, label: channels[value] })),
          ]}
        />
      </div>
      {period === 'own' ? (
        <div className="filters donation-dates">
          <TextField
            type="date"
            label={words.from}
            value={own.from}
            max={own.until}
            onChange={({ target }) => setOwn({ ...own, from: target.value })}
          />
          <TextField
            type="date"
            label={words.until}
            value={own.until}
            min={own.from}
            onChange={({ target }) => setOwn({ ...own, until: target.value })}
          />
        </div>
      ) : null}
      <Listed
        list={list}
        lines={8}
        empty={
          <Empty
            icon="money"
            title={q === '' ? words.none : words.noneFound}
            text={q === '' ? words.noneText : words.noneFoundText}
          />
        }
      >
        <DonationTable items={list.items} />
      </Listed>
    </>
  );
}
