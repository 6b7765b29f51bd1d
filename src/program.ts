import type { IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import proxyAddress from 'proxy-addr';
import type { Channel, OpenedChannel } from './channels/channel.js';
import { createWebChat } from './channels/webchat/webchat.js';
import type { Settings } from './config.js';
import { createConversation, type Conversation } from './conversation/conversation.js';
import { createGuards } from './conversation/guard.js';
import { openLibrary } from './conversation/library.js';
import { openFlowStore } from './conversation/publish/flow-store.js';
import { ownerName } from './conversation/sweep.js';
import type { Log } from './log.js';
import { createMailer } from './mail/mailer.js';
import { createMetrics } from './metrics.js';
import { findSecretKey } from './secrets.js';
import { createServer } from './server.js';
import { openChannels } from './open-channels.js';
import { heedStatus } from './outreach/messages/heed-status.js';
import { channelHost, type ChannelHostOptions } from './program/channel-host.js';
import { listen } from './program/listen.js';
import { openTables } from './program/open-tables.js';
import { startBackground } from './program/start-background.js';
import { staffRoutes } from './program/staff-routes.js';
import { tellAgent } from './program/tell-agent.js';
import { wireDonations } from './program/wire-donations.js';
import { tellOfProcess } from './program/tell-of-process.js';
import { VERSION } from './program/version.js';
import { watchChannels } from './program/watch-channels.js';
import { wireCanvass } from './program/wire-canvass.js';
import { wireFigures } from './program/wire-figures.js';
import { wireElectionDay } from './program/wire-election-day.js';
import { wireInvitations } from './program/wire-invitations.js';
import { webUploads } from './program/web-uploads.js';
import { wireSite } from './program/wire-site.js';
import { wirePeople } from './program/wire-people.js';
import { wireStaff } from './program/wire-staff.js';
import { wireSequences } from './program/wire-sequences.js';
import { wireSegments } from './program/wire-segments.js';
import { wireThrottles } from './program/wire-throttles.js';
import { wireVolunteers } from './program/wire-volunteers.js';
import { openStore, type Store } from './store/connection.js';
import { openLeases } from './store/leases.js';
import { ACTIONS } from './actions.js';
import { addressId } from './supporters/addresses.js';
import { JOIN } from './supporters/merge/join-by-code.js';
import { ERASE } from './supporters/privacy/erase-supporter.js';
import { createLiveUnderstanding } from './understanding/live-understanding.js';
import { modelsFolder } from './understanding/model-cache.js';
import { createReadMeaning } from './understanding/read-meaning.js';

/** How long a start waits until what texts mean is learned; later, buttons and keywords work until it is. */
const LEARNING_MS = 2_500;

/** A program that listens. */
export type Program = {
  /** Where it listens, for people. */
  readonly url: string;
  /** Where the staff console is, with a one-time link until somebody administers; absent on a worker. */
  readonly staffUrl?: string;
  /** Where the data lies. */
  readonly location: string;
  /** Lets every turn under way end, then closes everything. */
  stop(): Promise<void>;
};

/** Wires everything and listens; throws, with nothing left open, when that cannot be. */
export async function startProgram(settings: Settings, log: Log): Promise<Program> {
  const closers: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        log.error({ err: error }, 'not closed cleanly');
      }
    }
  };
  try {
    return await wire(settings, log, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function wire(
  settings: Settings,
  log: Log,
  closers: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Program> {
  const now = (): number => Date.now();
  const { dataDir, mongodbUri } = settings;
  const secret = findSecretKey(dataDir, settings.secretKey);

  const store = await openStore({ dataDir, mongodbUri, report: (line) => log.info({}, line) });
  closers.push(() => store.close());
  const tables = openTables(store.connection, secret, now);
  const { people, activities, keyboards, lastHeard, references } = tables;
  const { supporters, addresses, journal, optOuts } = people;
  const flowStore = openFlowStore(store.connection);
  const owner = ownerName();
  const leases = openLeases(store.connection, now);
  for (const table of [...tables.indexed, ...flowStore.tables]) await table.createIndexes();

  const understanding = createLiveUnderstanding({
    folder: modelsFolder(dataDir),
    report: (error) => log.warn({ err: error }, 'what texts mean is not learned, or not kept'),
  });
  closers.push(() => understanding.close());
  const segments = wireSegments(store.connection, () => published.library(), log);
  closers.push(() => segments.close());
  const published = await openLibrary({
    store: flowStore,
    flowsDir: settings.flowsDir,
    localesDir: settings.localesDir,
    watch: settings.flowsWatch,
    actions: ACTIONS,
    segments: segments.names,
    log,
    changed: () => void understanding.teach(published.lessons()),
    now,
  });
  closers.push(() => published.close());
  await segments.open();
  const taught = understanding.teach(published.lessons());

  const channels = new Map<string, Channel>();
  const mailer = createMailer({
    smtpUrl: settings.smtpUrl,
    from: settings.mailFrom,
    dataDir,
    // Where its links are read while one tries things out; a link itself is as good as a key.
    written: (file) => log.debug({ file }, 'no SMTP_URL is set, so a mail was written'),
  });
  closers.push(() => mailer.close());
  const guard = createGuards({
    library: published.library,
    get: (supporter) => conversation.read(supporter),
    now,
  });
  const metrics = createMetrics(() => webChat.openSockets());
  const heed: ChannelHostOptions['heed'] = (about, state, reason) =>
    heedStatus(tables.deliveries, about, state, reason, new Date(now()));
  const throttles = wireThrottles({ rates: tables.rates, owner, log, now });
  closers.push(() => throttles.stop());
  const watch = watchChannels({ throttles: throttles.byChannel, now });
  /** What all parts are wired with; the conversation is made with them, and asked for when it is used. */
  const ground = {
    settings,
    secret,
    connection: store.connection,
    tables,
    channels,
    library: published.library,
    guard,
    conversation: (): Conversation => conversation,
    log,
    owner,
    now,
  };
  const peopleParts = wirePeople({ ...ground, throttle: throttles.create, mailer, metrics });
  closers.push(() => peopleParts.settle());
  const canvass = wireCanvass(ground);
  const electionDay = wireElectionDay(ground);
  const volunteers = wireVolunteers(ground);
  const donations = wireDonations(ground);
  closers.push(() => volunteers.settle());
  const sequences = wireSequences(ground);
  await sequences.open();
  closers.push(() => sequences.close());
  const readMeaning = createReadMeaning(understanding.understand);
  const conversation = createConversation({
    watched: sequences.watched,
    supporters,
    addresses,
    journal,
    channels,
    actions: new Map([
      ...peopleParts.actions,
      ...electionDay.actions,
      ...volunteers.actions,
      ...canvass.actions,
      ...donations.actions,
    ]),
    lastActions: new Set([ERASE, JOIN]),
    guard,
    log,
    owner,
    library: published.library,
    rules: published.rules,
    readMeaning,
    refresh: published.refresh,
    now,
    met: (channel, address) => {
      if (channel === 'web') activities.forget(address);
    },
    turnsErased: async (channel, address) =>
      (await optOuts.latest([addressId(channel, address)]))?.turns ?? 0,
    join: peopleParts.joining.join,
    linkStarts: canvass.linkStarts,
    complete: peopleParts.complete,
    segmentsOf: segments.of,
    observe: ({ type, alerts }) => metrics.countTurn(type, alerts),
  });

  const trust = proxyAddress.compile([...settings.trustedProxies]);
  const { campaign } = published.library();
  const clientAddress = (request: IncomingMessage): string => proxyAddress(request, trust);
  const webChat = createWebChat({
    receive: watch.receive('web', conversation.receive),
    log: activities,
    secret,
    publicUrl: settings.publicUrl,
    limits: { on: settings.rateLimits },
    uploads: webUploads(tables.uploads, now),
    clientAddress,
    now,
    bot: { id: 'portevoix', name: campaign.name },
    report: (error) => log.error({ err: error }, 'web chat'),
    // Another process may join any store at any time, the embedded one of this process too.
    watchOthers: true,
  });
  channels.set(webChat.name, watch.channel(webChat));
  const networks = openChannels({
    settings,
    log,
    secret,
    keyboards,
    lastHeard,
    references,
    mail: peopleParts.mail,
    library: published.library,
    throttle: throttles.create,
    lease: (name, lastsMs) => leases.named(owner, name, lastsMs),
    changed: () => telling.hurry(),
    host: (channel) =>
      watch.host(
        channel,
        channelHost(channel, {
          conversation,
          addresses,
          heed,
          moved: canvass.moved,
          metrics,
          log,
          now,
        }),
      ),
  });
  for (const channel of networks.channels) channels.set(channel.name, watch.channel(channel));
  const telling = tellOfProcess({
    processes: tables.processes,
    owner,
    role: settings.role,
    version: VERSION,
    channels: () => [
      watch.state('web'),
      ...networks.opened.map((one) => watch.state(one.channel.name, one)),
    ],
    code: () => codeOf(networks.opened),
    report: (error) => log.warn({ err: error }, 'this process could not tell of itself'),
    now,
  });
  closers.push(() => telling.stop());
  const inviter = wireInvitations({
    ...ground,
    joining: peopleParts.joining,
    mail: peopleParts.mail,
    publicUrl: settings.publicUrl,
  });
  closers.push(() => conversation.stop());
  closers.push(() => webChat.close());
  closers.push(() => networks.close());

  await conversation.takeOverDead();
  if (settings.role !== 'web') {
    closers.push(
      await startBackground({
        ...ground,
        conversation,
        inviter,
        electionDay,
        volunteers,
        canvass,
        donations,
        sequences,
        people: peopleParts,
        tellAgent: tellAgent({
          ...ground,
          treasurer: donations.treasurer,
          send: peopleParts.mail.send,
        }),
        throttles: throttles.byChannel,
        metrics,
        lease: (name, lastsMs) => leases.named(owner, name, lastsMs),
      }),
    );
  }

  await Promise.race([taught, sleep(LEARNING_MS, undefined, { ref: false })]);
  const figures = wireFigures({ ...ground, campaign: () => published.library().campaign });
  closers.push(() => figures.settle());
  const staff = wireStaff({
    ...ground,
    clientAddress,
    sendMail: peopleParts.mail.send,
    routes: staffRoutes({
      ...ground,
      store,
      flowStore,
      conversation,
      people: peopleParts,
      treasurer: donations.treasurer,
      volunteers: volunteers.staff,
      figures,
      segments: segments.names,
      readMeaning,
      refresh: published.refresh,
    }),
  });
  let stopping = false;
  const server = createServer({
    site: wireSite({
      ...ground,
      flowStore,
      clientAddress,
      pages: {
        ...peopleParts.pages,
        calendar: volunteers.calendar,
        give: donations.pages,
        door: canvass.pages,
      },
    }),
    staff: staff.router,
    webChat,
    webhooks: new Map([...networks.webhooks, ...donations.webhooks]),
    metrics,
    log,
    notReady: async () => {
      const missing = [...(stopping ? ['stopping'] : []), ...networks.notReady()];
      return (await isAlive(store)) ? missing : [...missing, 'store'];
    },
  });
  const listening = await listen(server, settings);
  closers.push(async () => {
    stopping = true;
    const closed = listening.close();
    staff.close();
    await webChat.close();
    await closed;
  });
  await networks.start();
  telling.start();
  const isConsole = settings.role !== 'worker';
  return {
    url: listening.url,
    ...(isConsole ? { staffUrl: await staff.findDoor(listening.url) } : {}),
    location: store.location,
    stop,
  };
}

/** The code that logs a channel in, while somebody is to scan it. */
function codeOf(opened: readonly Pick<OpenedChannel, 'login'>[]): string | undefined {
  const logins = opened.map(({ login }) => login?.());
  return logins.find((login) => login?.type === 'waiting')?.code;
}

/** Whether the store answers, in good time. */
async function isAlive({ connection }: Store): Promise<boolean> {
  const answer = connection.db?.command({ ping: 1 }, { timeoutMS: 2_000 });
  return (
    answer?.then(
      () => true,
      () => false,
    ) ?? false
  );
}
