import { TextField } from '../../ui/field.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import type { ShiftFields } from './shift-form.js';

/** A new shift lasts so many hours until somebody says otherwise. */
const USUAL_HOURS = 2;

/** From when to when; once people signed up it stays. */
export function WhenFields({
  draft,
  errorOf,
  set,
  isFixed,
}: ShiftFields & { readonly isFixed: boolean }) {
  const words = useWords(shiftWords);
  const begin = (text: string): void => {
    const starts = text.slice(0, 16);
    const isEmpty = draft.ends === '' || draft.ends <= starts;
    set({ starts, ...(isEmpty ? { ends: later(starts, USUAL_HOURS) ?? draft.ends } : {}) });
  };
  return (
    <div className="form">
      <div className="pair">
        <TextField
          type="datetime-local"
          label={words.starts}
          hint={words.clock(draft.timezone)}
          value={draft.starts}
          disabled={isFixed}
          error={errorOf('starts')}
          onChange={({ target }) => begin(target.value)}
        />
        <TextField
          type="datetime-local"
          label={words.ends}
          value={draft.ends}
          disabled={isFixed}
          error={errorOf('ends')}
          onChange={({ target }) => set({ ends: target.value.slice(0, 16) })}
        />
      </div>
      {isFixed ? <p className="field-hint">{words.timesFixed}</p> : null}
    </div>
  );
}

/** So many hours later on the same clock; undefined where nothing whole is written. */
function later(local: string, hours: number): string | undefined {
  const at = Date.parse(`${local}:00Z`);
  if (Number.isNaN(at)) return undefined;
  return new Date(at + hours * 3_600_000).toISOString().slice(0, 16);
}
