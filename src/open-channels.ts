import { join } from 'node:path';
import { openBotFramework } from './channels/botframework/botframework.js';
import type { Reference } from './channels/botframework/read-activity.js';
import type { Channel, Host, OpenedChannel, Router } from './channels/channel.js';
import type { Keyboard } from './channels/telegram/buttons.js';
import { POLL_LEASE_MS } from './channels/telegram/poll.js';
import { openEmail, type Delivery, type EmailOptions } from './channels/email/email.js';
import type { WrittenMail } from './channels/email/write-mail.js';
import { openTelegram } from './channels/telegram/telegram.js';
import { openCloud } from './channels/whatsapp/cloud.js';
import { showCode, WHATSAPP_DIR } from './channels/whatsapp/code-file.js';
import { findChromium } from './channels/whatsapp/find-chromium.js';
import { NoBrowser, openWeb, WEB_LEASE_MS } from './channels/whatsapp/web.js';
import { createWebClient } from './channels/whatsapp/web-client.js';
import type { Settings } from './config.js';
import { channelWords, menusOf } from './conversation/channel-words.js';
import { createKeyedQueue } from './conversation/keyed-queue.js';
import type { Library } from './engine/flow.js';
import type { Log } from './log.js';
import type { Throttle } from './outreach/throttle.js';
import { createSigner } from './sign.js';
import type { CampaignMail } from './supporters/mails.js';
import type { ConversationReferences } from './store/conversation-references.js';
import type { Keyboards } from './store/keyboards.js';
import type { LastHeard } from './store/last-heard.js';
import type { NamedLease } from './store/leases.js';

/** What channels are opened with. */
export type ChannelsOptions = {
  readonly settings: Settings;
  readonly log: Log;
  /** From which a channel derives its own secrets. */
  readonly secret: string;
  /** What a channel of this name tells the rest of the program. */
  host(channel: string): Host;
  /** Something that only one process may do at a time. */
  lease(name: string, lastsMs: number): NamedLease;
  readonly keyboards: Pick<Keyboards<Keyboard>, 'get' | 'put'>;
  /** When people last wrote. */
  readonly lastHeard: Pick<LastHeard, 'get' | 'put' | 'forget'>;
  /** How conversations are reached. */
  readonly references: Pick<ConversationReferences<Reference>, 'get' | 'put'>;
  /** How mail goes out, and who reads it. */
  readonly mail: {
    send(mail: WrittenMail & Pick<CampaignMail, 'kind' | 'permit'>): Promise<Delivery>;
    readonly throttle: Throttle;
    readonly reader: EmailOptions['reader'];
  };
  /** Somebody who looks at this channel should see it anew. */
  changed(channel: string): void;
  /** What paces the sends of a channel. */
  throttle(channel: string, perSecond: number): Throttle;
  /** The flows in force. */
  library(): Library;
};

/** The channels that the settings turn on, beside web chat, which is always there. */
export type OpenChannels = {
  readonly channels: readonly Channel[];
  readonly webhooks: ReadonlyMap<string, Router>;
  /** Begins to receive; a channel that cannot is told of, and leaves the others at work. */
  start(): Promise<void>;
  /** What keeps channels from working. */
  notReady(): readonly string[];
  /** How each of them stands. */
  readonly opened: readonly OpenedChannel[];
  close(): Promise<void>;
};

type Network = (options: ChannelsOptions) => OpenedChannel | undefined;

/** Telegram, when it has a token. */
const telegram: Network = ({ settings, secret, host, lease, throttle, keyboards, library }) => {
  if (settings.telegram === undefined) return undefined;
  const { token, apiRoot, mode, ratePerSecond, webhookSecret } = settings.telegram;
  const queue = createKeyedQueue();
  return openTelegram({
    token,
    apiRoot,
    mode:
      mode === 'polling'
        ? { type: 'polling', lease: lease('telegram polling', POLL_LEASE_MS) }
        : {
            type: 'webhook',
            secret: webhookSecret ?? createSigner(secret, 'telegram webhook').sign('telegram'),
            publicUrl: settings.publicUrl,
          },
    host: host('telegram'),
    throttle: throttle('telegram', ratePerSecond),
    keyboards: {
      get: (chat, turn) => keyboards.get('telegram', chat, turn),
      put: (chat, turn, keyboard) => keyboards.put('telegram', chat, turn, keyboard),
    },
    inOrder: queue.run,
    words: (language) => channelWords(library(), language),
    menus: () => menusOf(library()),
  });
};

