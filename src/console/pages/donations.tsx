import type { ReactNode } from 'react';
import { urlOf } from '../client.js';
import { Icon } from '../ui/icon.js';
import { LinkTabs } from '../ui/link-tabs.js';
import { Page } from '../ui/page.js';
import { useApi } from '../use-api.js';
import { donationWords } from '../words/donation-words.js';
import { useWords } from '../words/use-words.js';
import { Anomalies } from './donations/anomalies.js';
import { DonationList } from './donations/donation-list.js';
import { Pledges } from './donations/pledges.js';
import './donations/donations.css';

/** Donations: what came in when and by which channel, and each of them. */
export function Donations() {
  return (
    <Around>
      <DonationList />
    </Around>
  );
}

/** What the treasurer should look at, and what the ledger comes to. */
export function DonationAnomalies() {
  return (
    <Around>
      <Anomalies />
    </Around>
  );
}

/** What was promised. */
export function DonationPledges() {
  return (
    <Around>
      <Pledges />
    </Around>
  );
}

function Around({ children }: { readonly children: ReactNode }) {
  const words = useWords(donationWords);
  const { data: counts } = useApi('GET /donations/counts', {});
  return (
    <Page
      title={words.title}
      actions={
        <>
          <a className="button" href={urlOf('GET /donations/export', { format: 'json' })} download>
            <span>{words.exportJson}</span>
          </a>
          <a className="button" href={urlOf('GET /donations/export', { format: 'csv' })} download>
            <Icon name="download" size={18} />
            <span>{words.exportCsv}</span>
          </a>
        </>
      }
    >
      <LinkTabs
        label={words.title}
        tabs={[
          { href: '/donations', name: words.tabs.donations },
          {
            href: '/donations/anomalies',
            name: words.tabs.anomalies,
            count: counts?.anomalies ?? 0,
          },
          { href: '/donations/pledges', name: words.tabs.pledges },
        ]}
      />
      {children}
    </Page>
  );
}
