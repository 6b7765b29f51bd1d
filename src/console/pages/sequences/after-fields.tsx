import type { AfterDraft } from '../../../staff/api.js';
import { Select, TextField } from '../../ui/field.js';
import { sequenceWords } from '../../words/sequence-words.js';
import { useWords } from '../../words/use-words.js';

const MOST = { minutes: 100_000, hours: 10_000, days: 365 } as const;
const UNITS = ['minutes', 'hours', 'days'] as const;

/** When a step leaves, counted from what the sequence begins with. */
export function AfterFields({
  after,
  error,
  change,
}: {
  readonly after: AfterDraft;
  readonly error: string | undefined;
  change(after: AfterDraft): void;
}) {
  const words = useWords(sequenceWords);
  return (
    <div className="step-when">
      <Select
        label={words.delay}
        value={after.type}
        options={[
          { value: 'span', label: words.delays.span },
          { value: 'day', label: words.delays.day },
        ]}
        onChoose={(type) =>
          change(
            type === 'span' ? { type, count: 2, unit: 'hours' } : { type, days: 1, time: '18:00' },
          )
        }
      />
      {after.type === 'span' ? (
        <>
          <TextField
            label={words.count}
            type="number"
            min={1}
            max={MOST[after.unit]}
            value={after.count}
            error={error}
            onChange={({ target }) =>
              change({ ...after, count: whole(target.value, 1, MOST[after.unit]) })
            }
          />
          <Select
            label={words.unit}
            value={after.unit}
            options={UNITS.map((value) => ({ value, label: words.units[value] }))}
            onChoose={(unit) => change({ ...after, unit })}
          />
        </>
      ) : (
        <>
          <TextField
            label={words.days}
            type="number"
            min={0}
            max={365}
            value={after.days}
            error={error}
            onChange={({ target }) => change({ ...after, days: whole(target.value, 0, 365) })}
          />
          <TextField
            label={words.hour}
            hint={words.hourHint}
            type="time"
            value={after.time}
            onChange={({ target }) => change({ ...after, time: target.value.slice(0, 5) })}
          />
        </>
      )}
    </div>
  );
}

function whole(text: string, least: number, most: number): number {
  return Math.min(most, Math.max(least, Math.trunc(Number(text))));
}
