import { useState } from 'react';
import { Link } from 'wouter';
import type { SequencePersonRow } from '../../../staff/api.js';
import { ApiFailure, call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Empty } from '../../ui/empty.js';
import { useFailureText } from '../../ui/failure.js';
import { Listed } from '../../ui/listed.js';
import { Section } from '../../ui/page.js';
import { Tabs } from '../../ui/tabs.js';
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
      <Tabs
        label={words.show}
        of={SHOWS}
        chosen={show}
        choose={setShow}
        name={(one) => words.shows[one]}
        className="sequence-tabs"
      />
      <Listed
        list={list}
        lines={5}
        empty={
          list.hasMore ? null : (
            <Empty icon="people" title={words.peopleNone} text={words.peopleNoneText} />
          )
        }
      >
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
      </Listed>
      <Confirm
        isOpen={asked !== undefined}
        close={() => setAsked(undefined)}
        title={words.takeOutTitle}
        back={words.cancel}
        action={words.takeOut}
        act={() => (asked === undefined ? undefined : takeOut(asked))}
      >
        <p>{words.takeOutText(asked === undefined ? '' : nameOf(asked))}</p>
      </Confirm>
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
