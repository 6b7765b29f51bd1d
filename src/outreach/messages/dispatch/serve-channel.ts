import { setTimeout as sleep } from 'node:timers/promises';
import { Permit, type Refusal } from '../../../engine/calendar/permit.js';
import type { Addresses } from '../../../supporters/addresses.js';
import type { StartFlow } from '../../../supporters/start-flow.js';
import type { DeliveryRow } from '../deliveries.js';
import type { MessageRow } from '../messages.js';
import type { Ways } from '../way-for.js';
import type { Claims } from './claims.js';
import { decideSend, type SendDecision, type SendFacts } from './decide-send.js';
import type { InFlight } from './in-flight.js';
import { loadFacts, type LoadOptions } from './load-facts.js';
import type { Network, SendOutcome } from './network.js';
import { settle } from './settle.js';
import type { WordsFor } from './words-for.js';

/** Sends that wait for their turn at the throttle. */
const MOST_WAITING = 50;
/** Decided and claimed in one go, at most. */
const MOST_TOGETHER = 100;
const LOOK_AGAIN_MS = 2;
/** The next are claimed and looked up when what is left of these lasts only so long at the channel's rate. */
const AHEAD_MS = 250;
/** What was looked up so long ago decides nothing any more, and lets nothing leave any more. */
const FRESH_MS = 3_000;
const STALE_MS = 10_000;
/** A claim that ends sooner is not worth beginning a send. */
const SPARE_MS = 3_000;

export type ServeOptions = LoadOptions & {
  readonly addresses: Pick<Addresses, 'markUnreachable'>;
  readonly claims: Claims;
  /** What this channel may have under way: what is in doubt after a kill. */
  readonly inFlight: InFlight;
  readonly ways: Ways;
  /** Whether staff let this message go on. */
  isGoing(message: string): boolean;
  wordsOf(message: MessageRow): WordsFor;
  /** Starts a flow for somebody; with an id, once only. */
  readonly startFlow: StartFlow;
  /** Asks the open question again. */
  askAgain(supporter: string, id: string): Promise<void>;
  /** Told of every delivery that came to an end, or waits. */
  observe(channel: string, state: DeliveryRow['state'], reason?: string): void;
  report(error: unknown): void;
};

/** Sends the deliveries of one channel. */
export type ServeChannel = {
  /** Takes and sends some of a message, and answers how many were taken. */
  serve(message: MessageRow): Promise<number>;
  /** Lets what is under way end. */
  settled(): Promise<void>;
};

type Batch = {
  readonly loadedAt: number;
  readonly rows: readonly DeliveryRow[];
  readonly facts: readonly SendFacts[];
};
type Ahead = { readonly message: string; readonly batch: Promise<Batch | undefined> };
type Ready = Extract<SendDecision, { type: 'send' }>;

