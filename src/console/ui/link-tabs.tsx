import { Link, useLocation } from 'wouter';

/** The parts of a page that have addresses of their own; the one that is shown says so. */
export function LinkTabs({
  label,
  tabs,
}: {
  readonly label: string;
  readonly tabs: readonly {
    readonly href: string;
    readonly name: string;
    readonly count?: number;
  }[];
}) {
  const [here] = useLocation();
  return (
    <nav className="tabs link-tabs" aria-label={label}>
      {tabs.map(({ href, name, count = 0 }) => (
        <Link
          key={href}
          href={href}
          className="tab"
          aria-current={here === href ? 'page' : undefined}
        >
          {name}
          {count === 0 ? null : <span className="count">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
