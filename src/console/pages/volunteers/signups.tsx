import { useState } from 'react';
import { Link } from 'wouter';
import type { ShiftView, SignupRow, SignupState } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/confirm.js';
import { Icon } from '../../ui/icon.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { useRefusal } from './use-refusal.js';

const TONES: { readonly [state in SignupState]: Tone } = {
  invited: 'warn',
  scheduled: 'accent',
  confirmed: 'good',
  completed: 'good',
  no_show: 'bad',
  declined: 'neutral',
};

type Props = { readonly view: ShiftView; changed(view: ShiftView): void };

/** Some of those who signed up, with what staff can do about each. */
export function Signups({
  title,
  signups,
  ...props
}: Props & { readonly title: string; readonly signups: readonly SignupRow[] }) {
  if (signups.length === 0) return null;
  return (
    <section className="signups">
      <h2>
        {title} <span className="count">{signups.length}</span>
      </h2>
      <ol className="card rows">
        {signups.map((signup) => (
          <Signup key={signup.n} signup={signup} {...props} />
        ))}
      </ol>
    </section>
  );
}

function Signup({ signup, view, changed }: Props & { readonly signup: SignupRow }) {
  const words = useWords(shiftWords);
  const { may } = useSession();
  const toast = useToast();
  const { run, isBusy } = useAction(useRefusal());
  const [isAsking, setAsking] = useState(false);
  const { n, supporter, state, arrivedBy, waits } = signup;
  const nobody = supporter === undefined ? words.erased : words.nameless;
  const name = signup.name === '' ? nobody : signup.name;
  const about = { name: view.name, n };
  const isActive = state === 'invited' || state === 'scheduled' || state === 'confirmed';
  const canArrive = state === 'scheduled' || state === 'confirmed' || state === 'no_show';
  const mayWrite = may('volunteers.write');

  const arrive = (): void =>
    void run(async () => {
      changed(await call('POST /shifts/:name/signups/:n/arrive', about));
      toast(words.arrived(name));
    });
  const remove = (): void =>
    void run(async () => {
      changed(await call('DELETE /shifts/:name/signups/:n', about));
      toast(words.removed(name));
      setAsking(false);
    });

  return (
    <li className="row signup">
      <span className="who">
        {waits === undefined ? (
          <Avatar name={signup.name} size="small" />
        ) : (
          <span className="signup-place" aria-hidden="true">
            {waits}
          </span>
        )}
        <span className="who-words">
          <SupporterLink id={supporter}>{name}</SupporterLink>
          <span>
            <Time at={signup.since} isShort />
            {arrivedBy === undefined ? null : ` · ${words.arrivals[arrivedBy]}`}
          </span>
        </span>
      </span>
      <span className="signup-moves">
        <Badge tone={TONES[state]}>{words.signupStates[state]}</Badge>
        {supporter !== undefined && may('inbox.read') ? (
          <Link
            href={`/inbox/${supporter}`}
            className="icon-button"
            aria-label={words.conversation(name)}
            title={words.conversation(name)}
          >
            <Icon name="inbox" />
          </Link>
        ) : null}
        {mayWrite && canArrive && view.canMark ? (
          <Button
            size="small"
            icon="check"
            isBusy={isBusy}
            aria-label={words.arriveOf(name)}
            onClick={arrive}
          >
            {words.arrive}
          </Button>
        ) : null}
        {mayWrite && isActive && view.state === 'open' ? (
          <Button
            size="small"
            look="quiet"
            aria-label={words.removeOf(name)}
            onClick={() => setAsking(true)}
          >
            {words.remove}
          </Button>
        ) : null}
      </span>
      <Confirm
        isOpen={isAsking}
        close={() => setAsking(false)}
        title={words.removeTitle(name)}
        back={words.close}
        action={words.remove}
        act={remove}
        isBusy={isBusy}
      >
        <p>{words.removeText}</p>
      </Confirm>
    </li>
  );
}
