import { useState } from 'react';
import { useLocation } from 'wouter';
import type { MessageView, PlanView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Page, Section } from '../../ui/page.js';
import { useApi } from '../../use-api.js';
import { fieldWords } from '../../words/field-words.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';
import { STATE_TONES } from '../messages.js';
import { PlanPicture } from './plan-picture.js';
import { ProgressCard } from './progress-card.js';
import { SendMoves } from './send-moves.js';
import { useMessageFailure } from './use-message-failure.js';

/** How often a message under way is looked at. */
const LIVE_MS = 1_000;

/** A message that was sent, or is on its way: how far it got, and how to hold it up. */
export function SentPage({ view, changed }: { readonly view: MessageView; changed(): void }) {
  const words = useWords(messageWords);
  const { values } = useWords(fieldWords);
  const { may } = useSession();
  const [, go] = useLocation();
  const tried = useMessageFailure();
  const { row, message } = view;
  const { id } = row;
  const [isOver, setOver] = useState(row.state === 'done' || row.state === 'cancelled');
  const isDraft = row.state === 'draft';
  const { data, mutate } = useApi('GET /messages/:id/progress', isDraft ? undefined : { id }, {
    everyMs: isOver ? 0 : LIVE_MS,
  });
  const state = data?.state ?? row.state;
  if (!isOver && (state === 'done' || state === 'cancelled') && (data?.sending ?? 0) === 0) {
    setOver(true);
  }
  const [plan, setPlan] = useState<PlanView>();
  const copy = (): void =>
    void tried(async () => {
      const made = await call('POST /messages', {
        message: { ...message, name: words.copyOf(message.name) },
      });
      go(`/messages/${made.row.id}`);
    });
  return (
    <Page
      title={message.name}
      actions={
        <>
          <Badge tone={STATE_TONES[state]}>{words.states[state]}</Badge>
          {may('messages.write') ? (
            <Button icon="copy" onClick={copy}>
              {words.copy}
            </Button>
          ) : null}
          {may('messages.send') && data !== undefined ? (
            <SendMoves
              id={id}
              progress={data}
              moved={(next) => {
                setOver(false);
                void mutate(next, { revalidate: next === undefined });
                changed();
              }}
            />
          ) : null}
        </>
      }
    >
      {data === undefined ? null : <ProgressCard progress={data} recipients={row.recipients} />}
      <Section title={words.whatTitle}>
        <dl className="plan-facts card card-body">
          <div>
            <dt>{words.purpose}</dt>
            <dd>{values[message.purpose] ?? message.purpose}</dd>
          </div>
          <div>
            <dt>{words.content}</dt>
            <dd>{words.contents[message.content]}</dd>
          </div>
          <div>
            <dt>{words.segment}</dt>
            <dd>{message.segment === '' ? words.everybody : message.segment}</dd>
          </div>
          <div>
            <dt>{words.channels}</dt>
            <dd>{message.channels.map((one) => values[one] ?? one).join(', ')}</dd>
          </div>
        </dl>
        {message.says === 'flow' ? (
          <p>
            {words.flow} <code>{message.flow}</code>
          </p>
        ) : (
          <ul className="bubbles bubbles-row">
            {Object.entries(message.words).map(([language, text]) => (
              <li key={language}>
                <p className="message-bubble" lang={language}>
                  {text}
                </p>
                <span className="muted">{language}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {state === 'planned' || isDraft ? (
        <Section
          title={words.planTitle}
          actions={
            <Button
              icon="clock"
              onClick={() =>
                void tried(async () => setPlan(await call('GET /messages/:id/plan', { id })))
              }
            >
              {words.plan}
            </Button>
          }
        >
          {plan === undefined ? null : <PlanPicture plan={plan} />}
        </Section>
      ) : null}
    </Page>
  );
}
