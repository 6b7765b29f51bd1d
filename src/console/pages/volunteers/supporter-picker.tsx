import { useState } from 'react';
import { Avatar } from '../../ui/avatar.js';
import { Failure } from '../../ui/failure.js';
import { SearchField } from '../../ui/field.js';
import { Skeleton } from '../../ui/skeleton.js';
import { useApi } from '../../use-api.js';
import { useLater } from '../../use-later.js';
import { shiftWords } from '../../words/shift-words.js';
import { useWords } from '../../words/use-words.js';

const MOST = 8;

/** Finds somebody by name, e-mail or phone, and hands over who was pressed. */
export function SupporterPicker({
  isBusy = false,
  choose,
}: {
  readonly isBusy?: boolean;
  choose(id: string, name: string): void;
}) {
  const words = useWords(shiftWords);
  const [typed, setTyped] = useState('');
  const q = useLater(typed.trim());
  const { data, error } = useApi('GET /supporters', q === '' ? undefined : { q, limit: MOST });
  return (
    <div className="picker">
      <SearchField
        label={words.find}
        autoFocus
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      {error === undefined ? null : <Failure error={error} />}
      {q !== '' && data === undefined && error === undefined ? <Skeleton lines={3} /> : null}
      {data !== undefined && q !== '' && data.items.length === 0 ? (
        <p className="muted">{words.foundNobody}</p>
      ) : null}
      <ul className="choices">
        {(q === '' ? [] : (data?.items ?? [])).slice(0, MOST).map((row) => {
          const name = row.name === '' ? (row.email ?? row.phone ?? words.nameless) : row.name;
          return (
            <li key={row.id}>
              <button
                type="button"
                className="choice picker-choice"
                disabled={isBusy}
                onClick={() => choose(row.id, name)}
              >
                <span className="who">
                  <Avatar name={name} size="small" />
                  <span className="who-words">
                    <span>{name}</span>
                    <span>{[row.email, row.town].filter(Boolean).join(' · ')}</span>
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
