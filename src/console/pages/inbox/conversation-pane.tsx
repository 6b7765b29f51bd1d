import { useEffect, useRef } from 'react';
import { Link } from 'wouter';
import type { ConversationView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Button, IconButton } from '../../ui/button.js';
import { Failure } from '../../ui/failure.js';
import { Select } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Timeline } from '../../ui/timeline.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { useHistory } from '../../use-history.js';
import { useLive } from '../../use-live.js';
import { channelWords } from '../../words/channel-words.js';
import { inboxWords } from '../../words/inbox-words.js';
import { useWords } from '../../words/use-words.js';
import { Composer } from './composer.js';

/** One conversation: what was said, who has it, and where staff answer. */
export function ConversationPane({ id, back }: { readonly id: string; back(): void }) {
  const { data, error, mutate } = useApi('GET /conversations/:id', { id });
  useLive((event) => {
    if (event.type === 'conversation' && event.supporter === id) void mutate();
  });
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) {
    return (
      <div className="inbox-wait">
        <Skeleton lines={8} />
      </div>
    );
  }
  const renew = (view: ConversationView): void => void mutate(view, { revalidate: false });
  return (
    <>
      <Head view={data} back={back} renew={renew} />
      <Words id={id} />
      <Composer view={data} changed={() => void mutate()} />
    </>
  );
}

function Head({
  view,
  back,
  renew,
}: {
  readonly view: ConversationView;
  back(): void;
  renew(view: ConversationView): void;
}) {
  const words = useWords(inboxWords);
  const channels: Readonly<Record<string, string>> = useWords(channelWords);
  const { session, may } = useSession();
  const { run, isBusy } = useAction();
  const { data: agents } = useApi('GET /inbox/agents', {});
  const { id } = view;
  const name = view.name === '' ? words.nameless : view.name;
  const options = agents?.items ?? [{ id: session.id, name: session.name }];
  const mayAnswer = may('inbox.answer');
  return (
    <header className="inbox-head">
      <span className="inbox-back">
        <IconButton icon="left" label={words.back} onClick={back} />
      </span>
      <Link href={`/supporters/${id}`} className="who who-link">
        <Avatar name={name} />
        <span className="who-words">
          <span>{name}</span>
          <span>
            {channels[view.channel] ?? view.channel} · {view.language}
          </span>
        </span>
      </Link>
      {mayAnswer ? (
        <div className="page-actions">
          <Select
            label={words.assigned}
            isLabelHidden
            value={view.assigned?.id ?? ''}
            onChoose={(member) =>
              void run(async () =>
                renew(
                  await call('PUT /conversations/:id/assigned', {
                    id,
                    member: member === '' ? null : member,
                  }),
                ),
              )
            }
            options={[
              { value: '', label: words.nobody },
              ...options.map((agent) => ({ value: agent.id, label: agent.name })),
            ]}
          />
          {view.handoff === undefined ? (
            <Button
              look="primary"
              isBusy={isBusy}
              onClick={() =>
                void run(async () => renew(await call('POST /conversations/:id/take', { id })))
              }
            >
              {words.take}
            </Button>
          ) : (
            <Button
              icon="bot"
              isBusy={isBusy}
              onClick={() =>
                void run(async () => renew(await call('POST /conversations/:id/give-back', { id })))
              }
            >
              {words.giveBack}
            </Button>
          )}
        </div>
      ) : null}
    </header>
  );
}

/** What was said, with the latest in sight. */
function Words({ id }: { readonly id: string }) {
  const words = useWords(inboxWords);
  const history = useHistory(id);
  const place = useRef<HTMLDivElement>(null);
  const last = history.items.at(-1)?.id;
  useEffect(() => {
    place.current?.scrollTo({ top: place.current.scrollHeight });
  }, [last]);
  return (
    // Reached by keyboard, so that it can be scrolled.
    <div className="inbox-words" ref={place} tabIndex={0} role="log" aria-label={words.said}>
      {history.error === undefined ? null : <Failure error={history.error} />}
      {history.isLoading ? <Skeleton lines={6} /> : null}
      {history.hasMore ? (
        <div className="list-more">
          <Button size="small" isBusy={history.isAdding} onClick={history.more}>
            {words.earlier}
          </Button>
        </div>
      ) : null}
      <Timeline items={history.items} />
    </div>
  );
}
