import { Select, TextField } from '../../ui/field.js';
import { shiftWords } from '../../words/shift-words.js';
import { useLanguage, useWords } from '../../words/use-words.js';
import type { ShiftFields } from './shift-form.js';

/** What is done, in the words of each language. */
export function WhatFields({ draft, options, errorOf, set }: ShiftFields) {
  const words = useWords(shiftWords);
  const { language } = useLanguage();
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'code' });
  return (
    <div className="form">
      <div className="pair">
        {options.languages.map((one) => (
          <TextField
            key={one}
            label={words.titleIn(names.of(one) ?? one)}
            hint={one === options.languages[0] ? words.titleHint : undefined}
            value={draft.title[one] ?? ''}
            maxLength={200}
            lang={one}
            error={errorOf(`title.${one}`)}
            onChange={({ target }) => set({ title: { ...draft.title, [one]: target.value } })}
          />
        ))}
      </div>
      <Select
        label={words.task}
        value={draft.task}
        error={errorOf('task')}
        options={options.tasks.map((value) => ({ value, label: words.tasks[value] }))}
        onChoose={(task) => set({ task })}
      />
    </div>
  );
}
