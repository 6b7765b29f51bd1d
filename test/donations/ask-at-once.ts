import { randomUUID } from 'node:crypto';
import { createBook } from '../../src/donations/book/book.js';
import { openDonations } from '../../src/donations/book/donations.js';
import { createPrompt } from '../../src/donations/checkout/prompt.js';
import { rulesFor } from '../../src/donations/rules/donation-rules.js';
import { Permit } from '../../src/engine/calendar/permit.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { readCampaign } from '../outreach/messages/sample.js';
import { AT, FRANCE } from './france.js';

/**
 * Asks for payment pages for one person as quickly as it can, in turn under each of the ids that it is given,
 * and prints how many it got.
 */
async function main([dataDir = '', cents = '0', times = '0', ...ids]: readonly string[]) {
  const store = await openStore({ dataDir, lasting: false });
  const now = (): number => AT;
  const campaign = readCampaign(FRANCE);
  const people = openPeople(store.connection, 'a secret of tests');
  const tables = openDonations(store.connection);
  let turn = 0;
  const prompt = createPrompt({
    book: createBook({ tables, people, now }),
    gateway: 'stripe',
    find: async (id) =>
      (await people.supporters.get(id)) ??
      (await people.supporters.table.find({ merged_from: id }, { limit: 1 }))[0],
    // As processes do that looked before the profiles were merged, and after.
    giver: async ({ _id }) => ids[(turn += 1) % ids.length] ?? _id,
    mayOpen: async () =>
      Permit.ask(campaign.calendar, { way: 'checkout', content: 'campaign' }, now()),
    campaign: () => campaign,
    rules: () => rulesFor(campaign, now()),
    newId: () => randomUUID(),
    pageOf: ({ _id }) => _id,
    now,
  });
  process.stdout.write('ready\n');
  await new Promise<void>((resolve) => process.stdin.once('data', () => resolve()));
  const answers = await Promise.all(
    Array.from({ length: Number(times) }, (_, index) =>
      prompt.prompt({
        supporter: ids[index % ids.length] ?? '',
        key: `${process.pid} ${index}`,
        with: { amount: Number(cents), eligible: true, own_money: true },
      }),
    ),
  );
  await store.close();
  process.stdout.write(`${answers.filter(({ state }) => state === 'ready').length}\n`);
  process.stdin.destroy();
}

void main(process.argv.slice(2));
