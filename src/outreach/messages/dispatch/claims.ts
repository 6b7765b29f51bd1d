import { setTimeout as sleep } from 'node:timers/promises';
import { createBatcher } from '../../../store/batcher.js';
import type { Deliveries, DeliveryRow } from '../deliveries.js';

/** A claim that is not prolonged for so long is another process's to take. */
export const CLAIM_MS = 15_000;
/** Writes that go together. */
const TOGETHER = 100;
/** A store that was killed is soon back; what became of a send is known meanwhile, and written then. */
const WRITTEN_WITHIN_MS = 60_000;
/** Beyond this the claim of what is not sent yet may have run out. */
const MARKED_WITHIN_MS = 10_000;
const AGAIN_MS = 500;

/** Deliveries that this process works on; no other does meanwhile. */
export type Claims = {
  /** Takes some that are due, the longest waiting first. */
  take(message: string, channel: string, most: number): Promise<DeliveryRow[]>;
  /** Writes what a claimed delivery is before it is sent: whether it is still ours. */
  mark(row: DeliveryRow): Promise<boolean>;
  /** Writes what became of it, and lets go of it. */
  finish(claim: string, row: DeliveryRow): Promise<void>;
  /** Keeps those that are worked on. */
  prolong(): Promise<void>;
  /** Gives back what was not begun. */
  giveBack(rows: readonly DeliveryRow[]): Promise<void>;
  /** Takes over at once what dead processes of this host claimed of a message on a channel. */
  takeOver(message: string, channel: string): Promise<void>;
  /** Prolongs the claim on a delivery no more: whatever became of it is for others to see. */
  letGo(id: string): void;
  /** When the claim on a delivery ends, unless it is prolonged; epoch milliseconds. */
  endOf(id: string): number;
};

/** Opens the claims of one process, which `owner` names. */
export function openClaims(
  { table }: Pick<Deliveries, 'table'>,
  owner: string,
  isDead: (owner: string) => boolean,
  now: () => number,
): Claims {
  let taken = 0;
  /** Until when each is ours, by id. */
  const held = new Map<string, number>();

  const write = createBatcher<{ guard: Guard; row: DeliveryRow }, boolean>(async (writes) => {
    const all = writes.map(({ guard, row }) => ({ query: guard, row }));
    if (await table.replaceAllIf(all)) return writes.map(() => true);
    // Not all were as they should be; reading them tells which.
    const ids = writes.map(({ row }) => row._id);
    const stored = new Map((await table.find({ _id: { $in: ids } })).map((row) => [row._id, row]));
    return writes.map(({ row }) => {
      const is = stored.get(row._id);
      return is !== undefined && is.state === row.state && is.claim === row.claim;
    });
  }, TOGETHER);

  /** Writes, again when that fails; what was written already is not changed by it. */
  async function writeWithin(ms: number, guard: Guard, row: () => DeliveryRow): Promise<boolean> {
    const latest = now() + ms;
    for (;;) {
      try {
        return await write({ guard, row: row() });
      } catch (error) {
        if (now() > latest) throw error;
        await sleep(AGAIN_MS, undefined, { ref: false });
      }
    }
  }

  function keep(rows: readonly DeliveryRow[], until: number): void {
    for (const { _id } of rows) held.set(_id, until);
  }

  return {
    async take(message, channel, most) {
      const due = { message, state: 'planned', channel, at: { $lte: new Date(now()) } };
      const rows = await table.find(due, { sort: { at: 1 }, limit: most });
      if (rows.length === 0) return [];
      taken += 1;
      const claim = `${owner} ${taken}`;
      const until = now() + CLAIM_MS;
      const at = new Date(until);
      const ids = rows.map(({ _id }) => _id);
      const isDue = { _id: { $in: ids }, state: 'planned', at: { $lte: new Date(now()) } };
      const count = await table.set(isDue, { claim, at });
      const mine =
        count === rows.length
          ? rows.map((row) => ({ ...row, claim, at }))
          : await table.find({ _id: { $in: ids }, claim });
      keep(mine, until);
      return mine;
    },
    async mark(row) {
      const { claim } = row;
      let until = 0;
      const isOurs = await writeWithin(MARKED_WITHIN_MS, { state: 'planned', claim }, () => {
        until = now() + CLAIM_MS;
        return { ...row, at: new Date(until) };
      });
      if (isOurs) keep([row], until);
      else held.delete(row._id);
      return isOurs;
    },
    async finish(claim, row) {
      // What was given up as broken off meanwhile is known after all.
      const guard = { state: { $in: ['planned', 'sending', 'unknown'] }, claim };
      await writeWithin(WRITTEN_WITHIN_MS, guard, () => row);
      held.delete(row._id);
    },
    async prolong() {
      if (held.size === 0) return;
      const until = now() + CLAIM_MS;
      const ids = [...held.keys()];
      const ours = { $gt: `${owner} `, $lt: `${owner}!` };
      const states = { $in: ['planned', 'sending'] };
      const at = new Date(until);
      await table.set({ _id: { $in: ids }, claim: ours, state: states }, { at });
      for (const id of ids) if (held.has(id)) held.set(id, until);
    },
    async giveBack(rows) {
      const at = new Date(now());
      // Whatever comes of it: what is held on to without being worked on is nobody's to send.
      for (const { _id } of rows) held.delete(_id);
      await Promise.all(
        rows.map(({ claim, ...row }) =>
          write({ guard: { state: 'planned', claim }, row: { ...row, at } }),
        ),
      );
    },
    async takeOver(message, channel) {
      for (const state of ['planned', 'sending']) {
        const at = { $gt: new Date(now()), $lte: new Date(now() + CLAIM_MS) };
        const claimed = { message, state, channel, at, claim: { $gt: '' } };
        const rows = await table.find(claimed);
        const left = rows.filter(({ claim = '' }) => isDead(claim.replace(/ \d+$/, '')));
        const ids = left.map(({ _id }) => _id);
        const claims = { $in: [...new Set(left.flatMap(({ claim }) => claim ?? []))] };
        await table.set({ _id: { $in: ids }, state, claim: claims }, { at: new Date(now()) });
      }
    },
    letGo(id) {
      held.delete(id);
    },
    endOf: (id) => held.get(id) ?? -Infinity,
  };
}

type Guard = { readonly [field: string]: unknown };
