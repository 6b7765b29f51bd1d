import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

/** Where nothing is yet: what would be here, and how to begin. */
export function Empty({
  icon,
  title,
  text,
  action,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text?: string;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty-icon">
        <Icon name={icon} size={24} />
      </span>
      <p className="empty-title">{title}</p>
      {text === undefined ? null : <p className="empty-text">{text}</p>}
      {action}
    </div>
  );
}