/** A phone's linked device sends at the pace of a person, or the number is lost. */
const WEB_BULK_PER_SECOND = 1;

function whatsappWeb(options: ChannelsOptions): OpenedChannel {
  const { settings, host, lease, throttle, library } = options;
  const { chromiumPath, dataDir } = settings;
  return openWeb({
    host: host('whatsapp'),
    lease: lease('whatsapp web', WEB_LEASE_MS),
    async createClient(events) {
      const executablePath = findChromium(chromiumPath);
      if (executablePath === undefined) {
        throw new NoBrowser(
          chromiumPath === undefined
            ? 'no Chromium was found; install one ("apt install chromium") or set CHROMIUM_PATH'
            : 'there is no browser at CHROMIUM_PATH',
        );
      }
      return createWebClient(
        { dataDir: join(dataDir, WHATSAPP_DIR), browser: { executablePath } },
        events,
      );
    },
    showCode(code) {
      showCode(dataDir, code);
      options.changed('whatsapp');
    },
    throttle: throttle('whatsapp', WEB_BULK_PER_SECOND),
    inOrder: createKeyedQueue().run,
    words: (language) => channelWords(library(), language),
  });
}

/** WhatsApp, when a transport is chosen. */
const whatsapp: Network = (options) => {
  const { settings, host, lastHeard, library } = options;
  if (settings.whatsapp === undefined) return undefined;
  if (settings.whatsapp.transport === 'web') return whatsappWeb(options);
  const { ratePerSecond, ...cloud } = settings.whatsapp;
  return openCloud({
    ...cloud,
    host: host('whatsapp'),
    throttle: options.throttle('whatsapp', ratePerSecond),
    heard: {
      get: (address) => lastHeard.get('whatsapp', address),
      put: (address, at) => lastHeard.put('whatsapp', address, at),
      forget: (address) => lastHeard.forget('whatsapp', address),
    },
    inOrder: createKeyedQueue().run,
    words: (language) => channelWords(library(), language),
  });
};

/** The Bot Service slows down bots that send more than this at once to all together. */
export const BOT_FRAMEWORK_BULK_PER_SECOND = 30;

/** The networks behind Azure's Bot Service, when there is an app. */
const botFramework: Network = ({ settings, host, throttle, references, library }) => {
  if (settings.botFramework === undefined) return undefined;
  return openBotFramework({
    ...settings.botFramework,
    host: host('botframework'),
    throttle: throttle('botframework', BOT_FRAMEWORK_BULK_PER_SECOND),
    references: {
      get: (address) => references.get('botframework', address),
      put: (address, reference) => references.put('botframework', address, reference),
    },
    inOrder: createKeyedQueue().run,
    words: (language) => channelWords(library(), language),
  });
};

/** E-mail, when there is a server to send it. */
const email: Network = ({ settings, host, mail, library }) =>
  settings.smtpUrl === undefined
    ? undefined
    : openEmail({
        host: host('email'),
        throttle: mail.throttle,
        reader: mail.reader,
        deliver: (written, permit) => mail.send({ ...written, kind: 'campaign', permit }),
        words: (language) => channelWords(library(), language),
      });

/** How each network is opened: undefined when it is not turned on. */
const NETWORKS: readonly Network[] = [telegram, whatsapp, botFramework, email];

/** Names of the channels that the settings turn on, web chat among them. */
export function channelsOn({
  telegram: bot,
  whatsapp: number,
  botFramework: app,
  smtpUrl,
}: Settings): ReadonlySet<string> {
  return new Set([
    'web',
    ...(bot === undefined ? [] : ['telegram']),
    ...(number === undefined ? [] : ['whatsapp']),
    ...(app === undefined ? [] : ['botframework']),
    ...(smtpUrl === undefined ? [] : ['email']),
  ]);
}

/** Opens every channel that the settings turn on. */
export function openChannels(
  options: ChannelsOptions,
  networks: readonly Network[] = NETWORKS,
): OpenChannels {
  const opened = networks.flatMap((open) => open(options) ?? []);
  return {
    channels: opened.map(({ channel }) => channel),
    webhooks: new Map(opened.flatMap(({ routes }) => [...(routes ?? [])])),
    async start() {
      await Promise.all(
        opened.map(async ({ channel, start }) => {
          try {
            await start?.();
          } catch (error) {
            options.log.error({ err: error, channel: channel.name }, 'channel not started');
          }
        }),
      );
    },
    opened,
    notReady: () => opened.flatMap((one) => one.notReady?.() ?? []),
    async close() {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}
