import { useState } from 'react';
import { Link } from 'wouter';
import type { SequencePersonRow } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Empty } from '../../ui/empty.js';
import { Failure, useFailureText } from '../../ui/failure.js';
import { More } from '../../ui/more.js';
import { Section } from '../../ui/page.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useList } from '../../use-api.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';

const SHOWS = ['all', 'within', 'finished', 'left'] as const;

/** Whom a sequence began for, where each of them stands, and how to take somebody out. */
export function PeopleList({
  id,
  steps,
  changed,
}: {
  readonly id: string;
  readonly steps: number;
  changed(): void;
}) {
  const words = useWords(sequenceWords);
  const { may } = useSession();
  const [show, setShow] = useState<(typeof SHOWS)[number]>('all');
  const [asked, setAsked] = useState<SequencePersonRow>();
  const { run, isBusy } = useAction();
  const toast = useToast();
  const say = useFailureText();
  const list = useList('GET /sequences/:id/people', show === 'all' ? { id } : { id, show });
  const nameOf = ({ name }: { readonly name: string }): string =>
    name === '' ? words.nameless : name;
  const takeOut = (person: SequencePersonRow): void =>
    void run(async () => {
      setAsked(undefined);
      try {
        const { supporter } = person;
        await call('POST /sequences/:id/people/:supporter/take-out', { id, supporter });
        toast(words.takenOut);
      } catch (error) {
        const isOver = error instanceof ApiFailure && error.code === 'wrong_state';
        toast(isOver ? words.wrongState : say(error), true);
      }
      list.again();
      changed();
    });
  return (
    <Section title={words.people}>
      <div className="tabs sequence-tabs" role="group" aria-label={words.show}>
        {SHOWS.map((one) => (
          <button
            key={one}
            type="button"
            className="tab"
            aria-pressed={show === one}
            onClick={() => setShow(one)}
          >
            {words.shows[one]}
          </button>
        ))}
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={5} /> : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 && !list.hasMore ? (
        <Empty icon="people" title={words.peopleNone} text={words.peopleNoneText} />
      ) : null}
      {list.items.length === 0 ? null : (
        <ul className="card rows">
          {list.items.map((person) => (
            <li key={person.supporter} className="row person-row">
              <Link href={`/supporters/${person.supporter}`} className="who who-link">
                <Avatar name={nameOf(person)} size="small" />
                <span className="who-words">
                  <span>{nameOf(person)}</span>
                  <Standing person={person} steps={steps} />
                </span>
              </Link>
              <span className="sequence-tools">
                {person.standing === 'within' && may('supporters.write') ? (
                  <Button
                    size="small"
                    isBusy={isBusy}
                    aria-label={words.takeOutOf(nameOf(person))}
                    onClick={() => setAsked(person)}
                  >
                    {words.takeOut}
                  </Button>
                ) : (
                  <Badge tone={person.standing === 'finished' ? 'good' : 'neutral'}>
                    {words.standing[person.standing]}
                  </Badge>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <More list={list} />
      <Dialog
        isOpen={asked !== undefined}
        close={() => setAsked(undefined)}
        title={words.takeOutTitle}
        actions={
          <>
            <Button onClick={() => setAsked(undefined)}>{words.cancel}</Button>
            <Button
              look="danger"
              onClick={() => (asked === undefined ? undefined : takeOut(asked))}
            >
              {words.takeOut}
            </Button>
          </>
        }
      >
        <p>{words.takeOutText(asked === undefined ? '' : nameOf(asked))}</p>
      </Dialog>
    </Section>
  );
}

function Standing({
  person,
  steps,
}: {
  readonly person: SequencePersonRow;
  readonly steps: number;
}) {
  const words = useWords(sequenceWords);
  const { standing, reason, step, at } = person;
  const where = words.stepOf(step, steps);
  const said =
    standing === 'within'
      ? words.next(where)
      : standing === 'finished' || reason === undefined
        ? words.atEnd
        : words.leftAt(words.leftBy[reason], where);
  return (
    <span>
      {said} · <Time at={at} />
    </span>
  );
}
