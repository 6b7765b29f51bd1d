import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Connection } from 'mongoose';
import { createBook, type Book } from '../../src/donations/book/book.js';
import { giverOf } from '../../src/donations/book/giver-of.js';
import { openDonations, type Donations } from '../../src/donations/book/donations.js';
import { createRecount } from '../../src/donations/book/recount.js';
import { createBegin } from '../../src/donations/checkout/begin.js';
import { createPrompt } from '../../src/donations/checkout/prompt.js';
import { createSettling } from '../../src/donations/checkout/settle.js';
import type { Gateway, GatewayNotice } from '../../src/donations/gateway/gateway.js';
import { rulesFor } from '../../src/donations/rules/donation-rules.js';
import { createRefunds } from '../../src/donations/treasurer/refunds.js';
import { Permit } from '../../src/engine/calendar/permit.js';
import type { Campaign } from '../../src/engine/campaign.js';
import { identitiesOf } from '../../src/supporters/identities.js';
import { createMerging } from '../../src/supporters/merge/merge-supporters.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { readCampaign, supporter } from '../outreach/messages/sample.js';
import { openHere } from '../store/support.js';
import { AT, FRANCE } from './france.js';

/** A donor who filled in everything. */
export const LEA = {
  first_name: 'Léa',
  last_name: 'Martin',
  nationality: 'FR',
  street: '3 place du Lavoir',
  postal_code: '35000',
  city: 'Rennes',
  country: 'FR',
  attest: 'yes',
} as const;

/** The whole domain on a store of its own, with a gateway that says what a test lets it say. */
export type Desk = {
  readonly connection: Connection;
  readonly tables: Donations;
  readonly people: People;
  readonly book: Book;
  readonly prompt: ReturnType<typeof createPrompt>;
  readonly begin: ReturnType<typeof createBegin>;
  readonly settling: ReturnType<typeof createSettling>;
  readonly refunds: ReturnType<typeof createRefunds>;
  readonly recount: ReturnType<typeof createRecount>;
  readonly merging: ReturnType<typeof createMerging>;
  /** What the gateway says of a checkout when it is asked. */
  readonly says: Map<string, GatewayNotice>;
  /** What it was asked to return, in order. */
  readonly returned: { readonly key: string; readonly cents: number }[];
  readonly clock: { now: number };
  readonly campaign: Campaign;
  readonly dataDir: string;
  meet(id: string, more?: Partial<SupporterRecord>): Promise<void>;
  find(id: string): Promise<SupporterRecord | undefined>;
  /** Brings profiles and ledger in step with what was done. */
  settleAll(): Promise<void>;
  close(): Promise<void>;
};

export async function openDesk(text = FRANCE, at = AT): Promise<Desk> {
  const opened = await openHere();
  const { connection } = opened.store;
  const clock = { now: at };
  const now = (): number => clock.now;
  const tables = openDonations(connection);
  const people = openPeople(connection, 'a secret of tests');
  for (const table of [
    tables.donations,
    tables.donors,
    tables.ledger,
    tables.pledges,
    tables.news,
    people.supporters.table,
    people.addresses.table,
    people.merges.table,
  ])
    await table.createIndexes();
  const campaign: Campaign = readCampaign(text);
  const says = new Map<string, GatewayNotice>();
  const returned: { key: string; cents: number }[] = [];
  const gateway: Gateway = {
    name: 'stripe',
    trial: false,
    open: async ({ donation, begun }) => ({
      session: `cs_${donation}_${begun}`,
      url: `https://pay.example/${donation}/${begun}`,
    }),
    look: async (session) => says.get(session),
    refund: async ({ key, cents }) => {
      if (!returned.some((one) => one.key === key)) returned.push({ key, cents });
    },
  };
  const report = (error: unknown): void => {
    throw error;
  };
  const find = async (id: string): Promise<SupporterRecord | undefined> =>
    (await people.supporters.get(id)) ??
    (await people.supporters.table.find({ merged_from: id }, { limit: 1 }))[0];
  const mayOpen = async () =>
    Permit.ask(campaign.calendar, { way: 'checkout', content: 'campaign' }, now());
  const rules = () => rulesFor(campaign, now());
  const book = createBook({ tables, people, now });
  const newId = (): string => randomUUID();
  const recount = createRecount({
    tables,
    book,
    merges: people.merges,
    trial: false,
    find,
    async change(id, make) {
      const record = await people.supporters.get(id);
      if (record === undefined) return;
      expect(await people.supporters.save(make(record))).toBeDefined();
    },
    report,
    now,
  });
  return {
    connection,
    tables,
    people,
    book,
    says,
    returned,
    clock,
    campaign,
    dataDir: opened.dataDir,
    find,
    recount,
    prompt: createPrompt({
      book,
      gateway: gateway.name,
      find,
      giver: async (record, reach) =>
        giverOf(
          record._id,
          reach,
          (await people.merges.of(identitiesOf(record))).filter(
            ({ undone_at: undone }) => undone === undefined,
          ),
        ),
      mayOpen,
      campaign: () => campaign,
      rules,
      newId,
      pageOf: ({ _id }) => `https://campaign.example/give/${_id}`,
      now,
    }),
    begin: createBegin({
      book,
      tables,
      gateway,
      mayOpen,
      rules,
      title: () => 'Don',
      returnUrl: ({ _id }) => `https://campaign.example/give/${_id}/return`,
      cancelUrl: ({ _id }) => `https://campaign.example/give/${_id}`,
      now,
    }),
    settling: createSettling({ book, tables, gateway, settled: () => undefined, report, now }),
    refunds: createRefunds({ tables, book, gateway, newId, report, now }),
    merging: createMerging({ ...people, now }),
    async meet(id, more = {}) {
      const one = supporter(id, ['web'], more);
      const consents = one.consents.flatMap((consent) => [
        consent,
        { ...consent, purpose: 'donation' as const, source: 'donate.agree' },
      ]);
      const record = { ...one, consents };
      const { channel, address } = record.last;
      await people.supporters.save(record);
      await people.addresses.claim(channel, address, id, new Date(now()));
    },
    async settleAll() {
      await recount.heedMerges();
      // What is settled in one round is counted in the next.
      for (let rounds = 0; rounds < 3; rounds += 1) await recount.recountStale();
    },
    close: opened.close,
  };
}

/** The id of the gift whose page an answer of `donation.prompt` gives. */
export function idIn({ url }: { readonly [name: string]: unknown }): string {
  return typeof url === 'string' ? (url.split('/').at(-1)?.replace(/\?.*$/, '') ?? '') : '';
}
