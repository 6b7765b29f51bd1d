import { useState } from 'react';
import { useSWRConfig } from 'swr';
import { Link } from 'wouter';
import type { VolunteerRoleView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Button } from '../../ui/button.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { More } from '../../ui/more.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useToast } from '../../ui/toast.js';
import { useList } from '../../use-api.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import { useTried } from './use-tried.js';

const STATES = ['asked', 'approved', 'declined'] as const;

/** Who asked for a part that the team gives, and what it says. */
export function Roles() {
  const words = useWords(shiftWords);
  const [state, setState] = useState<VolunteerRoleView['state']>('asked');
  const list = useList('GET /volunteers/roles', { state });
  const { mutate } = useSWRConfig();
  const toast = useToast();
  const { tried, isBusy } = useTried();
  const decide = (row: VolunteerRoleView, next: 'approved' | 'declined'): void =>
    void tried(async () => {
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
        <div className="tabs" role="group" aria-label={words.role}>
          {STATES.map((one) => (
            <button
              key={one}
              type="button"
              className="tab"
              aria-pressed={state === one}
              onClick={() => setState(one)}
            >
              {words.roleStates[one]}
            </button>
          ))}
        </div>
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading ? <Skeleton lines={5} /> : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 ? (
        <Empty icon="people" title={words.noRoles} text={words.noRolesText} />
      ) : null}
      {list.items.length === 0 ? null : (
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
      )}
      <More list={list} />
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
          {may('supporters.read') ? (
            <Link href={`/supporters/${row.supporter}`}>{name}</Link>
          ) : (
            <span>{name}</span>
          )}
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
