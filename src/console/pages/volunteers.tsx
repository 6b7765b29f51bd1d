import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSession } from '../session.js';
import { Icon } from '../ui/icon.js';
import { LinkTabs } from '../ui/link-tabs.js';
import { Page } from '../ui/page.js';
import { useApi } from '../use-api.js';
import { shiftWords } from '../words/shift-words.js';
import { useWords } from '../words/use-words.js';
import { Calendar } from './volunteers/calendar.js';
import { Hours } from './volunteers/hours.js';
import { Roles } from './volunteers/roles.js';
import './volunteers/volunteers.css';

/** Shifts, as a week or a list. */
export function Volunteers() {
  return (
    <Around>
      <Calendar />
    </Around>
  );
}

/** The hours that volunteers gave. */
export function VolunteerHours() {
  return (
    <Around>
      <Hours />
    </Around>
  );
}

/** Who asks for a part that the team gives. */
export function VolunteerRequests() {
  return (
    <Around>
      <Roles />
    </Around>
  );
}

function Around({ children }: { readonly children: ReactNode }) {
  const words = useWords(shiftWords);
  const { may } = useSession();
  const { data: counts } = useApi('GET /volunteers/counts', {});
  return (
    <Page
      title={words.title}
      actions={
        may('volunteers.write') ? (
          <Link href="/volunteers/new" className="button button-primary">
            <Icon name="plus" size={18} />
            <span>{words.make}</span>
          </Link>
        ) : null
      }
    >
      <LinkTabs
        label={words.title}
        tabs={[
          { href: '/volunteers', name: words.tabs.calendar },
          { href: '/volunteers/hours', name: words.tabs.hours },
          {
            href: '/volunteers/requests',
            name: words.tabs.roles,
            count: counts?.asked ?? 0,
          },
        ]}
      />
      {children}
    </Page>
  );
}
