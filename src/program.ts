import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import proxyAddress from 'proxy-addr';
import type { Channel } from './channels/channel.js';
import type { Keyboard } from './channels/telegram/buttons.js';
import type { StoredActivity } from './channels/webchat/activity-log.js';
import { createRate } from './channels/webchat/rate.js';
import { createWebChat } from './channels/webchat/webchat.js';
import type { Settings } from './config.js';
import type { ActionHandler } from './conversation/action-handler.js';
import { createConversation } from './conversation/conversation.js';
import { openLibrary } from './conversation/library.js';
import { openFlowStore } from './conversation/publish/flow-store.js';
import { ownerName } from './conversation/sweep.js';
import type { Phrase } from './engine/flow.js';
import type { Log } from './log.js';
import { createMailer } from './mail.js';
import { createMetrics } from './metrics.js';
import { createScheduler } from './scheduler.js';
import { OTHER_DATA } from './personal-data.js';
import { findSecretKey } from './secrets.js';
import { createServer } from './server.js';
import { createSigner } from './sign.js';
import { createSite } from './site/server/site.js';
import { openChannels } from './open-channels.js';
import { openActivities } from './store/activities.js';
import { openStore, type Store } from './store/connection.js';
import { openKeyboards } from './store/keyboards.js';
import { openLastHeard } from './store/last-heard.js';
import { createTranscripts } from './store/transcripts.js';
import { openLeases } from './store/leases.js';
import { ACTIONS } from './actions.js';
import { addressId } from './supporters/addresses.js';
import { boundConsents } from './supporters/bounds.js';
import { createCallWebhook } from './supporters/call-webhook.js';
import { createEmailConfirmation } from './supporters/confirm-email.js';
import { createJoining } from './supporters/merge/joining.js';
import { createMerging } from './supporters/merge/merge-supporters.js';
import { openPeople } from './supporters/open-people.js';
import { createErasure, ERASE } from './supporters/privacy/erase-supporter.js';
import { createExportLinks } from './supporters/privacy/export-link.js';
import { createRetention } from './supporters/privacy/retention.js';
import { withdrawConsents } from './supporters/withdraw-consents.js';
import { createTellStaff } from './supporters/tell-staff.js';
import { createLiveUnderstanding } from './understanding/live-understanding.js';
import { modelsFolder } from './understanding/model-cache.js';
import { createReadMeaning } from './understanding/read-meaning.js';

/** How often timers that are due, and outboxes nobody works on, are looked for. */
const SWEEP_EVERY_MS = 3_000;

/** How often some of what was kept long enough is removed: a bounded part each time. */
const RETENTION_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;

/** Links to confirm an address or to fetch a copy of one's data that one client may open in a minute. */
const LINKS_A_MINUTE = 60;

/** How long the last word to somebody who is erased stays in the chat: clients ask every second or two. */
const LAST_WORD_MS = 3_000;

/** How long a start waits until what texts mean is learned; later, buttons and keywords work until it is. */
const LEARNING_MS = 2_500;

/** How long a stop waits for answers under way. */
const LAST_ANSWERS_MS = 3_000;

