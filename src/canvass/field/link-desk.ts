import { createHash } from 'node:crypto';
import type { Signer } from '../../sign.js';
import { readJoinPayload, writeJoinPayload } from '../../supporters/merge/join-link.js';
import type { DoorLinks } from '../door-links.js';
import type { Visits } from '../visits.js';

/** So long somebody may scan what they were shown at their door. */
const LINK_LIFE_MS = 86_400_000;
/** A visit so long before, or after, the link was shown is the one at which it was. */
const SAME_VISIT_MS = 43_200_000;

export type LinkDeskOptions = {
  readonly links: DoorLinks;
  readonly visits: Pick<Visits, 'table'>;
  readonly signer: Signer;
  now(): number;
};

/** Links from a door to a chat of one's own. */
export type LinkDesk = ReturnType<typeof createLinkDesk>;

/**
 * Makes links that are shown at doors, and connects a visit with the chat that follows. What is kept is that
 * the chat began, with the visit: neither who began it, nor, with them, what was reported of their door.
 */
export function createLinkDesk({ links, visits, signer, now }: LinkDeskOptions) {
  async function find(payload: string) {
    const read = readJoinPayload(signer, payload, now());
    return read === undefined ? undefined : links.table.get(read.maker);
  }

  /** Whether the link is this place's, now or before; it serves one. */
  async function use(id: string, by: string): Promise<boolean> {
    await links.table.set({ _id: id, by: null }, { by });
    return (await links.table.get(id))?.by === by;
  }

  return {
    /** The payload of a link for a door, the same for the same act. */
    async make(door: string, act: string): Promise<string> {
      const until = new Date(now() + LINK_LIFE_MS);
      const _id = idOf(act);
      await links.table.insert({ _id, door, at: new Date(now()), until });
      const row = await links.table.get(_id);
      const payload = writeJoinPayload(signer, _id, (row?.until ?? until).getTime());
      if (payload === undefined) throw new Error('There can be no such link.');
      return payload;
    },

    /** Whether nobody opened it yet; nothing is changed, for programs open links. */
    async isGood(payload: string): Promise<boolean> {
      const row = await find(payload);
      return row !== undefined && row.by === undefined;
    },

    /** A chat was opened by the link; false where it is none of ours, too old, or somebody else's. */
    async open(payload: string, place: string): Promise<boolean> {
      const row = await find(payload);
      if (row === undefined || !(await use(row._id, signer.sign(place)))) return false;
      const since = new Date(row.at.getTime() - SAME_VISIT_MS);
      const [visit] = await visits.table.find(
        { door: row.door, undone_at: null, at: { $gte: since } },
        { sort: { at: -1 }, limit: 1 },
      );
      // Only whether, never when: the instant would tell which of the chats it was.
      if (visit !== undefined) await visits.table.set({ _id: visit._id }, { went_on: true });
      return true;
    },

    /** Those of the doors from which a chat began lately, before their visit was reported. */
    async wentOn(doors: readonly string[]): Promise<ReadonlySet<string>> {
      const since = new Date(now() - SAME_VISIT_MS);
      const query = { door: { $in: [...doors] }, by: { $exists: true }, at: { $gte: since } };
      return new Set((await links.table.find(query)).map(({ door }) => door));
    },
  };
}

/** An id of the form that payloads name, made of the act, so that it is made once. */
function idOf(act: string): string {
  const hex = createHash('sha256').update(`door link ${act}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
