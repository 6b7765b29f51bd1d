import { useState } from 'react';
import type { Role, TeamMember } from '../../../staff/api.js';
import { call } from '../../client.js';
import { useSession } from '../../session.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/failure.js';
import { Select } from '../../ui/field.js';
import { Secret } from '../../ui/secret.js';
import { Skeleton } from '../../ui/skeleton.js';
import { Time } from '../../ui/time.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { teamWords } from '../../words/team-words.js';
import { useWords } from '../../words/use-words.js';
import { useRoleOptions } from './use-role-options.js';

const TONES = { invited: 'warn', active: 'good', disabled: 'neutral' } as const;

/** Everybody on the staff, with their roles. */
export function MembersTable() {
  const words = useWords(teamWords);
  const { data, error, mutate } = useApi('GET /team', {});
  const [link, setLink] = useState<string>();
  if (error !== undefined) return <Failure error={error} again={() => void mutate()} />;
  if (data === undefined) return <Skeleton lines={6} />;
  return (
    <div className="table-frame">
      <table className="table table-cards">
        <thead>
          <tr>
            <th scope="col">{words.member}</th>
            <th scope="col">{words.role}</th>
            <th scope="col">{words.state}</th>
            <th scope="col">{words.signedIn}</th>
            <th scope="col">
              <span className="hidden">{words.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((member) => (
            <MemberRow
              key={member.id}
              member={member}
              changed={() => void mutate()}
              show={setLink}
            />
          ))}
        </tbody>
      </table>
      <Dialog isOpen={link !== undefined} close={() => setLink(undefined)} title={words.newLink}>
        <p>{words.linkOnce}</p>
        <Secret value={link ?? ''} label={words.link} />
      </Dialog>
    </div>
  );
}

function MemberRow({
  member,
  changed,
  show,
}: {
  readonly member: TeamMember;
  changed(): void;
  show(link: string): void;
}) {
  const words = useWords(teamWords);
  const { session } = useSession();
  const { run, isBusy } = useAction();
  const options = useRoleOptions();
  const { id, name, email, role, state, hasSecondFactor, signedInAt } = member;
  const isSelf = id === session.id;

  const change = (what: { role?: Role; disabled?: boolean }) =>
    void run(async () => {
      await call('PATCH /team/:id', { id, ...what });
      changed();
    });

  return (
    <tr>
      <td>
        <div className="who">
          <Avatar name={name} />
          <div className="who-words">
            <span>{name}</span>
            <span>{email}</span>
          </div>
        </div>
      </td>
      <td>
        <Select<Role>
          label={words.roleOf(name)}
          isLabelHidden
          value={role}
          options={options}
          onChoose={(chosen) => change({ role: chosen })}
        />
      </td>
      <td>
        <span className="badges">
          <Badge tone={TONES[state]}>{words.states[state]}</Badge>
          {hasSecondFactor ? <Badge>{words.factor}</Badge> : null}
        </span>
      </td>
      <td className="muted">{signedInAt === undefined ? '–' : <Time at={signedInAt} isShort />}</td>
      <td className="end">
        {state === 'disabled' ? (
          <Button size="small" isBusy={isBusy} onClick={() => change({ disabled: false })}>
            {words.enable}
          </Button>
        ) : (
          <span className="badges">
            <Button
              size="small"
              look="quiet"
              isBusy={isBusy}
              onClick={() =>
                void run(async () => show((await call('POST /team/:id/link', { id })).link))
              }
            >
              {words.newLink}
            </Button>
            {isSelf ? null : (
              <Button
                size="small"
                look="quiet"
                isBusy={isBusy}
                onClick={() => change({ disabled: true })}
              >
                {words.disable}
              </Button>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}
