import { randomUUID } from 'node:crypto';
import type { Channel } from '../channels/channel.js';
import type { Content } from '../engine/calendar/permit.js';
import type { Library } from '../engine/flow.js';
import type { MessageDefinition } from '../outreach/messages/message.js';
import { sendTest, type TestOutcome } from '../outreach/messages/send-test.js';
import { findSupporters } from '../supporters/find-supporters.js';
import type { Tables } from './open-tables.js';

/** Sends something to a member of the team, where they are reached as a supporter, or at their address. */
export type SendToOneself = (
  what: Pick<MessageDefinition, 'says' | 'channels'> & { readonly content: Content },
  member: string,
  language: string,
) => Promise<TestOutcome>;

/** Makes what sends tests: each counts as nothing, and the calendar is asked as for all else. */
export function createSendToOneself({
  tables: { people, staff },
  channels,
  library,
  now,
}: {
  readonly tables: Pick<Tables, 'people' | 'staff'>;
  readonly channels: ReadonlyMap<string, Channel>;
  library(): Library;
  now(): number;
}): SendToOneself {
  return async (what, member, language) => {
    const { email } = (await staff.members.get(member)) ?? { email: '' };
    const found = await findSupporters(email, people.supporters, people.addresses, () => undefined);
    // Anybody can type an address; only who confirmed it is them.
    const record = found.find(({ email_confirmed_at: since }) => since !== undefined);
    return sendTest(
      what,
      { email, language, ...(record === undefined ? {} : { record }) },
      {
        addresses: people.addresses,
        networks: new Map(
          [...channels.values()].map((channel) => [
            channel.name,
            {
              send: (address, sending, mayLeave) =>
                channel.send(address, { type: 'text', ...sending }, mayLeave),
            },
          ]),
        ),
        campaign: library().campaign,
        id: randomUUID().slice(0, 8),
        now,
      },
    );
  };
}
