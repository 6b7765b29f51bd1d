import { setTimeout as sleep } from 'node:timers/promises';
import { openTurfs } from '../../../src/canvass/turfs.js';
import { openVisits } from '../../../src/canvass/visits.js';
import { openStore, type Store } from '../../../src/store/connection.js';
import { openPeople } from '../../../src/supporters/open-people.js';
import { roleRowId } from '../../../src/volunteers/volunteer-roles.js';
import { openVolunteers } from '../../../src/volunteers/volunteers.js';
import { launch } from '../../../test/program/launch.js';
import { cpuSeconds } from '../measure/cpu-seconds.js';
import { asks, closeChats, openChat, type Chat } from '../measure/open-chat.js';
import { percentiles, writePercentiles } from '../measure/percentiles.js';

type Walker = { readonly chat: Chat; turn: number; door: string; done: Promise<void> };
export type ReportsWish = {
  readonly dataDir: string;
  readonly volunteers: number;
  /** Reports a second that are begun, whatever becomes of those before. */
  readonly rate: number;
  readonly seconds: number;
};

/**
 * Volunteers in web chat, all out at once, report doors to the built program at a steady rate over a
 * minute's part; prints how long each waited, and compares what is kept with what was acknowledged.
 */
export async function measureReports(wish: ReportsWish): Promise<void> {
  const { dataDir, volunteers, rate, seconds } = wish;
  const program = await launch({ DATA_DIR: dataDir, RATE_LIMITS: 'off', LOG_LEVEL: 'error' });
  const beside = await openStore({ dataDir, lasting: false });
  try {
    const since = new Date();
    const walkers = await setOut(program.url, beside, volunteers);
    const saved: number[] = [];
    const shown: number[] = [];
    const doors: string[] = [];
    const cpu = cpuSeconds(program.pid());
    const from = performance.now();
    const reportAfter = async (before: Promise<void>, walker: Walker): Promise<void> => {
      await before;
      const took = await reportOne(walker);
      saved.push(took.saved);
      shown.push(took.shown);
      doors.push(took.door);
    };
    for (let n = 0; n < rate * seconds; n += 1) {
      await sleep(Math.max(0, from + (n * 1_000) / rate - performance.now()));
      const walker = walkers[n % walkers.length];
      if (walker === undefined) continue;
      // Nobody reports the next door before it is shown.
      walker.done = reportAfter(walker.done, walker);
    }
    await Promise.all(walkers.map(({ done }) => done));
    const lasted = (performance.now() - from) / 1_000;
    const used = cpuSeconds(program.pid()) - cpu;
    console.log(
      `${volunteers} volunteers at once, ${doors.length} reports: ${(doors.length / lasted).toFixed(1)}/s of ${rate}/s wanted; ${((1_000 * used) / doors.length).toFixed(2)} ms CPU of the server a report, with the next door`,
    );
    console.log('  ms                            p50    p95    p99  worst');
    console.log(`  answered 200 (saved)      ${writePercentiles(percentiles(saved))}`);
    console.log(`  the next door is shown    ${writePercentiles(percentiles(shown))}`);
    console.log(`  ${await compare(beside, doors, since)}`);
  } finally {
    await beside.close();
    await program.remove();
    closeChats();
  }
}

/** Everybody agrees, is approved, and stands at a first door. */
async function setOut(url: string, beside: Store, count: number): Promise<readonly Walker[]> {
  const chats: Chat[] = [];
  const inTens = async (work: (at: number) => Promise<void>): Promise<void> => {
    let next = 0;
    const one = async (): Promise<void> => {
      for (let at = next++; at < count; at = next++) await work(at);
    };
    await Promise.all(Array.from({ length: 10 }, one));
  };
  await inTens(async () => {
    const chat = await openChat(url);
    await chat.heard(asks());
    chats.push(chat);
  });
  const { addresses } = openPeople(beside.connection, 'unused');
  const { roles } = openVolunteers(beside.connection);
  const walkers: Walker[] = [];
  await inTens(async (at) => {
    const chat = chats[at];
    if (chat === undefined) return;
    const { supporter = '' } = (await addresses.find('web', chat.conversation)) ?? {};
    await roles.insert({
      _id: roleRowId('canvasser', supporter),
      supporter,
      role: 'canvasser',
      state: 'approved',
      revision: 1,
      at: new Date(),
    });
    await chat.say('/canvass');
    const agree = (await chat.heard(asks(1))).channelData?.portevoix?.turn ?? 0;
    await chat.say('oui');
    const { channelData, text = '' } = await chat.heard(asks(agree));
    walkers.push({
      chat,
      turn: channelData?.portevoix?.turn ?? 0,
      door: text,
      done: Promise.resolve(),
    });
  });
  return walkers;
}

async function reportOne(walker: Walker) {
  const { chat, turn, door } = walker;
  const from = performance.now();
  await chat.say('Absent', `choose:${turn}:not_home`);
  const saved = performance.now() - from;
  const { channelData, text = '' } = await chat.heard(asks(turn));
  walker.turn = channelData?.portevoix?.turn ?? 0;
  walker.door = text;
  return { saved, shown: performance.now() - from, door };
}

/** Every report that was acknowledged is kept once, and every door it was for stands as done. */
async function compare(
  { connection }: Store,
  reported: readonly string[],
  since: Date,
): Promise<string> {
  const visits = await openVisits(connection).table.find({ received_at: { $gte: since } });
  const turfs = await openTurfs(connection).table.find({ at: { $gte: since } });
  const done = turfs.flatMap(({ doors }) => doors.filter(({ result }) => result !== undefined));
  const lost = reported.length - visits.length;
  const doubled = visits.length - new Set(visits.map(({ door }) => door)).size;
  return `${visits.length} visits kept, ${done.length} doors done: ${Math.max(0, lost)} lost, ${doubled} doubled`;
}