/** Makes what serves one channel of this process. */
export function createServeChannel(
  channel: string,
  network: Network,
  options: ServeOptions,
): ServeChannel {
  const { claims, inFlight, now, campaign } = options;
  const together = Math.max(5, Math.min(MOST_TOGETHER, Math.ceil(network.perSecond / 2)));
  /** Enough to keep to the rate; what waits for its turn is not decided too early. */
  const mostWaiting = Math.max(1, Math.min(MOST_WAITING, Math.ceil(network.perSecond / 4)));
  const fewLeft = Math.ceil((network.perSecond * AHEAD_MS) / 1_000);
  let ahead: Ahead | undefined;
  const running = new Set<Promise<void>>();
  let waiting = 0;

  /** Waits until one more may be begun, or staff hold the message up. */
  async function myTurn(message: string): Promise<void> {
    while ((inFlight.isFull() || waiting >= mostWaiting) && options.isGoing(message)) {
      await sleep(LOOK_AGAIN_MS);
    }
  }

  async function prepare(message: MessageRow): Promise<Batch> {
    const rows = await claims.take(message._id, channel, together);
    const loadedAt = now();
    if (rows.length === 0) return { loadedAt, rows, facts: [] };
    try {
      return { loadedAt, rows, facts: await loadFacts(message, rows, options) };
    } catch (error) {
      await claims.giveBack(rows);
      throw error;
    }
  }

  /** What was prepared for a message, or is now. */
  async function nextBatch(message: MessageRow): Promise<Batch> {
    const prepared = ahead;
    ahead = undefined;
    const batch = await prepared?.batch;
    const isFresh = batch !== undefined && now() - batch.loadedAt < FRESH_MS;
    if (isFresh && prepared?.message === message._id) return batch;
    await dropAhead(prepared);
    return prepare(message);
  }

  function prepareNext(message: MessageRow): void {
    if (ahead !== undefined) return;
    const batch = prepare(message).catch((error: unknown) => {
      options.report(error);
      return undefined;
    });
    ahead = { message: message._id, batch };
  }

  async function dropAhead(prepared: Ahead | undefined): Promise<void> {
    const batch = await prepared?.batch;
    if (batch !== undefined) await claims.giveBack(batch.rows);
  }

  async function serve(message: MessageRow): Promise<number> {
    const { rows, facts, loadedAt } = await nextBatch(message);
    const left = new Set(rows);
    for (const fact of facts) {
      if (rows.length === together && left.size <= fewLeft) prepareNext(message);
      await myTurn(message._id);
      if (!options.isGoing(message._id) || now() - loadedAt > FRESH_MS) break;
      left.delete(fact.delivery);
      const decision = decideSend(fact, campaign(), options.ways, now());
      run(
        carryOut(message, fact.delivery, decision, loadedAt).finally(() =>
          claims.letGo(fact.delivery._id),
        ),
      );
    }
    if (left.size > 0) await claims.giveBack([...left]);
    return rows.length;
  }

  function run(work: Promise<void>): void {
    inFlight.begin();
    const done = work
      .catch((error: unknown) => options.report(error))
      .finally(() => {
        inFlight.end();
        running.delete(done);
      });
    running.add(done);
  }

  async function carryOut(
    message: MessageRow,
    row: DeliveryRow,
    decision: SendDecision,
    loadedAt: number,
  ): Promise<void> {
    const { claim = '', ...rest } = row;
    switch (decision.type) {
      case 'end': {
        const { state, reason } = decision;
        options.observe(channel, state, reason);
        return claims.finish(claim, { ...rest, state, reason, at: new Date(now()) });
      }
      case 'wait': {
        const { until, reason } = decision;
        const waits = (row.waits ?? 0) + 1;
        return claims.finish(claim, { ...rest, reason, waits, at: new Date(until) });
      }
      case 'send':
        return send(message, row, decision, loadedAt);
      default:
        return decision satisfies never;
    }
  }

  async function send(
    message: MessageRow,
    row: DeliveryRow,
    ready: Ready,
    loadedAt: number,
  ): Promise<void> {
    // Another channel's turn: whoever serves that one sends it.
    if (ready.channel !== channel) {
      const { claim = '', ...rest } = row;
      return claims.finish(claim, { ...rest, channel: ready.channel, at: new Date(now()) });
    }
    waiting += 1;
    let hasBegun = false;
    const begin = (): void => {
      if (!hasBegun) waiting -= 1;
      hasBegun = true;
    };
    try {
      const { reason: _, ...rest } = row;
      const marked: DeliveryRow = { ...rest, state: 'sending' };
      if (!(await claims.mark(marked))) return;
      const outcome = await leave(message, marked, ready, () => {
        begin();
        return now() - loadedAt < STALE_MS;
      });
      await conclude(message, marked, ready, outcome);
    } finally {
      begin();
    }
  }

  async function leave(
    message: MessageRow,
    row: DeliveryRow,
    { record, address, territory }: Ready,
    begin: () => boolean,
  ): Promise<SendOutcome> {
    const { _id, definition } = message;
    const mayLeave = (): Permit | Refusal => {
      const isFresh = begin();
      const at = now();
      if (!isFresh || !options.isGoing(_id) || claims.endOf(row._id) - at < SPARE_MS)
        return stopped(at);
      const { calendar } = campaign();
      return Permit.ask(calendar, { way: 'message', content: definition.content, territory }, at);
    };
    try {
      const { says } = definition;
      if (says.type === 'words') {
        const words = options.wordsOf(message)(record, now());
        return await network.send(address, { id: `m-${_id}`, at: now(), ...words }, mayLeave);
      }
      return await network.pace(async () => {
        const permit = mayLeave();
        if (permit.type === 'refused') return { type: 'withheld', refusal: permit };
        const reach = { channel, address };
        const taken = await options.startFlow(record._id, says.flow, `message ${_id}`, reach);
        if (taken === undefined) return { type: 'failed', reason: 'unreachable' };
        return taken === 'busy' ? { type: 'failed', reason: 'throttled' } : { type: 'sent' };
      });
    } catch (error) {
      options.report(error);
      return { type: 'failed', reason: 'in_doubt' };
    }
  }

  async function conclude(
    { definition }: MessageRow,
    row: DeliveryRow,
    { record, address, asksAgain }: Ready,
    outcome: SendOutcome,
  ): Promise<void> {
    // A flow is started once, whatever is repeated.
    const exact = network.exact || definition.says.type === 'flow';
    const next = settle(row, outcome, { address, exact, now: now(), random: Math.random() });
    await claims.finish(row.claim ?? '', next);
    options.observe(channel, next.state, next.reason);
    if (outcome.type === 'failed') {
      const { reason } = outcome;
      if (reason === 'blocked' || reason === 'unreachable') {
        await options.addresses.markUnreachable(channel, address);
      }
    }
    if (outcome.type === 'sent' && asksAgain) await options.askAgain(record._id, row._id);
  }

  return {
    serve,
    async settled() {
      const prepared = ahead;
      ahead = undefined;
      await Promise.all([dropAhead(prepared), ...running]);
    },
  };
}

function stopped(at: number): Refusal {
  return { type: 'refused', rule: 'stopped', reason: 'Held up by staff', until: at };
}
