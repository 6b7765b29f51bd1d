import { useState } from 'react';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/field.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import type { ShiftFields } from './shift-form.js';
import { SupporterPicker } from './supporter-picker.js';

/** How many, led by whom, what they need, and how they show that they are there. */
export function WhoFields({
  draft,
  options,
  errorOf,
  set,
  leaderName,
}: ShiftFields & { readonly leaderName: string }) {
  const words = useWords(shiftWords);
  const [leader, setLeader] = useState(leaderName);
  const [languages, setLanguages] = useState(draft.languages.join(', '));
  const [isOpen, setOpen] = useState(false);
  const skills: Readonly<Record<string, string>> = words.skills;
  const checkIns: Readonly<Record<string, string>> = words.checkIns;
  return (
    <div className="form">
      <div className="pair">
        <TextField
          type="number"
          label={words.capacity}
          min={1}
          max={options.mostPlaces}
          value={draft.capacity}
          error={errorOf('capacity')}
          onChange={({ target }) => set({ capacity: Math.trunc(Number(target.value)) || 0 })}
        />
        <div className="field">
          <span className="field-label">{words.leader}</span>
          <span className="leader">
            <span>
              {draft.leader === '' ? words.leaderNone : leader === '' ? words.nameless : leader}
            </span>
            <Button size="small" onClick={() => setOpen(true)}>
              {words.leaderChoose}
            </Button>
            {draft.leader === '' ? null : (
              <Button
                size="small"
                look="quiet"
                aria-label={words.leaderClear}
                onClick={() => set({ leader: '' })}
              >
                {words.remove}
              </Button>
            )}
          </span>
          {errorOf('leader') === undefined ? null : (
            <p className="field-error">{errorOf('leader')}</p>
          )}
          <p className="field-hint">{words.leaderHint}</p>
        </div>
      </div>
      <Checks
        title={words.skillsTitle}
        all={options.skills}
        chosen={draft.skills}
        names={skills}
        set={(chosen) => set({ skills: chosen })}
      />
      <TextField
        label={words.languages}
        hint={words.languagesHint}
        value={languages}
        maxLength={80}
        autoCapitalize="none"
        error={errorOf('languages')}
        onChange={({ target }) => {
          setLanguages(target.value);
          set({ languages: target.value.toLowerCase().match(/[^\s,;]+/g) ?? [] });
        }}
      />
      <Checks
        title={words.checkIn}
        all={options.checkIns}
        chosen={draft.checkIn}
        names={checkIns}
        set={(chosen) => set({ checkIn: chosen })}
      />
      <Dialog isOpen={isOpen} close={() => setOpen(false)} title={words.leader}>
        <SupporterPicker
          choose={(id, name) => {
            setLeader(name);
            set({ leader: id });
            setOpen(false);
          }}
        />
      </Dialog>
    </div>
  );
}

function Checks({
  title,
  all,
  chosen,
  names,
  set,
}: {
  readonly title: string;
  readonly all: readonly string[];
  readonly chosen: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  set(chosen: readonly string[]): void;
}) {
  return (
    <fieldset className="bare checks">
      <legend className="field-label">{title}</legend>
      {all.map((one) => (
        <label key={one} className="tick">
          <input
            type="checkbox"
            checked={chosen.includes(one)}
            onChange={({ target }) =>
              set(all.filter((value) => (value === one ? target.checked : chosen.includes(value))))
            }
          />
          <span>{names[one] ?? one}</span>
        </label>
      ))}
    </fieldset>
  );
}
