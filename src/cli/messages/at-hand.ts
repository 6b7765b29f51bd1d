import { ACTIONS } from '../../actions.js';
import { openFlowStore } from '../../conversation/publish/flow-store.js';
import { readInForce } from '../../conversation/publish/read-in-force.js';
import { readSources } from '../../conversation/sources.js';
import { compile, type Compiled } from '../../engine/compile.js';
import type { Audience } from '../../outreach/messages/audience.js';
import type { MessageRow } from '../../outreach/messages/messages.js';
import { wireAudience } from '../../program/wire-audience.js';
import { Refusal } from '../refusal.js';
import { withPeople, type PeopleAtHand } from '../with-people.js';

/** What the commands about messages work with. */
export type MessagesAtHand = PeopleAtHand & {
  /** The campaign, and the flows in force. */
  readonly compiled: Compiled;
  readonly audience: Audience;
};

/** Opens the store, or joins that of a running server, and reads what is in force. */
export async function withMessages<T>(work: (at: MessagesAtHand) => Promise<T>): Promise<T> {
  return withPeople(async (people) => {
    const { settings, connection, messages, deliveries } = people;
    // The store may be new, or of a version before there were messages.
    for (const { table } of [messages, deliveries]) await table.createIndexes();
    const files = await readSources(settings.flowsDir, settings.localesDir);
    const { sources, current } = await readInForce(openFlowStore(connection), files);
    // A store that no server was started on has no flow in force yet.
    const compiled = compile(current.size === 0 ? files : sources, ACTIONS);
    return work({
      ...people,
      compiled,
      audience: wireAudience(connection, () => compiled.campaign),
    });
  });
}

/** The message of this id; a Refusal when there is none. */
export async function findMessage({ messages }: PeopleAtHand, id: string): Promise<MessageRow> {
  const row = await messages.get(id);
  if (row !== undefined) return row;
  throw new Refusal(`There is no message "${id}": portevoix messages list shows them all.`);
}
