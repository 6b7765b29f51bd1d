import { useEffect, useId, useState, type ReactNode } from 'react';

/**
 * A line whose text is written when one is done with it, by Enter or by going elsewhere: what is typed
 * in between may not be sound yet. Escape takes it back.
 */
export function TypedField({
  label,
  value,
  write,
  hint,
  error,
  isCode = false,
  isLabelHidden = false,
  isReadOnly = false,
  list,
  placeholder,
}: {
  readonly label: string;
  readonly value: string;
  write(value: string): void;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly isCode?: boolean;
  readonly isLabelHidden?: boolean;
  readonly isReadOnly?: boolean;
  /** What is suggested. */
  readonly list?: readonly string[];
  readonly placeholder?: string;
}) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const settle = (): void => {
    if (typed !== value) write(typed);
    // What is refused shows again as it is.
    setTyped(value);
  };
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'hidden' : undefined}>
        {label}
      </label>
      <input
        id={id}
        className={isCode ? 'input input-code' : 'input'}
        value={typed}
        readOnly={isReadOnly}
        spellCheck={!isCode}
        autoComplete="off"
        placeholder={placeholder}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined && hint === undefined ? undefined : `${id}-below`}
        list={list === undefined ? undefined : `${id}-list`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape') {
            event.stopPropagation();
            setTyped(value);
          }
        }}
      />
      {list === undefined ? null : (
        <datalist id={`${id}-list`}>
          {list.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      {error === undefined && hint === undefined ? null : (
        <p className={error === undefined ? 'field-hint' : 'field-error'} id={`${id}-below`}>
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
