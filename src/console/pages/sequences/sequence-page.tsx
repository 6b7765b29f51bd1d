import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { ApiFailure, call } from '../../client.js';
import { useSession } from '../../session.js';
import { Awaited } from '../../ui/awaited.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { useFailureText } from '../../ui/failure.js';
import { Icon } from '../../ui/icon.js';
import { Page, Section } from '../../ui/page.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';
import { PeopleList } from './people-list.js';
import { TimeLine } from './time-line.js';
import { Totals } from './totals.js';
import '../messages/messages.css';
import './sequences.css';

/** How often a sequence is looked at. */
const LIVE_MS = 5_000;

/** One sequence: how many stand where, its steps along time, and who is in it. */
export function SequencePage() {
  const words = useWords(sequenceWords);
  const { id = '' } = useParams();
  const { may } = useSession();
  const [, go] = useLocation();
  const { data, error, mutate } = useApi('GET /sequences/:id', { id }, { everyMs: LIVE_MS });
  const [isAsking, setAsking] = useState(false);
  const { run, isBusy } = useAction();
  const toast = useToast();
  const say = useFailureText();
  if (data === undefined) {
    return (
      <Page title={words.title}>
        <Awaited error={error} again={() => void mutate()} lines={10} />
      </Page>
    );
  }
  const { row, draft, counts, totals } = data;
  const isActive = row.state === 'active';
  const move = (work: () => Promise<unknown>, said: string): void =>
    void run(async () => {
      try {
        await work();
        toast(said);
      } catch (failure) {
        const isOver = failure instanceof ApiFailure && failure.code === 'wrong_state';
        toast(isOver ? words.wrongState : say(failure), true);
      }
      void mutate();
    });
  const remove = (): void =>
    void run(async () => {
      await call('DELETE /sequences/:id', { id });
      toast(words.removed);
      go('/sequences');
    });
  return (
    <Page
      title={row.name}
      actions={
        <>
          <Badge tone={isActive ? 'good' : 'warn'}>{words.states[row.state]}</Badge>
          {may('messages.send') ? (
            <>
              <Button icon="copy" onClick={() => go(`/sequences/new?from=${id}`)}>
                {words.copy}
              </Button>
              {isActive ? (
                <Button
                  icon="pause"
                  isBusy={isBusy}
                  onClick={() =>
                    move(async () => call('POST /sequences/:id/pause', { id }), words.paused)
                  }
                >
                  {words.pause}
                </Button>
              ) : (
                <Button
                  icon="play"
                  isBusy={isBusy}
                  onClick={() =>
                    move(async () => call('POST /sequences/:id/resume', { id }), words.resumed)
                  }
                >
                  {words.resume}
                </Button>
              )}
              <Button look="danger" isBusy={isBusy} onClick={() => setAsking(true)}>
                {words.remove}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <Totals totals={totals} />
      <Section title={words.timeLine} text={words.timeLineText}>
        <TimeLine draft={draft} counts={counts} />
        <p className="time-line-end">
          <Icon name="leave" size={18} />
          <span>
            {words.ends} <Ends leave={draft.leave} />
          </span>
        </p>
      </Section>
      {may('supporters.read') ? (
        <PeopleList id={id} steps={draft.steps.length} changed={() => void mutate()} />
      ) : null}
      <p className="sequence-back">
        <Link href="/sequences">
          <Icon name="left" size={16} /> {words.back}
        </Link>
      </p>
      <Confirm
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={words.removeTitle}
        back={words.cancel}
        action={words.remove}
        act={remove}
        isBusy={isBusy}
      >
        <p>{words.removeText(totals.within)}</p>
      </Confirm>
    </Page>
  );
}

function Ends({
  leave,
}: {
  readonly leave: { readonly answered: boolean; readonly segment: string };
}) {
  const words = useWords(sequenceWords);
  const ends = [
    ...(leave.answered ? [words.endsAnswered] : []),
    ...(leave.segment === '' ? [] : [words.endsSegment(leave.segment)]),
  ];
  return <strong>{ends.length === 0 ? words.endsNever : ends.join(` ${words.or} `)}</strong>;
}
