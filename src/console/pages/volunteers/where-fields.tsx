import { Select, TextField } from '../../ui/field.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';
import type { ShiftFields } from './shift-form.js';

const NEW = 'new';

/** Where it is: a place of an earlier shift, or another. */
export function WhereFields({ draft, options, errorOf, set }: ShiftFields) {
  const words = useWords(shiftWords);
  const { place } = draft;
  const part = (next: Partial<typeof place>): void => set({ place: { ...place, ...next } });
  const chosen = options.places.findIndex(
    ({ name, point }) => name === place.name && point === place.point,
  );
  return (
    <div className="form">
      {options.places.length === 0 ? null : (
        <Select
          label={words.placeBefore}
          value={chosen < 0 ? NEW : String(chosen)}
          options={[
            { value: NEW, label: words.placeNew },
            ...options.places.map(({ name, address }, index) => ({
              value: String(index),
              label: [name, address].filter((text) => text !== '').join(', '),
            })),
          ]}
          onChoose={(value) => {
            const known = options.places[Number(value)];
            set({
              place:
                value === NEW || known === undefined
                  ? { name: '', address: '', postalCode: '', point: '' }
                  : known,
            });
          }}
        />
      )}
      <div className="pair">
        <TextField
          label={words.placeName}
          value={place.name}
          maxLength={200}
          error={errorOf('place.name')}
          onChange={({ target }) => part({ name: target.value })}
        />
        <TextField
          label={words.address}
          value={place.address}
          maxLength={300}
          error={errorOf('place.address')}
          onChange={({ target }) => part({ address: target.value })}
        />
        <TextField
          label={words.postalCode}
          value={place.postalCode}
          maxLength={20}
          inputMode="numeric"
          error={errorOf('place.postalCode')}
          onChange={({ target }) => part({ postalCode: target.value })}
        />
        <TextField
          label={words.point}
          hint={words.pointHint}
          value={place.point}
          maxLength={60}
          error={errorOf('place.point')}
          onChange={({ target }) => part({ point: target.value })}
        />
      </div>
    </div>
  );
}
