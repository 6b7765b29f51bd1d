import type { DraftTime, MessageOptions } from '../../../staff/api.js';
import { Select, TextField } from '../../ui/field.js';
import { messageWords } from '../../words/message-words.js';
import { useWords } from '../../words/use-words.js';

/** An instant on the campaign's clocks, or so many days before a round where people vote. */
export function TimeField({
  label,
  time,
  options,
  error,
  beforeHint,
  change,
}: {
  readonly label: string;
  readonly time: DraftTime;
  readonly options: Pick<MessageOptions, 'election' | 'timezone'>;
  readonly error: string | undefined;
  /** On whose clocks a time of day is, where that is not each person’s. */
  readonly beforeHint?: string;
  change(time: DraftTime): void;
}) {
  const words = useWords(messageWords);
  const { election, timezone } = options;
  return (
    <div className="form">
      {election === undefined ? null : (
        <Select
          label={label}
          value={time.type}
          options={[
            { value: 'before', label: words.timeKinds.before },
            { value: 'instant', label: words.timeKinds.instant },
          ]}
          onChoose={(type) =>
            change(
              type === 'instant' ? { type, at: '' } : { type, days: 1, time: '18:00', round: 1 },
            )
          }
        />
      )}
      {time.type === 'instant' ? (
        <TextField
          label={words.instant}
          hint={words.timeHint(timezone)}
          type="datetime-local"
          value={time.at}
          error={error}
          onChange={({ target }) => change({ type: 'instant', at: target.value.slice(0, 16) })}
        />
      ) : (
        <div className="time-parts">
          <TextField
            label={words.days}
            type="number"
            min={0}
            max={400}
            value={time.days}
            error={error}
            onChange={({ target }) =>
              change({
                ...time,
                days: Math.min(400, Math.max(0, Math.trunc(Number(target.value)))),
              })
            }
          />
          <TextField
            label={words.hour}
            type="time"
            hint={beforeHint ?? words.beforeHint}
            value={time.time}
            onChange={({ target }) => change({ ...time, time: target.value.slice(0, 5) })}
          />
          {election?.secondRound === undefined ? null : (
            <Select
              label={words.round}
              value={time.round === 1 ? '1' : '2'}
              options={[
                { value: '1', label: words.rounds['1'] },
                { value: '2', label: words.rounds['2'] },
              ]}
              onChoose={(round) => change({ ...time, round: round === '1' ? 1 : 2 })}
            />
          )}
        </div>
      )}
    </div>
  );
}
