import { useEffect, useState } from 'react';
import type { CanvasserRow, TurfRowView } from '../../../staff/api.js';
import { call } from '../../client.js';
import { Avatar } from '../../ui/avatar.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Failure } from '../../ui/failure.js';
import { SearchField } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useToast } from '../../ui/toast.js';
import { useAction } from '../../ui/use-action.js';
import { useApi } from '../../use-api.js';
import { useLater } from '../../use-later.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';
import { useCanvassFailure } from './use-canvass-failure.js';

const TONES: { readonly [state in CanvasserRow['state']]: Tone } = {
  approved: 'good',
  asked: 'warn',
  declined: 'bad',
  none: 'neutral',
};

/** Whom to give a turf to, or to let lead it: approved canvassers, or anybody who agreed to help, by name. */
export function AssignDialog({
  part,
  isOpen,
  close,
  turf,
  assigned,
}: {
  readonly part: 'walks' | 'leads';
  readonly isOpen: boolean;
  close(): void;
  readonly turf: TurfRowView;
  assigned(turf: TurfRowView): void;
}) {
  const isLeader = part === 'leads';
  const words = useWords(canvassWords);
  const press = isLeader ? words.chooseLeader : words.assign;
  const toast = useToast();
  const say = useCanvassFailure();
  const { run, isBusy } = useAction();
  const [q, setQ] = useState('');
  const [failure, setFailure] = useState<string>();
  const asked = useLater(q.trim());
  const { data, error, mutate } = useApi(
    'GET /canvass/canvassers',
    isOpen ? (asked === '' ? {} : { q: asked }) : undefined,
    { keepPrevious: true },
  );
  useEffect(() => {
    if (!isOpen) return;
    setQ('');
    setFailure(undefined);
  }, [isOpen]);

  function give({ id, name }: CanvasserRow): void {
    setFailure(undefined);
    void run(async () => {
      try {
        const given = { id: turf.id, volunteer: id };
        const row = isLeader
          ? await call('PUT /canvass/turfs/:id/leader', given)
          : await call('POST /canvass/turfs/:id/assign', given);
        toast(isLeader ? words.leads(name) : words.assigned(name));
        assigned(row);
        close();
      } catch (caught) {
        setFailure(say(caught));
      }
    });
  }

  return (
    <Dialog
      isOpen={isOpen}
      close={close}
      title={isLeader ? words.leaderTitle(turf.name) : words.assignTitle(turf.name)}
    >
      <div className="assign">
        <p className="muted">{isLeader ? words.leaderText : words.assignText}</p>
        <SearchField
          label={words.search}
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        {failure === undefined ? null : (
          <p className="form-failure" role="alert">
            {failure}
          </p>
        )}
        {error === undefined ? null : <Failure error={error} again={() => void mutate()} />}
        {data === undefined && error === undefined ? <Skeleton lines={4} /> : null}
        {data?.items.length === 0 ? (
          <p className="muted" role="status">
            {asked === '' ? words.noCanvassers : words.noFound}
          </p>
        ) : null}
        <ul className="assign-list">
          {data?.items.map((one) => (
            <li key={one.id}>
              <Avatar name={one.name} />
              <div className="who-words">
                <span>{one.name}</span>
                <span>
                  {[one.town, one.turf === undefined ? undefined : words.hasTurf(one.turf)]
                    .filter((fact) => fact !== undefined)
                    .join(' · ')}
                </span>
              </div>
              <Badge tone={TONES[one.state]}>{words.approval[one.state]}</Badge>
              <Button
                size="small"
                isBusy={isBusy}
                aria-label={`${press}, ${one.name}`}
                onClick={() => give(one)}
              >
                {press}
              </Button>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}
