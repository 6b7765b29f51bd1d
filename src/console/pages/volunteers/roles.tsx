import { useState } from 'react';
import { useSWRConfig } from 'swr';
import type { VolunteerRoleView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Listed } from '../../ui/listed.js';
import { SupporterLink } from '../../ui/supporter-link.js';
import { Tabs } from '../../ui/tabs.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useList } from '../../use-api.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { useRefusal } from './use-refusal.js';

const STATES = ['asked', 'approved', 'declined'] as const;

/** Who asked for a part that the team gives, and what it says. */
export function Roles() {
  const words = useWords(shiftWords);
  const [state, setState] = useState<VolunteerRoleView['state']>('asked');
  const list = useList('GET /volunteers/roles', { state });
  const { mutate } = useSWRConfig();
  const toast = useToast();
  const { run, isBusy } = useAction(useRefusal());
  const decide = (row: VolunteerRoleView, next: 'approved' | 'declined'): void =>
    void run(async () => {
      const { supporter, role } = row;
      await call('POST /volunteers/roles', { supporter, role, state: next });
      toast(words.decided);
      list.again();
      await mutate(['GET /volunteers/counts', {}]);
    });
  return (
    <>
      <div className="list-head">
        <p className="muted">{words.rolesText}</p>
        <Tabs
          label={words.role}
          of={STATES}
          chosen={state}
          choose={setState}
          name={(one) => words.roleStates[one]}
        />
      </div>
      <Listed
        list={list}
        lines={5}
        empty={<Empty icon="people" title={words.noRoles} text={words.noRolesText} />}
      >
        <ul className="card rows">
          {list.items.map((row) => (
            <Row
              key={`${row.supporter} ${row.role}`}
              row={row}
              isBusy={isBusy}
              decide={(next) => decide(row, next)}
            />
          ))}
        </ul>
      </Listed>
    </>
  );
}

function Row({
  row,
  isBusy,
  decide,
}: {
  readonly row: VolunteerRoleView;
  readonly isBusy: boolean;
  decide(state: 'approved' | 'declined'): void;
}) {
  const words = useWords(shiftWords);
  const { may } = useSession();
  const name = row.name === '' ? words.nameless : row.name;
  const role = words.roles[row.role];
  return (
    <li className="row">
      <span className="who">
        <Avatar name={row.name} />
        <span className="who-words">
          <SupporterLink id={row.supporter}>{name}</SupporterLink>
          <span>
            {role} · <Time at={row.since} isShort />
          </span>
        </span>
      </span>
      {may('volunteers.write') ? (
        <span className="badges">
          {row.state === 'declined' ? null : (
            <Button
              size="small"
              isBusy={isBusy}
              aria-label={words.declineOf(name, role)}
              onClick={() => decide('declined')}
            >
              {words.decline}
            </Button>
          )}
          {row.state === 'approved' ? null : (
            <Button
              size="small"
              look="primary"
              isBusy={isBusy}
              aria-label={words.approveOf(name, role)}
              onClick={() => decide('approved')}
            >
              {words.approve}
            </Button>
          )}
        </span>
      ) : null}
    </li>
  );
}
