import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { ConversationRow, InboxView } from '../../../staff/api.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { SearchField, Select } from '../../ui/field.js';
import { More } from '../../ui/more.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Tabs } from '../../ui/tabs.js';
import { Time } from '../../ui/time.js';
import { useApi, useList } from '../../use-api.js';
import { useLater } from '../../use-later.js';
import { useLive } from '../../use-live.js';
import { channelWords } from '../../words/channel-words.js';
import { inboxWords } from '../../words/inbox-words.js';
import { useWords } from '../../words/use-words.js';

const VIEWS: readonly InboxView[] = ['waiting', 'mine', 'all'];
const CHANNELS = ['web', 'telegram', 'whatsapp', 'botframework'] as const;
/** What many turns at once may cost: one look in so long. */
const LOOK_MS = 500;

/** Conversations to choose from: those who wait, one's own, or all. */
export function ConversationList({
  view,
  choose,
  open,
}: {
  readonly view: InboxView;
  choose(view: InboxView): void;
  readonly open: string | undefined;
}) {
  const words = useWords(inboxWords);
  const channels = useWords(channelWords);
  const [typed, setTyped] = useState('');
  const [channel, setChannel] = useState('');
  const look = useRef<number>(undefined);
  const q = useLater(typed.trim());
  const counts = useApi('GET /inbox/counts', {});
  const list = useList('GET /inbox', {
    view,
    ...(q === '' ? {} : { q }),
    ...(channel === '' ? {} : { channel }),
  });
  useLive((event) => {
    if (event.type !== 'conversation' || look.current !== undefined) return;
    // All that is told until then is looked at together.
    look.current = window.setTimeout(() => {
      look.current = undefined;
      list.again();
      void counts.mutate();
    }, LOOK_MS);
  });
  useEffect(() => () => window.clearTimeout(look.current), []);
  return (
    <section className="inbox-list" aria-label={words.conversations}>
      <div className="inbox-filters" role="search">
        <SearchField
          label={words.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          label={words.channel}
          isLabelHidden
          value={channel}
          onChoose={setChannel}
          options={[
            { value: '', label: words.allChannels },
            ...CHANNELS.map((value) => ({ value, label: channels[value] })),
          ]}
        />
      </div>
      <Tabs
        label={words.views}
        of={VIEWS}
        chosen={view}
        choose={choose}
        name={(one) => (
          <>
            {words.view[one]}
            {one === 'all' || counts.data === undefined ? null : (
              <span className="count">{counts.data[one]}</span>
            )}
          </>
        )}
      />
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? (
        <div className="inbox-wait">
          <Skeleton lines={8} />
        </div>
      ) : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 ? (
        <Empty
          icon={q === '' && view === 'waiting' ? 'check' : 'inbox'}
          title={q === '' ? words.none[view] : words.noneFound}
        />
      ) : null}
      <ul>
        {list.items.map((row) => (
          <li key={row.id}>
            <Row row={row} isOpen={row.id === open} />
          </li>
        ))}
      </ul>
      <More list={list} />
    </section>
  );
}

function Row({ row, isOpen }: { readonly row: ConversationRow; readonly isOpen: boolean }) {
  const words = useWords(inboxWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const name = row.name === '' ? words.nameless : row.name;
  const { last } = row;
  return (
    <Link
      href={`/inbox/${row.id}`}
      className="conversation"
      aria-current={isOpen ? 'true' : undefined}
    >
      <Avatar name={name} />
      <span className="conversation-words">
        <span className="conversation-head">
          <strong>{name}</strong>
          <span className="muted">
            <Time at={row.at} isShort />
          </span>
        </span>
        <span className="conversation-last muted">
          {last === undefined || last.by === 'supporter' ? '' : `${words.by[last.by]} `}
          {last?.text ?? words.silent}
        </span>
        <span className="badges">
          <Badge>{channels[row.channel] ?? row.channel}</Badge>
          {row.isWaiting ? <Badge tone="warn">{words.waits}</Badge> : null}
          {row.handoff !== undefined && !row.isWaiting ? (
            <Badge tone="accent">{words.withTeam}</Badge>
          ) : null}
          {row.assigned === undefined ? null : <Badge>{row.assigned.name}</Badge>}
        </span>
      </span>
    </Link>
  );
}
