import type { Call, Nothing } from './shapes.js';

/** `waiting`: for somebody to scan the code; `off`: the settings do not turn it on. */
export type ChannelStand = 'off' | 'opening' | 'ready' | 'failing' | 'waiting' | 'logged_out';

/** How a channel does, in all processes together. */
export type ChannelView = {
  readonly channel: string;
  readonly state: ChannelStand;
  /** How it is joined to its network. */
  readonly how?: 'socket' | 'polling' | 'webhook' | 'web' | 'cloud' | 'smtp';
  readonly reason?: string;
  readonly lastInAt?: string;
  readonly lastOutAt?: string;
  /** Since the processes started. */
  readonly failed: number;
  readonly failedAt?: string;
  readonly failedBy?: string;
  /** Sent in the last minute, and what it may send to many in a second. */
  readonly sent: number;
  readonly perSecond?: number;
  /** Sends that wait for their turn or are under way, and deliveries that are due. */
  readonly waiting: number;
  readonly due: number;
  /** Where its network calls us; no secret is in it. */
  readonly webhook?: string;
};

/** A process of this program. */
export type ProcessView = {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly role: 'all' | 'web' | 'worker';
  readonly version: string;
  readonly node: string;
  readonly memoryBytes: number;
  readonly startedAt: string;
  readonly at: string;
  /** It answers this very call. */
  readonly isThis: boolean;
};

/** What the channels stand on. */
export type SystemView = {
  readonly version: string;
  readonly publicUrl: string;
  readonly timezone: string;
  readonly store: {
    readonly kind: 'embedded' | 'mongodb';
    readonly documents: number;
    readonly bytes: number;
  };
  /** Mail is written to a folder where no server is set. */
  readonly mail: { readonly isSent: boolean; readonly from: string };
  readonly gateway: { readonly name: string; readonly isTrial: boolean; readonly webhook?: string };
  /** Networks on which public posts are made. */
  readonly posts: readonly string[];
  readonly processes: readonly ProcessView[];
};

/** What became of a test. */
export type ChannelTest =
  | {
      readonly type: 'sent';
      /** To oneself as a supporter, or to one's address. */ readonly isTheirs: boolean;
    }
  /** Nobody knows them there: they have to write first. */
  | { readonly type: 'not_there' }
  | { readonly type: 'failed' }
  | { readonly type: 'withheld'; readonly until: string };

/** WhatsApp as it is linked to a phone. */
export type WhatsAppView = {
  readonly transport: 'off' | 'web' | 'cloud';
  readonly state: ChannelStand;
  readonly reason?: string;
  /** The code to scan as rows of `1` and `0`; only while one waits. */
  readonly squares?: readonly string[];
  /** When the process that has the session told of it. */
  readonly at?: string;
};

export type ChannelsApi = {
  'GET /channels': Call<Nothing, { readonly items: readonly ChannelView[]; readonly at: string }>;
  'GET /system': Call<Nothing, SystemView>;
  'POST /channels/:channel/test': Call<
    { readonly channel: string; readonly language: 'fr' | 'en' },
    ChannelTest
  >;
  'GET /whatsapp': Call<Nothing, WhatsAppView>;
};
