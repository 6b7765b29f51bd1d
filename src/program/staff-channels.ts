import { DOOR_PATH } from '../channels/botframework/botframework.js';
import type { Channel } from '../channels/channel.js';
import { WEBHOOK_PATH as TELEGRAM_WEBHOOK } from '../channels/telegram/telegram.js';
import { WEBHOOK_PATH as WHATSAPP_WEBHOOK } from '../channels/whatsapp/cloud.js';
import type { Settings } from '../config.js';
import { isTrial } from '../donations/checkout/is-trial.js';
import { STRIPE_WEBHOOK } from '../donations/gateway/stripe-webhook.js';
import type { Library } from '../engine/flow.js';
import { channelsOn } from '../open-channels.js';
import type { ChannelTest, ChannelView } from '../staff/api.js';
import { standOf } from '../staff/channels/stand-of.js';
import { qrSquares } from '../staff/qr-squares.js';
import type { Route } from '../staff/route.js';
import { channelRoutes } from '../staff/routes/channel-routes.js';
import type { Store } from '../store/connection.js';
import type { ProcessRow } from '../store/processes.js';
import { messageRates } from './message-ways.js';
import type { Tables } from './open-tables.js';
import { createSendToOneself } from './send-to-oneself.js';
import { VERSION } from './version.js';
import { postNetworks } from './wire-posts.js';

export type StaffChannelsOptions = {
  readonly settings: Settings;
  readonly tables: Tables;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly store: Pick<Store, 'kind' | 'describe'>;
  /** Names this process. */
  readonly owner: string;
  library(): Library;
  now(): number;
};

/** Every channel there is, those that are off too. */
const ALL = ['web', 'telegram', 'whatsapp', 'email', 'botframework'] as const;
type Name = (typeof ALL)[number];

const TEST_WORDS = {
  fr: 'Ceci est un essai de votre assistant de campagne. Tout fonctionne.',
  en: 'This is a test of your campaign’s assistant. All is well.',
};

/** The routes of the console about channels, and what they stand on. */
export function staffChannels(options: StaffChannelsOptions): Route[] {
  const { settings, tables, store, owner, library, now } = options;
  const { publicUrl } = settings;
  const on = channelsOn(settings);
  const rates = messageRates(settings);
  const sendToOneself = createSendToOneself(options);

  async function viewOf(channel: Name, alive: readonly ProcessRow[]): Promise<ChannelView> {
    if (!on.has(channel)) {
      return { channel, state: 'off', failed: 0, sent: 0, waiting: 0, due: 0 };
    }
    const { at: _, ...stand } = standOf(channel, alive);
    const how = howOf(channel, settings);
    const webhook = webhookOf(channel, settings);
    const perSecond = rates.get(channel);
    return {
      channel,
      ...stand,
      ...(how === undefined ? {} : { how }),
      ...(perSecond === undefined ? {} : { perSecond }),
      ...(webhook === undefined ? {} : { webhook: `${publicUrl}${webhook}` }),
      due: await dueOn(channel),
    };
  }

  /** Deliveries on a channel whose time has come. */
  async function dueOn(channel: string): Promise<number> {
    const active = await tables.messages.findActive();
    const at = { $lte: new Date(now()) };
    const counts = await Promise.all(
      active
        .filter(({ state }) => state === 'sending')
        .map(({ _id: message }) =>
          tables.deliveries.table.count({ message, state: 'planned', channel, at }),
        ),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function channels(): Promise<ChannelView[]> {
    const alive = await tables.processes.alive(now());
    return Promise.all(ALL.map((channel) => viewOf(channel, alive)));
  }

  async function test(
    channel: string,
    member: string,
    language: 'fr' | 'en',
  ): Promise<ChannelTest> {
    const { languages } = library().campaign;
    // It goes to whoever presses the button, and pleads for nobody.
    const words = Object.fromEntries(
      [...languages, language].map((one) => [one, TEST_WORDS[one === 'fr' ? 'fr' : 'en']]),
    );
    const what = {
      says: { type: 'words', words },
      channels: [channel],
      content: 'service',
    } as const;
    const { sent, failed, refusal } = await sendToOneself(what, member, language);
    if (refusal !== undefined) {
      return { type: 'withheld', until: new Date(refusal.until).toISOString() };
    }
    const [place] = sent;
    if (place !== undefined) return { type: 'sent', isTheirs: place.isTheirs };
    return { type: failed.length > 0 ? 'failed' : 'not_there' };
  }

  return channelRoutes({
    channels,
    test,
    async system() {
      const [alive, { documents, bytes }] = await Promise.all([
        tables.processes.alive(now()),
        store.describe(),
      ]);
      const { gateway } = settings.donations;
      return {
        version: VERSION,
        publicUrl,
        timezone: library().campaign.timezone,
        store: { kind: store.kind, documents, bytes },
        mail: { isSent: settings.smtpUrl !== undefined, from: settings.mailFrom },
        gateway: {
          name: gateway,
          isTrial: isTrial(gateway),
          ...(gateway === 'stripe' ? { webhook: `${publicUrl}${STRIPE_WEBHOOK}` } : {}),
        },
        posts: [...postNetworks(settings).keys()],
        processes: alive.map((row) => ({
          id: row._id,
          host: row.host,
          pid: row.pid,
          role: row.role,
          version: row.version,
          node: row.node,
          memoryBytes: row.memory_bytes,
          startedAt: row.started_at.toISOString(),
          at: row.at.toISOString(),
          isThis: row._id === owner,
        })),
      };
    },
    async whatsapp() {
      const transport = settings.whatsapp?.transport ?? 'off';
      if (transport === 'off') return { transport, state: 'off' };
      const alive = await tables.processes.alive(now());
      const { state, reason, at } = standOf('whatsapp', alive);
      const code = alive.find((row) => row.code !== undefined)?.code;
      return {
        transport,
        state,
        ...(reason === undefined ? {} : { reason }),
        ...(at === undefined ? {} : { at }),
        ...(code === undefined || state !== 'waiting' ? {} : { squares: qrSquares(code) }),
      };
    },
    now,
  });
}

function howOf(channel: Name, settings: Settings): ChannelView['how'] {
  switch (channel) {
    case 'web':
      return 'socket';
    case 'telegram':
      return settings.telegram?.mode;
    case 'whatsapp':
      return settings.whatsapp?.transport;
    case 'email':
      return 'smtp';
    case 'botframework':
      return 'webhook';
    default:
      return channel satisfies never;
  }
}

/** Where the network calls us, where somebody may have to tell it. */
function webhookOf(channel: Name, { telegram, whatsapp }: Settings): string | undefined {
  if (channel === 'telegram') return telegram?.mode === 'webhook' ? TELEGRAM_WEBHOOK : undefined;
  if (channel === 'whatsapp') {
    return whatsapp?.transport === 'cloud' ? WHATSAPP_WEBHOOK : undefined;
  }
  return channel === 'botframework' ? DOOR_PATH : undefined;
}