/** A program that listens. */
export type Program = {
  /** Where it listens, for people. */
  readonly url: string;
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
  const people = openPeople(store.connection, secret);
  const { supporters, addresses, journal, mails, merges, optOuts } = people;
  const activities = openActivities<StoredActivity>(store.connection);
  const flowStore = openFlowStore(store.connection);
  const owner = ownerName();
  const leases = openLeases(store.connection, now);
  const keyboards = openKeyboards<Keyboard>(store.connection, now);
  const lastHeard = openLastHeard(store.connection);
  const transcripts = createTranscripts(activities, keyboards, lastHeard);
  const tables = [
    supporters.table,
    addresses.table,
    journal.table,
    mails,
    merges.table,
    people.usedLinks,
    optOuts.table,
    activities,
    ...flowStore.tables,
    keyboards.table,
    lastHeard.table,
  ];
  for (const table of tables) await table.createIndexes();

  const understanding = createLiveUnderstanding({
    folder: modelsFolder(dataDir),
    report: (error) => log.warn({ err: error }, 'what texts mean is not learned, or not kept'),
  });
  closers.push(() => understanding.close());
  const published = await openLibrary({
    store: flowStore,
    flowsDir: settings.flowsDir,
    localesDir: settings.localesDir,
    watch: settings.flowsWatch,
    actions: ACTIONS,
    log,
    changed: () => void understanding.teach(published.lessons()),
    now,
  });
  closers.push(() => published.close());
  const taught = understanding.teach(published.lessons());

  const channels = new Map<string, Channel>();
  const mailer = createMailer({ smtpUrl: settings.smtpUrl, from: settings.mailFrom, dataDir });
  closers.push(() => mailer.close());
  /** A shared word in a language, or in the campaign's first where that one lacks it. */
  const word = (language: string, key: string): Phrase | undefined => {
    const { common, campaign } = published.library();
    return common.get(language)?.get(key) ?? common.get(campaign.languages[0] ?? '')?.get(key);
  };
  const campaignName = (): string => published.library().campaign.name;
  const confirmation = createEmailConfirmation({
    mails,
    signer: createSigner(secret, 'confirmation links'),
    publicUrl: settings.publicUrl,
    campaign: campaignName,
    words: word,
    get: (supporter) => conversation.read(supporter),
    change: (supporter, change) =>
      conversation.write(supporter, undefined, (record) => ({
        record: change(record),
        answer: undefined,
      })),
    send: mailer.send,
    now,
  });
  const metrics = createMetrics(() => webChat.openSockets());
  const tellStaff = createTellStaff({
    mails,
    signer: createSigner(secret, 'mail to staff'),
    staffEmail: settings.staffEmail,
    words: (key) => word(published.library().campaign.languages[0] ?? '', key),
    campaign: campaignName,
    get: (supporter) => conversation.read(supporter),
    send: mailer.send,
    alert(supporter) {
      log.warn({ code: 'handoff', supporter }, 'alert');
      metrics.countHandoff();
    },
    now,
  });
  // What other domains keep about supporters is handed in here, to be exported and erased with the rest.
  const others = OTHER_DATA.map((open) => open(store.connection));
  const exportLinks = createExportLinks({
    signer: createSigner(secret, 'links to personal data'),
    publicUrl: settings.publicUrl,
    sources: { ...people, others },
    get: (supporter) => conversation.read(supporter),
    now,
  });
  const erase = createErasure({
    ...people,
    others,
    write: (supporter, change) => conversation.write(supporter, undefined, change),
    eraseTranscript: transcripts.erase,
    removeMail: mailer.removeTo,
    forget: (supporter, gone) => conversation.forget(supporter, gone),
    owner,
    readingMs: LAST_WORD_MS,
    now,
  });
  const retention = createRetention({
    ...people,
    transcripts,
    erase,
    conversationsMs: settings.keepConversationsDays * DAY_MS,
    profilesMs: settings.keepProfilesDays * DAY_MS,
    now,
  });
  const joining = createJoining({
    ...people,
    merging: createMerging({ ...people, now }),
    signer: createSigner(secret, 'links between channels'),
    linkTo: async (channel, payload) => channels.get(channel)?.linkTo?.(payload),
    now,
  });
  const conversation = createConversation({
    supporters,
    addresses,
    journal,
    channels,
    actions: new Map<string, ActionHandler>([
      ['email.confirm', confirmation.ask],
      ['privacy.export', exportLinks.ask],
      ['supporter.link', joining.link],
      [ERASE, async ({ supporter }) => void (await erase(supporter))],
      ['staff.handoff', tellStaff],
      ['webhook.call', createCallWebhook({ targets: settings.webhooks, secret, now })],
    ]),
    lastActions: new Set([ERASE]),
    log,
    owner,
    library: published.library,
    rules: published.rules,
    readMeaning: createReadMeaning(understanding.understand),
    refresh: published.refresh,
    now,
    met: (channel, address) => {
      if (channel === 'web') activities.forget(address);
    },
    turnsErased: async (channel, address) =>
      (await optOuts.latest([addressId(channel, address)]))?.turns ?? 0,
    join: joining.join,
    observe: ({ type, alerts }) => metrics.countTurn(type, alerts),
  });

  const trust = proxyAddress.compile([...settings.trustedProxies]);
  const { campaign } = published.library();
  const clientAddress = (request: IncomingMessage): string => proxyAddress(request, trust);
  const links = createRate(LINKS_A_MINUTE, 60_000);
  const webChat = createWebChat({
    receive: conversation.receive,
    log: activities,
    secret,
    publicUrl: settings.publicUrl,
    limits: { on: settings.rateLimits },
    clientAddress,
    now,
    bot: { id: 'portevoix', name: campaign.name },
    report: (error) => log.error({ err: error }, 'web chat'),
    // Another process may join any store at any time, the embedded one of this process too.
    watchOthers: true,
  });
  channels.set(webChat.name, webChat);
  const networks = openChannels({
    settings,
    log,
    secret,
    keyboards,
    lastHeard,
    library: published.library,
    lease: (name, lastsMs) => leases.named(owner, name, lastsMs),
    host: (channel) => ({
      receive: conversation.receive,
      reachable: (address, isReachable) => addresses.setReachable(channel, address, isReachable),
      async status(_address, _id, state) {
        metrics.countStatus(channel, state);
        await Promise.resolve();
      },
      async optedOut(address) {
        const row = await addresses.find(channel, address);
        if (row === undefined) return;
        const proof = { wording: '', version: 'network', source: channel };
        await conversation.write(row.supporter, undefined, (record) => {
          const changed = withdrawConsents(record, undefined, proof, new Date(now()));
          return {
            record: { ...changed, consents: boundConsents(changed.consents) },
            answer: true,
          };
        });
      },
      now,
      tell(level, sentence, error) {
        log[level]({ channel, ...(error === undefined ? {} : { err: error }) }, sentence);
      },
    }),
  });
  for (const channel of networks.channels) channels.set(channel.name, channel);
  closers.push(() => conversation.stop());
  closers.push(() => webChat.close());
  closers.push(() => networks.close());

  const removeOverdue = async (): Promise<void> => {
    const removed = await retention.removeSome();
    const isSomething = Object.values(removed).some((count) => count > 0);
    if (isSomething) log.info(removed, 'removed what was kept long enough');
  };
  await conversation.takeOverDead();
  if (settings.role !== 'web') {
    const scheduler = createScheduler(
      store.connection,
      [
        { name: 'timers', everyMs: SWEEP_EVERY_MS, run: conversation.feedDue },
        { name: 'outboxes', everyMs: SWEEP_EVERY_MS, run: conversation.resumeAbandoned },
        { name: 'retention', everyMs: RETENTION_EVERY_MS, run: removeOverdue },
      ],
      log,
    );
    await scheduler.start();
    closers.push(() => scheduler.stop());
  }

  await inTime(taught, LEARNING_MS);
  let stopping = false;
  const server = createServer({
    site: createSite({
      campaign: () => published.library().campaign,
      assetsDir: join(__dirname, 'assets'),
      flowsDir: settings.flowsDir,
      publicUrl: settings.publicUrl,
      holdOff: (request) => (settings.rateLimits ? links(clientAddress(request), now()) : 0),
      confirmation: {
        ...confirmation,
        word: (language, key) => word(language, `confirm_email.${key}`)?.render({}) ?? '',
      },
      privacy: {
        ...exportLinks,
        word: (language, key) =>
          word(language, `privacy.${key}`)?.render({ campaign: campaignName() }) ?? '',
      },
    }),
    webChat,
    webhooks: networks.webhooks,
    metrics,
    log,
    notReady: async () => {
      const missing = [...(stopping ? ['stopping'] : []), ...networks.notReady()];
      return (await isAlive(store)) ? missing : [...missing, 'store'];
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, settings.host, resolve);
  });
  closers.push(
    () =>
      new Promise<void>((resolve) => {
        stopping = true;
        server.close(() => resolve());
        server.closeIdleConnections();
        // What a client holds open without asking anything, or asks too slowly, is not waited for.
        setTimeout(() => server.closeAllConnections(), LAST_ANSWERS_MS).unref();
        void webChat.close();
      }),
  );
  await networks.start();
  return { url: addressOf(server.address(), settings), location: store.location, stop };
}

/** Waits for what is under way, but no longer than a while. */
async function inTime(work: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([work, late]);
  clearTimeout(timer);
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

/** The address asked for, with the port that was really given when any was asked for. */
function addressOf(
  bound: ReturnType<ReturnType<typeof createServer>['address']>,
  { port, publicUrl }: Settings,
): string {
  const given = typeof bound === 'object' && bound !== null ? bound.port : port;
  return port === 0 ? publicUrl.replace(/:0$/, `:${given}`) : publicUrl;
}
