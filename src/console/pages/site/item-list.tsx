import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/button.js';
import { siteWords } from '../../words/site-words.js';
import { useWords } from '../../words/use-words.js';

/** Several things of one kind, to be written, moved, added and removed. */
export function ItemList<T>({
  items,
  nameOf,
  add,
  fresh,
  change,
  error,
  isMovable = true,
  children,
}: {
  readonly items: readonly T[];
  nameOf(number: number): string;
  /** On the button that adds one. */
  readonly add: string;
  fresh(): T;
  change(items: readonly T[]): void;
  readonly error?: string | undefined;
  readonly isMovable?: boolean;
  children(item: T, index: number, set: (item: T) => void): ReactNode;
}) {
  const words = useWords(siteWords);
  const swap = (index: number): void => {
    const [one, other] = [items[index], items[index + 1]];
    if (one === undefined || other === undefined) return;
    change(items.map((item, at) => (at === index ? other : at === index + 1 ? one : item)));
  };
  return (
    <>
      <ol className="site-items">
        {items.map((item, index) => {
          const name = nameOf(index + 1);
          return (
            <li key={index} className="site-item" aria-label={name}>
              <div className="site-item-head">
                <span>{name}</span>
                {isMovable ? (
                  <>
                    <IconButton
                      icon="up"
                      label={words.up(name)}
                      disabled={index === 0}
                      onClick={() => swap(index - 1)}
                    />
                    <IconButton
                      icon="down"
                      label={words.down(name)}
                      disabled={index === items.length - 1}
                      onClick={() => swap(index)}
                    />
                  </>
                ) : null}
                <IconButton
                  icon="trash"
                  label={words.remove(name)}
                  onClick={() => change(items.filter((_, at) => at !== index))}
                />
              </div>
              {children(item, index, (next) =>
                change(items.map((old, at) => (at === index ? next : old))),
              )}
            </li>
          );
        })}
      </ol>
      {error === undefined ? null : <p className="field-error">{error}</p>}
      <Button icon="plus" onClick={() => change([...items, fresh()])}>
        {add}
      </Button>
    </>
  );
}
