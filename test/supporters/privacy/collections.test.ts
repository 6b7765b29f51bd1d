import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const src = join(__dirname, '..', '..', '..', 'src');

/** What an erasure goes through, here or where `personal-data.ts` names it. */
const ERASED = [
  'supporters',
  'addresses',
  'journal',
  'files',
  'file_bytes',
  'uploads',
  'mails',
  'merges',
  'activities',
  'keyboards',
  'last_heard',
  'deliveries',
  'invitations',
  'conversation_references',
  'vote_plans',
  'votes',
  'proxy_requests',
  'proxy_offers',
  'proxy_news',
  'shifts',
  'volunteer_roles',
  'volunteer_news',
  'donations',
  'donors',
  'pledges',
  'donation_news',
  'turfs',
  'visits',
  'audit',
  'notes',
  'assignments',
];
/** What names no supporter. */
const NAMELESS = [
  'opt_outs',
  'used_links',
  'join_codes',
  'leases',
  'flow_versions',
  'publications',
  'drafts',
  'site_publications',
  'site_drafts',
  'site_pictures',
  'message_drafts',
  'transcripts',
  'messages',
  'segments',
  'rates',
  'processes',
  'posts',
  'post_pictures',
  'doors',
  'door_links',
  'results',
  'roll_addresses',
  'anomaly_notices',
  'undertakings',
  'incomes',
  'sequences',
  'staff',
  'staff_sessions',
  'staff_links',
  'api_tokens',
  'ledger',
  'day_figures',
];

const OPENED = /open(?:Table<.*>\(\s*connection,\s*\{\s*name: |Blobs\(\s*connection,\s*)'(\w+)'/g;

test('every collection is erased with its people, or names nobody', () => {
  const found = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(src, file), 'utf8'))
    .flatMap((text) => [...text.matchAll(OPENED)])
    .map(([, name]) => name);
  expect(found.length).toBeGreaterThan(10);
  expect(new Set(found)).toEqual(new Set([...ERASED, ...NAMELESS]));
});
