import type { Channel, Host, OpenedChannel, Receive } from '../channels/channel.js';
import type { Throttle } from '../outreach/throttle.js';
import type { ChannelState } from '../store/processes.js';

const WINDOW_S = 60;

type Seen = {
  lastIn?: number;
  lastOut?: number;
  failed: number;
  failedAt?: number;
  failedBy?: string;
  /** Sends by second, as a ring, and the second each of them is of. */
  readonly sent: Uint32Array;
  readonly second: Float64Array;
};

export type ChannelWatch = {
  /** The channel, whose sends are counted. */
  channel<C extends Channel>(channel: C): C;
  host(name: string, host: Host): Host;
  receive(name: string, receive: Receive): Receive;
  /** How a channel is doing here. */
  state(name: string, opened?: Pick<OpenedChannel, 'notReady' | 'login'>): ChannelState;
};

/** Watches what comes in and goes out on channels; counts, and never a word of it. */
export function watchChannels(options: {
  readonly throttles: ReadonlyMap<string, Pick<Throttle, 'load'>>;
  now(): number;
}): ChannelWatch {
  const { now } = options;
  const all = new Map<string, Seen>();

  function seenOn(name: string): Seen {
    const known = all.get(name) ?? {
      failed: 0,
      sent: new Uint32Array(WINDOW_S),
      second: new Float64Array(WINDOW_S),
    };
    all.set(name, known);
    return known;
  }

  function countSent(seen: Seen): void {
    const at = now();
    const second = Math.floor(at / 1_000);
    const place = second % WINDOW_S;
    if (seen.second[place] !== second) seen.sent[place] = 0;
    seen.second[place] = second;
    seen.sent[place] = (seen.sent[place] ?? 0) + 1;
    seen.lastOut = at;
  }

  function sentLately({ sent, second }: Seen): number {
    const from = Math.floor(now() / 1_000) - WINDOW_S;
    return sent.reduce((sum, count, place) => sum + ((second[place] ?? 0) > from ? count : 0), 0);
  }

  function receive(name: string, take: Receive): Receive {
    const seen = seenOn(name);
    return (inbound) => {
      seen.lastIn = now();
      return take(inbound);
    };
  }

  return {
    receive,
    host: (name, host) => ({ ...host, receive: receive(name, host.receive) }),
    channel(channel) {
      const seen = seenOn(channel.name);
      return {
        ...channel,
        async send(address, message, mayLeave) {
          const result = await channel.send(address, message, mayLeave);
          if (message.type === 'echo') return result;
          if (result.type === 'sent') countSent(seen);
          // What waits for its turn, or a person who is not there, is no fault of the channel.
          if (result.type === 'failed' && FAULTS.has(result.reason)) {
            seen.failed += 1;
            seen.failedAt = now();
            seen.failedBy = result.reason;
          }
          return result;
        },
      };
    },
    state(name, opened) {
      const seen = seenOn(name);
      const load = options.throttles.get(name)?.load() ?? { waiting: 0, underWay: 0 };
      return {
        channel: name,
        ...standOf(opened),
        ...(seen.lastIn === undefined ? {} : { last_in: new Date(seen.lastIn) }),
        ...(seen.lastOut === undefined ? {} : { last_out: new Date(seen.lastOut) }),
        failed: seen.failed,
        ...(seen.failedAt === undefined ? {} : { failed_at: new Date(seen.failedAt) }),
        ...(seen.failedBy === undefined ? {} : { failed_by: seen.failedBy }),
        sent: sentLately(seen),
        waiting: load.waiting,
        under_way: load.underWay,
      };
    },
  };
}

const FAULTS: ReadonlySet<string> = new Set(['rejected', 'misconfigured', 'in_doubt']);

function standOf(
  opened: Pick<OpenedChannel, 'notReady' | 'login'> | undefined,
): Pick<ChannelState, 'state' | 'reason'> {
  const reason = opened?.notReady?.();
  const told = reason === undefined ? {} : { reason };
  const login = opened?.login?.().type;
  if (login === 'standby' || login === 'logged_out') return { state: login, ...told };
  if (login === 'waiting') return { state: 'waiting' };
  if (reason === undefined) return { state: 'ready' };
  return reason.endsWith('not started') ? { state: 'opening' } : { state: 'failing', reason };
}
