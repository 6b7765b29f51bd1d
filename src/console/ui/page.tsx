import { useEffect, type ReactNode } from 'react';
import { useSession } from '../session.js';

/** A page: its name, what can be done on it, and what it shows. */
export function Page({
  title,
  text,
  actions,
  children,
  isWide = false,
}: {
  readonly title: string;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Takes the whole width and height, such as a canvas or an inbox. */
  readonly isWide?: boolean;
}) {
  const { session } = useSession();
  useEffect(() => {
    document.title = `${title} · ${session.campaign.name}`;
  }, [title, session.campaign.name]);
  return (
    <div className={isWide ? 'page page-wide' : 'page'}>
      <header className="page-head">
        <div className="page-title">
          <h1>{title}</h1>
          {text === undefined ? null : <p>{text}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      <div className="page-body">{children}</div>
    </div>
  );
}

/** A part of a page with a name of its own. */
export function Section({
  title,
  text,
  actions,
  children,
}: {
  readonly title: string;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section">
      <header className="section-head">
        <div>
          <h2>{title}</h2>
          {text === undefined ? null : <p>{text}</p>}
        </div>
        {actions === undefined ? null : <div className="page-actions">{actions}</div>}
      </header>
      {children}
    </section>
  );
}
