import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { MessageRowView, MessageState } from '../../staff/api.js';
import { call } from '../client.js';
import { useSession } from '../session.js';
import { Badge, type Tone } from '../ui/badge.js';
import { Button } from '../ui/button.js';
import { Empty } from '../ui/empty.js';
import { Select } from '../ui/field.js';
import { Listed } from '../ui/listed.js';
import { Page } from '../ui/page.js';
import { Time } from '../ui/time.js';
import { useAction } from '../ui/use-action.js';
import { useApi, useList } from '../use-api.js';
import { fieldWords } from '../words/field-words.js';
import { messageWords } from '../words/message-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { emptyDraft } from './messages/empty-draft.js';

const STATES = ['draft', 'planned', 'sending', 'paused', 'done', 'cancelled'] as const;
export const STATE_TONES: { readonly [state in MessageState]: Tone } = {
  draft: 'neutral',
  planned: 'accent',
  sending: 'accent',
  paused: 'warn',
  done: 'good',
  cancelled: 'neutral',
};

/** Campaign messages and reminders, the newest first. */
export function Messages() {
  const words = useWords(messageWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const [state, setState] = useState<MessageState | 'all'>('all');
  const options = useApi('GET /message-options', {});
  const { run, isBusy } = useAction();
  const list = useList('GET /messages', state === 'all' ? {} : { state });
  const make = (): void =>
    void run(async () => {
      const known = options.data ?? (await call('GET /message-options', {}));
      const { row } = await call('POST /messages', { message: emptyDraft(known) });
      go(`/messages/${row.id}`);
    });
  return (
    <Page
      title={words.title}
      text={words.text}
      actions={
        may('messages.write') ? (
          <Button look="primary" icon="plus" isBusy={isBusy} onClick={make}>
            {words.make}
          </Button>
        ) : null
      }
    >
      <div className="filters">
        <Select<MessageState | 'all'>
          label={words.state}
          isLabelHidden
          value={state}
          onChoose={setState}
          options={[
            { value: 'all', label: words.all },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
      </div>
      <Listed
        list={list}
        lines={8}
        empty={<Empty icon="send" title={words.none} text={words.noneText} />}
      >
        <Table items={list.items} />
      </Listed>
    </Page>
  );
}

function Table({ items }: { readonly items: readonly MessageRowView[] }) {
  const words = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  return (
    <div className="table-frame">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.channels}</th>
            <th scope="col" className="number">
              {words.people}
            </th>
            <th scope="col">{words.when}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.id}>
              <td>
                <div className="who-words">
                  <Link href={`/messages/${row.id}`}>
                    {row.name.trim() === '' ? words.untitled : row.name}
                  </Link>
                  <span>
                    {values[row.purpose] ?? row.purpose} · {words.contents[row.content]}
                  </span>
                </div>
              </td>
              <td>
                <Badge tone={STATE_TONES[row.state]}>{words.states[row.state]}</Badge>
              </td>
              <td className="muted">
                {row.channels.map((channel) => values[channel] ?? channel).join(', ')}
              </td>
              <td className="number">
                {row.recipients === undefined ? '–' : number.format(row.recipients)}
              </td>
              <td className="muted">
                <Time at={row.endedAt ?? row.startsAt ?? row.createdAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
