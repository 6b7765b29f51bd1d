import { useState } from 'react';
import { Link } from 'wouter';
import type { AreaView, TurfRowView, TurfState } from '../../../staff/api.js';
import { Badge, type Tone } from '../../ui/badge.js';
import { Empty } from '../../ui/empty.js';
import { Failure } from '../../ui/failure.js';
import { Select } from '../../ui/field.js';
import { Icon } from '../../ui/icon.js';
import { More } from '../../ui/more.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useList } from '../../use-api.js';
import { canvassWords } from '../../words/canvass-words.js';
import { useWords } from '../../words/use-words.js';
import { DoneBar } from './area-list.js';
import { useAreaName } from './area-name.js';

const STATES = ['free', 'walked', 'done'] as const satisfies readonly TurfState[];
export const TURF_TONES: { readonly [state in TurfState | 'reserved']: Tone } = {
  free: 'neutral',
  reserved: 'warn',
  walked: 'accent',
  done: 'good',
};

/** Turfs in the order in which they are given out. */
export function TurfList({
  areas,
  light,
}: {
  readonly areas: readonly AreaView[];
  light(id: string | undefined): void;
}) {
  const words = useWords(canvassWords);
  const nameOf = useAreaName();
  const [state, setState] = useState<TurfState | 'all'>('all');
  const [station, setStation] = useState('');
  const list = useList('GET /canvass/turfs', {
    ...(state === 'all' ? {} : { state }),
    ...(station === '' ? {} : { station }),
  });
  return (
    <>
      <div className="canvass-filters">
        <Select<TurfState | 'all'>
          label={words.state}
          isLabelHidden
          value={state}
          onChoose={setState}
          options={[
            { value: 'all', label: words.allStates },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
        <Select
          label={words.anyArea}
          isLabelHidden
          value={station}
          onChoose={setStation}
          options={[
            { value: '', label: words.allAreas },
            ...areas
              .toSorted((one, other) => (one.code < other.code ? -1 : 1))
              .map(({ code }) => ({ value: code, label: nameOf(code) })),
          ]}
        />
      </div>
      {list.error === undefined ? null : <Failure error={list.error} again={list.again} />}
      {list.isLoading && list.items.length === 0 ? <Skeleton lines={8} /> : null}
      {!list.isLoading && list.error === undefined && list.items.length === 0 ? (
        <Empty icon="map" title={words.noTurfs} text={words.noTurfsText} />
      ) : null}
      <ul className="turf-list">
        {list.items.map((turf) => (
          <li
            key={turf.id}
            onPointerEnter={() => light(turf.id)}
            onPointerLeave={() => light(undefined)}
          >
            <TurfLink turf={turf} />
          </li>
        ))}
      </ul>
      <More list={list} />
    </>
  );
}

function TurfLink({ turf }: { readonly turf: TurfRowView }) {
  const words = useWords(canvassWords);
  const { id, name, doors, done, metres, help, state } = turf;
  return (
    <Link href={`/canvass/turfs/${id}`} className="turf-link">
      <span className="turf-head">
        <strong>{name}</strong>
        <TurfBadge turf={turf} />
      </span>
      <span className="area-facts">
        <DoneBar done={done} all={doors} />
        <span>{words.doorsDone(done, doors)}</span>
        <span>{words.metres(metres)}</span>
      </span>
      <TurfPeople turf={turf} />
      {help === undefined || state === 'done' ? null : (
        <span className="turf-help">
          <Icon name="alert" size={16} /> {words.help(help.by.name)}
        </span>
      )}
    </Link>
  );
}

/** How a turf stands. */
export function TurfBadge({ turf }: { readonly turf: TurfRowView }) {
  const words = useWords(canvassWords);
  const isKept = turf.state === 'free' && turf.reservedFor !== undefined;
  return (
    <Badge tone={TURF_TONES[isKept ? 'reserved' : turf.state]}>
      {isKept ? words.reserved : words.states[turf.state]}
    </Badge>
  );
}

function TurfPeople({ turf }: { readonly turf: TurfRowView }) {
  const words = useWords(canvassWords);
  const { canvassers, reservedFor } = turf;
  if (canvassers.length === 0 && reservedFor === undefined) return null;
  return (
    <span className="muted">
      {canvassers.length === 0 ? '' : words.walkedBy(canvassers.map(({ name }) => name).join(', '))}
      {canvassers.length > 0 && reservedFor !== undefined ? ', ' : ''}
      {reservedFor === undefined ? '' : words.keptFor(reservedFor.name)}
    </span>
  );
}
