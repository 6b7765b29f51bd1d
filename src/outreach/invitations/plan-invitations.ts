import type { AddressRow, Addresses } from '../../supporters/addresses.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { OptOuts } from '../../supporters/opt-outs.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import { chooseWay } from './choose-way.js';
import { invitationId, type InvitationRow, type Invitations } from './invitations.js';
import { nameOf, type NoWayReason } from './ways-to-invite.js';

/** Addresses looked at in one go. */
const BATCH = 200;

export type PlanOptions = {
  readonly supporters: Pick<Supporters, 'table'>;
  readonly addresses: Pick<Addresses, 'table'>;
  readonly optOuts: Pick<OptOuts, 'latest'>;
  readonly invitations: Pick<Invitations, 'table'>;
  /** Channels that are turned on. */
  readonly on: ReadonlySet<string>;
  now(): number;
};

/** How many of a channel's supporters are invited by which way, and why the others are not. */
export type InvitationPlan = {
  readonly people: number;
  readonly ways: { readonly [way: string]: number };
  readonly cannot: { readonly [reason in NoWayReason]?: number };
  /** Invited before. */
  readonly already: number;
};

/**
 * Plans to invite everybody who is on the channel `from`, each once: broken off and begun again, it goes
 * on with those who are not planned yet. A dry run only counts.
 */
export async function planInvitations(
  from: string,
  isDryRun: boolean,
  options: PlanOptions,
): Promise<InvitationPlan> {
  const { supporters, addresses, invitations } = options;
  const plan = { people: 0, already: 0 };
  const ways: Record<string, number> = {};
  const cannot: { [reason in NoWayReason]?: number } = {};

  async function planThese(rows: readonly AddressRow[]): Promise<void> {
    const ids = [...new Set(rows.map(({ supporter }) => supporter))];
    const records = await supporters.table.find({ _id: { $in: ids } });
    const all = groupBySupporter(await addresses.table.find({ supporter: { $in: ids } }));
    const invited = await alreadyInvited(records);
    const planned: InvitationRow[] = [];
    for (const record of records) {
      const own = all.get(record._id) ?? [];
      // Somebody with two addresses here is met at the first of them.
      if (!rows.some(({ _id }) => _id === firstOn(from, own))) continue;
      plan.people += 1;
      if (invited.has(record._id)) {
        plan.already += 1;
        continue;
      }
      const choice = await chooseWay(record, own, { from, ...options });
      if (choice.type === 'none') {
        cannot[choice.reason] = (cannot[choice.reason] ?? 0) + 1;
        continue;
      }
      const by = nameOf(choice.way);
      ways[by] = (ways[by] ?? 0) + 1;
      planned.push(newInvitation(from, record._id, by, new Date(options.now())));
    }
    if (!isDryRun) await invitations.table.insertMissing(planned);
  }

  /** Those who are planned under their own id, or that of a profile merged into theirs. */
  async function alreadyInvited(records: readonly SupporterRecord[]): Promise<ReadonlySet<string>> {
    const idsOf = (record: SupporterRecord): string[] =>
      identitiesOf(record).map((id) => invitationId(from, id));
    const found = await invitations.table.find({ _id: { $in: records.flatMap(idsOf) } });
    const known = new Set(found.map(({ _id }) => _id));
    return new Set(
      records.filter((one) => idsOf(one).some((id) => known.has(id))).map(({ _id }) => _id),
    );
  }

  let batch: AddressRow[] = [];
  for await (const row of addresses.table.stream(onChannel(from), { sort: { _id: 1 } })) {
    batch.push(row);
    if (batch.length < BATCH) continue;
    await planThese(batch);
    batch = [];
  }
  await planThese(batch);
  return { ...plan, ways, cannot };
}

/** Addresses begin with their channel, so the index on `_id` finds them. */
function onChannel(channel: string) {
  return { _id: { $gt: `${channel}:`, $lt: `${channel};` } };
}

function firstOn(channel: string, rows: readonly AddressRow[]): string | undefined {
  const here = rows.filter((row) => row.channel === channel).map(({ _id }) => _id);
  return here.sort()[0];
}

function groupBySupporter(rows: readonly AddressRow[]): ReadonlyMap<string, AddressRow[]> {
  const groups = new Map<string, AddressRow[]>();
  for (const row of rows) groups.set(row.supporter, [...(groups.get(row.supporter) ?? []), row]);
  return groups;
}

function newInvitation(from: string, supporter: string, by: string, at: Date): InvitationRow {
  const _id = invitationId(from, supporter);
  return { _id, from, supporter, state: 'planned', by, tried: [], waits: 0, next: at, at };
}
