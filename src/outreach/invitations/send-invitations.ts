import { setTimeout as sleep } from 'node:timers/promises';
import type { Addresses } from '../../supporters/addresses.js';
import { findCurrent } from '../../supporters/find-current.js';
import type { OptOuts } from '../../supporters/opt-outs.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { Supporters } from '../../supporters/supporters.js';
import { chooseWay } from './choose-way.js';
import type { InvitationRow, Invitations, InvitationState } from './invitations.js';
import { nameOf, type Way } from './ways-to-invite.js';

/** Invitations under way at once; one kill puts no more in doubt. */
const AT_ONCE = 50;
/** How long one call goes on before it lets other work have its turn. */
const A_TURN_MS = 10_000;
/** An invitation that was begun so long ago was broken off. */
const BROKEN_OFF_MS = 600_000;
/** How long one waits that cannot be sent now, and how often. */
const WAIT_MS = 60_000;
const MOST_WAITS = 1_000;
/** How long a stop waits for what is under way. */
const LAST_MS = 5_000;

/** What became of one; `retryAfterMs` when the network said when to come again. */
export type InviteResult =
  | { readonly type: 'sent' }
  | {
      readonly type: 'failed';
      readonly reason:
        | 'unreachable'
        | 'throttled'
        | 'rejected'
        | 'blocked'
        | 'misconfigured'
        | 'in_doubt';
      readonly retryAfterMs?: number;
    };

/** An invitation as it leaves; `id` stays the same when it is sent again. */
export type Invitation = {
  readonly id: string;
  readonly from: string;
  readonly supporter: string;
  readonly language: string;
  readonly at: number;
};

export type SendOptions = {
  readonly supporters: Pick<Supporters, 'get' | 'table'>;
  readonly addresses: Pick<Addresses, 'ofSupporter' | 'markUnreachable'>;
  readonly optOuts: Pick<OptOuts, 'latest'>;
  readonly invitations: Pick<Invitations, 'table' | 'findDue'>;
  /** Channels that are turned on. */
  on(): ReadonlySet<string>;
  /** Until when the calendar holds it back, in epoch milliseconds; undefined when it may leave now. */
  heldUntil(way: Way, record: SupporterRecord): number | undefined;
  /** Sends it at the rate of the way it goes. */
  send(way: Way, invitation: Invitation): Promise<InviteResult>;
  /** Told of what went wrong on our side. */
  report(error: unknown): void;
  now(): number;
};

/** Sends what was planned. */
export type Inviter = {
  /** Goes on for some seconds, and answers how many were sent; nothing is left when it is called often. */
  sendSome(): Promise<number>;
  /** Begins no more, and lets what is under way end. */
  stop(): Promise<void>;
};

/**
 * Makes the inviter. Each invitation is marked before it leaves, so that none goes twice: one whose
 * outcome nobody knows stays in doubt. Whether somebody may be invited is asked once more just before.
 */
export function createInviter(options: SendOptions): Inviter {
  const { supporters, addresses, optOuts, invitations, now } = options;
  let stopping = false;
  const running = new Set<Promise<number>>();

  async function sendAll(): Promise<number> {
    await giveUpBroken();
    const until = now() + A_TURN_MS;
    let sent = 0;
    while (!stopping && now() < until) {
      const rows = await invitations.findDue(new Date(now()), AT_ONCE);
      if (rows.length === 0) break;
      const states = await Promise.all(
        rows.map((row) => sendOne(row).catch((error: unknown) => options.report(error))),
      );
      sent += states.filter((state) => state === 'sent').length;
    }
    return sent;
  }

  /** Nobody knows whether these arrived. */
  async function giveUpBroken(): Promise<void> {
    const begun = { $lte: new Date(now() - BROKEN_OFF_MS) };
    for (const row of await invitations.table.find({ state: 'sending', next: begun })) {
      await invitations.table.replaceIf({ state: 'sending' }, { ...row, state: 'unknown' });
    }
  }

  async function sendOne(row: InvitationRow): Promise<InvitationState | undefined> {
    const record = await find(row.supporter);
    if (record === undefined || record.erasing !== undefined) {
      await invitations.table.remove({ _id: row._id });
      return undefined;
    }
    const choice = await chooseWay(record, await addresses.ofSupporter(record._id), {
      from: row.from,
      on: options.on(),
      optOuts,
      tried: row.tried,
    });
    if (choice.type === 'none') {
      const hasFailed = row.tried.length > 0;
      const state = hasFailed ? 'failed' : 'skipped';
      const reason = hasFailed ? (row.reason ?? choice.reason) : choice.reason;
      const ended = { ...row, state, reason } as const;
      await invitations.table.replaceIf({ state: 'planned' }, ended);
      return undefined;
    }
    const { way } = choice;
    const held = options.heldUntil(way, record);
    if (held !== undefined) {
      const later = { ...row, next: new Date(held) };
      await invitations.table.replaceIf({ state: 'planned' }, later);
      return undefined;
    }
    const begun = { ...row, state: 'sending', by: nameOf(way), next: new Date(now()) } as const;
    const isOurs = { state: 'planned', waits: row.waits, next: row.next };
    if (!(await invitations.table.replaceIf(isOurs, begun))) return undefined;
    const next = await settle(begun, way, await send(way, row, record));
    // What was given up as broken off meanwhile is known after all.
    await invitations.table.replaceIf({ state: { $in: ['sending', 'unknown'] } }, next);
    return next.state;
  }

  async function send(
    way: Way,
    { from, at }: InvitationRow,
    { _id: supporter, language }: SupporterRecord,
  ): Promise<InviteResult> {
    const id = `invite-${from}-${at.getTime()}`;
    try {
      return await options.send(way, { id, from, supporter, language, at: now() });
    } catch (error) {
      options.report(error);
      return { type: 'failed', reason: 'in_doubt' };
    }
  }

  /** What is to be kept of an outcome: where it surely led to nobody, another way is tried. */
  async function settle(
    row: InvitationRow,
    way: Way,
    result: InviteResult,
  ): Promise<InvitationRow> {
    const { reason: _, ...rest } = row;
    if (result.type === 'sent') return { ...rest, state: 'sent' };
    const { reason } = result;
    switch (reason) {
      case 'unreachable':
      case 'blocked':
        if (way.type === 'chat') await addresses.markUnreachable(way.channel, way.address);
        return { ...rest, state: 'planned', reason, tried: [...row.tried, nameOf(way)] };
      case 'rejected':
        return { ...rest, state: 'planned', reason, tried: [...row.tried, nameOf(way)] };
      case 'throttled':
      case 'misconfigured': {
        const next = new Date(now() + (result.retryAfterMs ?? WAIT_MS));
        const state = row.waits < MOST_WAITS ? 'planned' : 'failed';
        return { ...rest, state, reason, next, waits: row.waits + 1 };
      }
      case 'in_doubt':
        return { ...rest, state: 'unknown', reason };
      default:
        return reason satisfies never;
    }
  }

  const find = (id: string): Promise<SupporterRecord | undefined> =>
    findCurrent(id, supporters.table);

  return {
    async sendSome() {
      const run = sendAll();
      running.add(run);
      return run.finally(() => running.delete(run));
    },
    async stop() {
      stopping = true;
      await Promise.race([Promise.allSettled(running), sleep(LAST_MS, undefined, { ref: false })]);
    },
  };
}
