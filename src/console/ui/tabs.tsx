import type { ReactNode } from 'react';

/** Some views of one thing, of which one is shown: its button is pressed. */
export function Tabs<T extends string>({
  label,
  of,
  chosen,
  choose,
  name,
  className = '',
}: {
  /** What is chosen, for who does not see it. */
  readonly label: string;
  readonly of: readonly T[];
  readonly chosen: NoInfer<T>;
  choose(one: NoInfer<T>): void;
  name(one: NoInfer<T>): ReactNode;
  readonly className?: string;
}) {
  return (
    <div className={`tabs ${className}`.trim()} role="group" aria-label={label}>
      {of.map((one) => (
        <button
          key={one}
          type="button"
          className="tab"
          aria-pressed={one === chosen}
          onClick={() => choose(one)}
        >
          {name(one)}
        </button>
      ))}
    </div>
  );
}
