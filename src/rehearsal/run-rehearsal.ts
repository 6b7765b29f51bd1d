import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDeliveries } from '../outreach/messages/deliveries.js';
import { openMessages } from '../outreach/messages/messages.js';
import { openStore, type Store } from '../store/connection.js';
import { compare } from './compare.js';
import { makeCampaign, WORDS, writeReminder } from './make-campaign.js';
import { planReminder } from './plan-reminder.js';
import { readAccepted, readDeliveries, readShown } from './read-evidence.js';
import type { Accepted, Outage, Rehearsal } from './rehearsal.js';
import type { Result } from './result.js';
import { seedSupporters } from './seed-supporters.js';
import { isPromised, simulateSupporter } from './simulated-supporter.js';
import type { Simulated } from './servers/orders.js';
import { startServers, type Servers } from './servers/start-servers.js';
import { startProgram, type OurProgram } from './start-program.js';
import { startWebPeople } from './web-people.js';

const LOOK_MS = 500;
const MOST_ASKERS = 5_000;
/** People who took their time to write still do, and may be answered late. */
const LAST_WORDS_MS = 1_000;
const LONGEST_ANSWER_MS = 30_000;
/** Past the planned end it is waited so long for the last, and so much longer for each kill. */
const PATIENCE_MS = 180_000;
const PATIENCE_A_KILL_MS = 30_000;

export type RunOptions = {
  readonly rehearsal: Rehearsal;
  /** An empty folder of its own. */
  readonly folder: string;
  /** Told how far it is. */
  tell(what: string): void;
};

/** Rehearses the sending of a reminder, and compares what the networks took in with what was planned. */
export async function runRehearsal({ rehearsal, folder, tell }: RunOptions): Promise<Result> {
  const { channels, rates } = rehearsal;
  const dataDir = join(folder, 'data');
  const acceptedFile = join(folder, 'accepted.ndjson');
  const secret = randomBytes(24).toString('hex');
  const people = Array.from({ length: rehearsal.supporters }, (_, index) =>
    simulateSupporter(index, channels),
  );
  await makeCampaign(folder);
  tell('creating supporters');
  const seeding = await openStore({ dataDir, lasting: false });
  try {
    await seedSupporters(seeding.connection, people, Date.now(), (seeded) =>
      tell(`${seeded.toLocaleString('en')} supporters created`),
    );
  } finally {
    await seeding.close();
  }
  const account = accountOf();
  const simulated = channels.filter((one) => one !== 'web');
  const servers = await startServers({
    acceptedFile,
    networks: Object.fromEntries(simulated.map((one) => [one, { perSecond: rates[one] }])),
    faults: rehearsal.faults,
    reminders: Object.values(WORDS),
    ...account,
  });
  let program: OurProgram | undefined;
  try {
    const settings = settingsOf({ rehearsal, folder, dataDir, secret, account, servers });
    tell('starting the program');
    program = await startProgram(settings, folder, rehearsal.processes);
    servers.tell({ type: 'webhook', url: `${program.url}/whatsapp/webhook` });
    tell('planning');
    const file = await writeReminder(folder, channels, Date.now());
    const { id, plan } = await planReminder(file, settings, folder);
    const askers = people
      .filter(({ agreed }) => !agreed)
      .flatMap(({ places }) => places.filter(({ channel }) => channel === 'web'))
      .slice(0, MOST_ASKERS)
      .map(({ address }) => address);
    const talk = startWebPeople(program.url, secret, askers);
    const watched = await watch({ rehearsal, program, servers, dataDir, id, plan, tell });
    await Promise.all([talk.stop(), hearOut(servers)]);
    const tallies = await servers.end();
    await program.stop();
    program = undefined;

    tell('comparing');
    const store = await openStore({ dataDir, lasting: false });
    try {
      const { connection } = store;
      const shown = channels.includes('web')
        ? await readShown(connection, new Set(Object.values(WORDS)))
        : [];
      const accepted: Accepted[] = [...(await readAccepted(acceptedFile)), ...shown];
      const outages = [
        ...watched.outages,
        ...Object.entries(tallies).flatMap(([of, tally]) =>
          (tally?.outages ?? []).map((one): Outage => ({ of, ...one })),
        ),
      ];
      const comparison = compare({
        promised: new Set(people.filter(isPromised).map((one) => one.id)),
        ownerOf: new Map(
          people.flatMap((one) =>
            one.places.map(({ channel, address }) => [`${channel}:${address}`, one.id]),
          ),
        ),
        deliveries: await readDeliveries(connection, id),
        accepted,
        plan: plan.channels,
        outages,
      });
      const networks = Object.values(tallies);
      return {
        rehearsal,
        comparison,
        tallies,
        replies: {
          asked: talk.asked() + networks.reduce((sum, one) => sum + (one?.asked ?? 0), 0),
          answeredInMs: {
            web: talk.answeredInMs,
            ...Object.fromEntries(
              Object.entries(tallies).map(([name, one]) => [name, one?.answeredInMs ?? []]),
            ),
          },
        },
        plan,
        accepted,
        outages,
        kills: watched.kills,
        seconds: watched.seconds,
        isUnfinished: watched.isUnfinished,
      };
    } finally {
      await store.close();
    }
  } finally {
    await program?.stop();
    servers.kill();
  }
}

