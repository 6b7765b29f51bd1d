import { Link } from 'wouter';
import { PAGES } from '../pages.js';
import { useSession } from '../session.js';
import { Icon } from '../ui/icon.js';
import { Page } from '../ui/page.js';
import { todayWords } from '../words/today-words.js';
import { useLanguage, useWords } from '../words/use-words.js';

/** Where one begins. */
export function Today() {
  const words = useWords(todayWords);
  const { language } = useLanguage();
  const { session, may } = useSession();
  const pages = PAGES.filter(
    ({ path, nav, permission }) =>
      path !== '/' && nav !== undefined && (permission === undefined || may(permission)),
  );
  return (
    <Page title={words.title(session.name)} text={session.campaign.name}>
      <ul className="tiles">
        {pages.map(({ path, name, nav }) => (
          <li key={path}>
            <Link href={path} className="card tile">
              <Icon name={nav?.icon ?? 'list'} size={22} />
              <span>{name[language]}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
