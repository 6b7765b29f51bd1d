import { Link, useLocation } from 'wouter';
import { GROUPS, type PageEntry } from '../pages.js';
import { useSession } from '../session.js';
import { Icon } from '../ui/icon.js';
import { shellWords } from '../words/shell-words.js';
import { useLanguage, useWords } from '../words/use-words.js';
import { Person } from './person.js';
import { WaitingCount } from './waiting-count.js';

/** The pages that somebody may open, in their groups, and below them who one is. */
export function Navigation({ pages }: { readonly pages: readonly PageEntry[] }) {
  const words = useWords(shellWords);
  const { session } = useSession();
  const shown = GROUPS.map((group) => ({
    group,
    entries: pages.filter(({ nav }) => nav?.group === group),
  })).filter(({ entries }) => entries.length > 0);
  return (
    <div className="navigation">
      <div className="brand">
        <span className="brand-mark" aria-hidden="true">
          <Icon name="megaphone" />
        </span>
        <span className="brand-name">{session.campaign.name}</span>
      </div>
      <nav aria-label={words.navigation}>
        {shown.map(({ group, entries }) => (
          <div className="nav-group" key={group}>
            {words.groups[group] === '' ? null : (
              <p className="nav-heading">{words.groups[group]}</p>
            )}
            <ul>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <NavLink entry={entry} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <Person />
    </div>
  );
}

/** A link to a page, which says whether one is there. */
export function NavLink({ entry }: { readonly entry: PageEntry }) {
  const { language } = useLanguage();
  const [here] = useLocation();
  const isHere = isWithin(here, entry.path);
  return (
    <Link href={entry.path} className="nav-link" aria-current={isHere ? 'page' : undefined}>
      <Icon name={entry.nav?.icon ?? 'list'} />
      <span>{entry.name[language]}</span>
      {entry.path === '/inbox' ? <WaitingCount /> : null}
    </Link>
  );
}

function isWithin(here: string, path: string): boolean {
  return path === '/' ? here === '/' : here === path || here.startsWith(`${path}/`);
}