/** Waits, for some time, until everybody who wrote is answered. */
async function hearOut(servers: Servers): Promise<void> {
  servers.tell({ type: 'quiet' });
  const latest = Date.now() + LONGEST_ANSWER_MS;
  await sleep(LAST_WORDS_MS);
  while (servers.unanswered() > 0 && Date.now() < latest) await sleep(LOOK_MS);
}

type Watched = {
  readonly outages: readonly Outage[];
  readonly kills: number;
  readonly seconds: number;
  readonly isUnfinished: boolean;
};

/** Looks how far it is, and has things go wrong on the way, until the program says that all is done. */
async function watch(options: {
  readonly rehearsal: Rehearsal;
  readonly program: OurProgram;
  readonly servers: Servers;
  readonly dataDir: string;
  readonly id: string;
  readonly plan: Result['plan'];
  tell(what: string): void;
}): Promise<Watched> {
  const { rehearsal, program, servers, dataDir, id, plan } = options;
  const planned = Object.values(plan.channels).reduce((sum, one) => sum + one.recipients, 0);
  const lastEnd = Math.max(...Object.values(plan.channels).map(({ endsAt }) => endsAt));
  const giveUpAt = lastEnd + PATIENCE_MS + rehearsal.kills * PATIENCE_A_KILL_MS;
  const outages: Outage[] = [];
  const away = awaysOf(rehearsal);
  let kills = 0;
  let store: Store | undefined;
  const outcome = (isUnfinished: boolean): Watched => ({
    outages,
    kills,
    seconds: Math.round((Date.now() - plan.startsAt) / 100) / 10,
    isUnfinished,
  });
  try {
    for (;;) {
      await sleep(LOOK_MS);
      store ??= await openStore({ dataDir, lasting: false });
      const row = await openMessages(store.connection).get(id);
      if (row?.state === 'done') return outcome(false);
      if (Date.now() > giveUpAt) return outcome(true);
      const web = rehearsal.channels.includes('web')
        ? await openDeliveries(store.connection).table.count({
            message: id,
            state: 'sent',
            channel: 'web',
          })
        : 0;
      const progress = (servers.accepted() + web) / planned;
      options.tell(
        `${(servers.accepted() + web).toLocaleString('en')} of ${planned.toLocaleString('en')} sent, ${kills} kills`,
      );
      const due = away.findIndex((one) => progress >= one.after);
      const [gone] = due < 0 ? [] : away.splice(due, 1);
      if (gone !== undefined) servers.tell({ type: 'go_away', network: gone.network });
      if (kills < rehearsal.kills && progress >= (kills + 1) / (rehearsal.kills + 1)) {
        // The store may be what is killed.
        await store.close();
        store = undefined;
        const victim = program.processes[Math.floor(Math.random() * program.processes.length)];
        if (victim !== undefined) outages.push(await victim.killAndRestart());
        kills += 1;
      }
    }
  } finally {
    await store?.close();
  }
}

/** When which network is away once: a share of what is planned is sent by then. */
function awaysOf({ faults, channels }: Rehearsal): { network: Simulated; after: number }[] {
  const all = [
    { network: 'telegram', after: 0.25 },
    { network: 'whatsapp', after: 0.55 },
  ] as const;
  return faults === 'all' ? all.filter(({ network }) => channels.includes(network)) : [];
}

function accountOf() {
  return {
    telegramToken: `123456:${randomBytes(18).toString('hex')}`,
    phoneNumberId: '100000000000001',
    appSecret: randomBytes(16).toString('hex'),
  };
}

function settingsOf(about: {
  readonly rehearsal: Rehearsal;
  readonly folder: string;
  readonly dataDir: string;
  readonly secret: string;
  readonly account: ReturnType<typeof accountOf>;
  readonly servers: Pick<Servers, 'urls'>;
}): Readonly<Record<string, string>> {
  const { folder, account } = about;
  const { rates } = about.rehearsal;
  const { telegram, whatsapp } = about.servers.urls;
  return {
    DATA_DIR: about.dataDir,
    FLOWS_DIR: join(folder, 'flows'),
    LOCALES_DIR: join(folder, 'locales'),
    FLOWS_WATCH: 'off',
    LOG_LEVEL: 'warn',
    SECRET_KEY: about.secret,
    ...(telegram === undefined
      ? {}
      : {
          TELEGRAM_BOT_TOKEN: account.telegramToken,
          TELEGRAM_API_ROOT: telegram,
          TELEGRAM_RATE_PER_SECOND: String(rates.telegram),
        }),
    ...(whatsapp === undefined
      ? {}
      : {
          WHATSAPP_TRANSPORT: 'cloud',
          WHATSAPP_I_ACCEPT_THE_POLICY: 'yes',
          WHATSAPP_API_ROOT: whatsapp,
          WHATSAPP_PHONE_NUMBER_ID: account.phoneNumberId,
          WHATSAPP_ACCESS_TOKEN: randomBytes(16).toString('hex'),
          WHATSAPP_APP_SECRET: account.appSecret,
          WHATSAPP_VERIFY_TOKEN: randomBytes(8).toString('hex'),
          WHATSAPP_RATE_PER_SECOND: String(rates.whatsapp),
        }),
  };
}
