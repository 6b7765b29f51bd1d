import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from 'mongoose';
import { ACTIONS } from '../../src/actions.js';
import { compile } from '../../src/engine/compile.js';
import { openDeliveries, type Deliveries } from '../../src/outreach/messages/deliveries.js';
import type { SendOutcome } from '../../src/outreach/messages/dispatch/network.js';
import {
  openMessageDrafts,
  type MessageDrafts,
} from '../../src/outreach/messages/message-drafts.js';
import { openMessages, type Messages } from '../../src/outreach/messages/messages.js';
import { planMessage } from '../../src/outreach/messages/plan/plan-message.js';
import { sendTest } from '../../src/outreach/messages/send-test.js';
import type { Ways } from '../../src/outreach/messages/way-for.js';
import { createAudience } from '../../src/outreach/segments/audience.js';
import { openSegments, type Segments } from '../../src/outreach/segments/segments.js';
import { openSequences, type Sequences } from '../../src/outreach/sequences/sequences.js';
import { wireAudience } from '../../src/program/wire-audience.js';
import { messageRoutes } from '../../src/staff/routes/message-routes.js';
import { segmentRoutes } from '../../src/staff/routes/segment-routes.js';
import { openPeople, type People } from '../../src/supporters/open-people.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { CAMPAIGN_YAML } from '../outreach/messages/sample.js';
import { openHere } from '../store/support.js';
import { openStaff, type Browser, type OpenStaff } from './open-staff.js';

const FLOW = `
title: Accueil
purpose: engagement
content: campaign
starts_on: [{ command: start }]
steps:
  - branch: true
    id: look
    next:
      - if: '"donors" in supporter.segments'
        then: end
      - else: end
`;

/** A campaign with one flow, which asks for the segment `donors`. */
export const COMPILED = compile(
  {
    campaign: { path: 'flows/campaign.yaml', text: CAMPAIGN_YAML },
    flows: [{ path: 'flows/welcome.yaml', text: FLOW }],
    locales: ['fr', 'en'].map((language) => {
      const path = `locales/${language}/common.yaml`;
      return { path, text: readFileSync(join(__dirname, '..', '..', path), 'utf8') };
    }),
    segments: ['donors'],
  },
  ACTIONS,
);

export type OpenOutreach = {
  readonly staff: OpenStaff;
  readonly connection: Connection;
  readonly people: People;
  readonly messages: Messages;
  readonly deliveries: Deliveries;
  readonly drafts: MessageDrafts;
  readonly segments: Segments;
  readonly sequences: Sequences;
  /** The first administrator. */
  readonly browser: Browser;
  /** What tests of messages sent: channel, address and words. */
  readonly sent: { channel: string; address: string; text: string }[];
  /** What sends answer. */
  answer: SendOutcome;
  meet(...records: readonly SupporterRecord[]): Promise<void>;
  close(): Promise<void>;
};

export const WAYS: Ways = { on: new Set(['web', 'telegram', 'email']), windows: new Map() };

/** The routes about outreach over stores of their own, for an administrator who is signed in. */
export async function openOutreach(now: () => number): Promise<OpenOutreach> {
  const { store, close } = await openHere();
  const { connection } = store;
  const people = openPeople(connection, 'a secret');
  const messages = openMessages(connection);
  const deliveries = openDeliveries(connection);
  const drafts = openMessageDrafts(connection);
  const segments = openSegments(connection);
  const sequences = openSequences(connection, messages);
  for (const { table } of [people.supporters, people.addresses, messages, deliveries, drafts]) {
    await table.createIndexes();
  }
  const { campaign } = COMPILED;
  const flows = async () => [...COMPILED.flows.values()];
  const sent: OpenOutreach['sent'] = [];
  const kept = { messages, deliveries, drafts, segments, sequences };
  const staff = await openStaff([
    ...segmentRoutes({
      ...kept,
      audience: createAudience(people.supporters, () => campaign),
      supporters: people.supporters,
      flows,
      terms: () => campaign,
    }),
    ...messageRoutes({
      ...kept,
      campaign: () => campaign,
      flows,
      channelsOn: () => WAYS.on,
      plan: (message) =>
        planMessage(message, {
          ...kept,
          supporters: people.supporters,
          campaign,
          ways: WAYS,
          rates: new Map([['telegram', 30]]),
          audience: wireAudience(connection, () => campaign),
          now,
        }),
      async test(definition, _member, language) {
        const [record] = await people.supporters.table.find({ email: 'claire@exemple.fr' });
        return sendTest(
          definition,
          { email: 'claire@exemple.fr', language, ...(record === undefined ? {} : { record }) },
          {
            addresses: people.addresses,
            networks: new Map(
              [...WAYS.on].map((channel) => [
                channel,
                {
                  async send(address, { text }, mayLeave) {
                    const permit = mayLeave();
                    if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
                    sent.push({ channel, address, text });
                    return opened.answer;
                  },
                },
              ]),
            ),
            campaign,
            id: 'one',
            now,
          },
        );
      },
      now,
    }),
  ]);
  const opened: OpenOutreach = {
    ...kept,
    staff,
    connection,
    people,
    sent,
    answer: { type: 'sent' },
    browser: await staff.begin(),
    async meet(...records) {
      await people.supporters.table.insertAll(records);
      await people.addresses.table.insertMissing(
        records.flatMap(({ _id, reachable_on: channels = [], created_at: created }) =>
          channels.map((channel) => ({
            _id: `${channel}:${_id}-${channel}`,
            supporter: _id,
            channel,
            address: `${_id}-${channel}`,
            created_at: created,
            reachable: true,
          })),
        ),
      );
    },
    async close() {
      await staff.close();
      await close();
    },
  };
  return opened;
}
