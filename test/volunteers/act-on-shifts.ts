import { createLog } from '../../src/log.js';
import { createRecordWriter } from '../../src/conversation/record-writer.js';
import { openStore } from '../../src/store/connection.js';
import { openPeople } from '../../src/supporters/open-people.js';
import { createRoleDesk } from '../../src/volunteers/role-desk.js';
import { createSettling } from '../../src/volunteers/settle-owed.js';
import { createShiftDesk } from '../../src/volunteers/shift-desk.js';
import { createVolunteerTelling } from '../../src/volunteers/tell-volunteers.js';
import { openVolunteers } from '../../src/volunteers/volunteers.js';
import { readCampaign } from '../outreach/messages/sample.js';
import { WEEK_BEFORE } from './sample.js';

/**
 * One process among several: `sign_up` for people, all at once, under keys that stay the same; or `cancel`, a
 * minute later, and then do and tell whatever is left to be. Writes a line for each thing done.
 */
async function main([dataDir = '', how = '', ...people]: readonly string[]): Promise<void> {
  const store = await openStore({ dataDir });
  const now = (): number => WEEK_BEFORE + (how === 'cancel' ? 60_000 : 0);
  const { supporters } = openPeople(store.connection, 'secret');
  const { shifts, roles, news } = openVolunteers(store.connection);
  const log = createLog('warn');
  const writer = createRecordWriter({ supporters, owner: `test ${process.pid}`, log, now });
  const report = (error: unknown): void => void process.stderr.write(`${String(error)}\n`);
  const find = (id: string) => supporters.get(id);
  const settling = createSettling({
    shifts,
    news,
    find,
    async change(supporter, change) {
      await writer.write(supporter, undefined, (before) => ({
        record: change(before),
        answer: undefined,
      }));
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
    mayTell: async ({ last }) => ({ type: 'reach', reach: last }),
    async startFlow(supporter) {
      process.stdout.write(`told ${supporter}\n`);
      return 'taken';
    },
    report,
    now,
  });
  const campaign = readCampaign();
  const desk = createShiftDesk({
    shifts,
    settling,
    roles: roleDesk,
    telling,
    find,
    campaign: () => campaign,
    word: (_language, key) => key,
    calendarLink: () => '',
    now,
  });
  process.stdout.write('ready\n');
  await Promise.all(
    people.map(async (supporter) => {
      const act = { supporter, key: `${supporter} ${how}`, with: { shift: 'market' } };
      const { state } = await (how === 'sign_up' ? desk.signUp(act) : desk.cancel(act));
      process.stdout.write(`${supporter} ${JSON.stringify(state)}\n`);
    }),
  );
  if (how === 'cancel') {
    await settling.settleAbandoned();
    while ((await telling.tellDue()) > 0);
  }
  await settling.idle();
  await writer.settle();
  await store.close();
  process.stdout.write('done\n');
}

void main(process.argv.slice(2));
