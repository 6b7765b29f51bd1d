import type { ComponentProps, ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

type ButtonProps = Omit<ComponentProps<'button'>, 'className'> & {
  /** What it does to the page: the one thing to do, one among several, hardly there, or hard to undo. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'small' | 'medium';
  readonly icon?: IconName;
  /** It is at work: it takes no second press. */
  readonly isBusy?: boolean;
  readonly children: ReactNode;
};

/** Something to press. */
export function Button(props: ButtonProps) {
  const { look = 'plain', size = 'medium', icon, isBusy = false, children, ...rest } = props;
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${look} button-${size}`}
      aria-disabled={isBusy || rest['aria-disabled'] === true ? true : undefined}
      aria-busy={isBusy ? true : undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else rest.onClick?.(event);
      }}
    >
      {icon === undefined ? null : <Icon name={icon} size={18} />}
      <span>{children}</span>
      {isBusy ? <span className="spinner" aria-hidden="true" /> : null}
    </button>
  );
}

/** Something to press that is a drawing only; its label is read and shown on hover. */
export function IconButton({
  icon,
  label,
  ...rest
}: Omit<ComponentProps<'button'>, 'className' | 'children' | 'title'> & {
  readonly icon: IconName;
  readonly label: string;
}) {
  return (
    <button type="button" {...rest} className="icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}
