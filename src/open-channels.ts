import type { Channel, Host, OpenedChannel, Router } from './channels/channel.js';
import type { Settings } from './config.js';
import type { Log } from './log.js';
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
};

/** The channels that the settings turn on, beside web chat, which is always there. */
export type OpenChannels = {
  readonly channels: readonly Channel[];
  readonly webhooks: ReadonlyMap<string, Router>;
  /** Begins to receive; a channel that cannot is told of, and leaves the others at work. */
  start(): Promise<void>;
  /** What keeps channels from working. */
  notReady(): readonly string[];
  close(): Promise<void>;
};

/** How each network is opened: undefined when it is not turned on. */
const NETWORKS: readonly ((options: ChannelsOptions) => OpenedChannel | undefined)[] = [];

/** Opens every channel that the settings turn on. */
export function openChannels(
  options: ChannelsOptions,
  networks: typeof NETWORKS = NETWORKS,
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
    notReady: () => opened.flatMap((one) => one.notReady?.() ?? []),
    async close() {
      await Promise.all(opened.map((one) => one.close()));
    },
  };
}
