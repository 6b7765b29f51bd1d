import type { Store } from '../../src/store/connection.js';
import type { SupporterRecord } from '../../src/supporters/record.js';
import { closeOver } from '../../src/volunteers/look-after-shifts.js';
import { createRoleDesk } from '../../src/volunteers/role-desk.js';
import { createSettling } from '../../src/volunteers/settle-owed.js';
import { createShiftDesk } from '../../src/volunteers/shift-desk.js';
import { createTeamDesk } from '../../src/volunteers/team-desk.js';
import { createVolunteerTelling, type MayTell } from '../../src/volunteers/tell-volunteers.js';
import { openVolunteers } from '../../src/volunteers/volunteers.js';
import { readCampaign } from '../outreach/messages/sample.js';

/** The desks of volunteers on a store, with people kept in memory and a clock to turn. */
export async function openDesk(connection: Store['connection'], clock: { now: number }) {
  const volunteers = openVolunteers(connection);
  for (const table of volunteers.indexed) await table.createIndexes();
  const { shifts, roles, news } = volunteers;
  const campaign = readCampaign();
  const people = new Map<string, SupporterRecord>();
  /** `<supporter> <channel>` of the flows that were started, in order; each once. */
  const started: string[] = [];
  const seen = new Set<string>();
  let mayTell = (_record: SupporterRecord): MayTell => ({
    type: 'reach',
    reach: { channel: 'web', address: 'a' },
  });
  const now = (): number => clock.now;
  const find = async (id: string): Promise<SupporterRecord | undefined> =>
    people.get(id) ?? [...people.values()].find((one) => one.merged_from?.includes(id));
  const report = (error: unknown): void => {
    throw error;
  };
  const word = (_language: string, key: string): string => key;
  const settling = createSettling({
    shifts,
    news,
    find,
    async change(id, change) {
      const record = people.get(id);
      if (record !== undefined) people.set(id, change(record));
    },
    report,
    now,
  });
  const roleDesk = createRoleDesk({ roles, news, find, now });
  const telling = createVolunteerTelling({
    news,
    shifts,
    settling,
    roles,
    find,
    mayTell: async (record) => mayTell(record),
    async startFlow(id, flow, event, reach) {
      if (seen.has(event)) return 'repeated';
      seen.add(event);
      started.push(`${id} ${flow} ${reach.channel}`);
      return 'taken';
    },
    report,
    now,
  });
  const desk = createShiftDesk({
    shifts,
    settling,
    roles: roleDesk,
    telling,
    find,
    campaign: () => campaign,
    word,
    calendarLink: (supporter, { _id }) => `calendar ${supporter} ${_id}`,
    now,
  });
  const team = createTeamDesk({ shifts, settling, find, word, now });
  return {
    ...volunteers,
    people,
    started,
    settling,
    telling,
    roleDesk,
    desk,
    team,
    /** Whether the supporters can be told of anything from now on. */
    mayTell(next: typeof mayTell) {
      mayTell = next;
    },
    async lookAfter() {
      await closeOver(shifts, settling, now());
      await settling.settleAbandoned();
      await telling.tellDue();
    },
    /** Waits until nothing is owed any more. */
    untilSettled: settling.idle,
  };
}
export type Desk = Awaited<ReturnType<typeof openDesk>>;
