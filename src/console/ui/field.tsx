import { useId, type ComponentProps, type ReactNode } from 'react';

type Around = {
  readonly label: string;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
};

/** A line of text with its label, a hint and what is wrong with it. */
export function TextField({ label, error, hint, ...input }: Around & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input {...input} id={id} className="input" {...described(id, error, hint)} />
      <Below id={id} error={error} hint={hint} />
    </div>
  );
}

/** Several lines of text. */
export function TextArea({ label, error, hint, ...input }: Around & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea {...input} id={id} className="input" {...described(id, error, hint)} />
      <Below id={id} error={error} hint={hint} />
    </div>
  );
}

/** One of several. */
export function Select<T extends string>({
  label,
  error,
  hint,
  options,
  value,
  onChoose,
  isLabelHidden = false,
}: Around & {
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  onChoose(value: T): void;
  readonly isLabelHidden?: boolean;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={isLabelHidden ? 'hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        className="input select"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChoose(chosen.value);
        }}
        {...described(id, error, hint)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <Below id={id} error={error} hint={hint} />
    </div>
  );
}

/** Where one types what is looked for; `/` comes here. */
export function SearchField({
  label,
  ...input
}: { readonly label: string } & Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  return (
    <input
      {...input}
      type="search"
      className="input search"
      aria-label={label}
      placeholder={label}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

function described(id: string, error: string | undefined, hint: ReactNode) {
  const below = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`];
  const ids = below.filter((one) => one !== '').join(' ');
  return {
    ...(error === undefined ? {} : { 'aria-invalid': true }),
    ...(ids === '' ? {} : { 'aria-describedby': ids }),
  };
}

function Below({ id, error, hint }: Pick<Around, 'error' | 'hint'> & { readonly id: string }) {
  return (
    <>
      {error === undefined ? null : (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint === undefined ? null : (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
}
