import { deliveriesOf, deliveryId, type Deliveries } from '../messages/deliveries.js';
import { stepMessage, type SequenceRow } from './sequences.js';
import { personStanding, type PersonStanding } from './standing.js';

export type SequencePerson = { readonly supporter: string } & PersonStanding;

/** Read at once, and at most in one page: whoever looks for few among many asks for the next page. */
const TOGETHER = 200;
const MOST_READ = 2_000;

/**
 * Whom a sequence began for, in the order of their ids, from after `after` on; `next` is where to go on,
 * which may be so even when a page is not full.
 */
export async function listPeople(
  { table }: Pick<Deliveries, 'table'>,
  { _id: id, definition }: Pick<SequenceRow, '_id' | 'definition'>,
  query: {
    readonly show?: PersonStanding['type'] | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<{ readonly people: readonly SequencePerson[]; readonly next?: string }> {
  const { show, limit } = query;
  const messages = definition.steps.map((_step, step) => stepMessage(id, step));
  const first = stepMessage(id, 0);
  const people: SequencePerson[] = [];
  let after = query.after;
  for (let read = 0; read < MOST_READ; read += TOGETHER) {
    const ids = deliveriesOf(first)._id;
    const from = after === undefined ? ids : { ...ids, $gt: deliveryId(first, after) };
    const rows = await table.find({ _id: from }, { sort: { _id: 1 }, limit: TOGETHER });
    const supporters = rows.map(({ supporter }) => supporter);
    const all = supporters.flatMap((one) => messages.map((message) => deliveryId(message, one)));
    const found = all.length === 0 ? [] : await table.find({ _id: { $in: all } });
    const byId = new Map(found.map((row) => [row._id, row]));
    for (const supporter of supporters) {
      const steps = messages.flatMap((message) => byId.get(deliveryId(message, supporter)) ?? []);
      const standing = personStanding(steps);
      after = supporter;
      if (standing === undefined || (show !== undefined && standing.type !== show)) continue;
      people.push({ supporter, ...standing });
      if (people.length === limit) return { people, next: supporter };
    }
    if (rows.length < TOGETHER) return { people };
  }
  return after === undefined ? { people } : { people, next: after };
}
