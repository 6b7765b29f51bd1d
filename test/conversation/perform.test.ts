import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Channel, Message, SendResult } from '../../src/channels/channel.js';
import type { Act, ActionHandler } from '../../src/conversation/action-handler.js';
import { createPerformer, type Performer } from '../../src/conversation/perform.js';
import { createLog } from '../../src/log.js';
import type { OutboxItem } from '../../src/supporters/outbox-item.js';
import { freely, inSilence } from '../channels/freely.js';
import { Withheld } from '../../src/engine/calendar/permit.js';

const at = new Date('2030-01-01T12:00:00Z');
const limits = {
  text: 4096,
  buttons: 10,
  buttonLabel: 64,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: true,
};

let happened: string[] = [];
let results: SendResult[] = [];
let finished: string[] = [];
let unreachable: string[] = [];
let actions: Map<string, ActionHandler>;
let performer: Performer;
/** Whether results of actions cannot be brought back. */
let broken: boolean;

function channel(name: string, exact: boolean): Channel {
  return {
    name,
    limits,
    exact,
    async send(address: string, message: Message) {
      await Promise.resolve();
      const result = results.shift() ?? { type: 'sent' };
      happened.push(`${name} ${address} ${message.id} ${result.type}`);
      return result;
    },
    showTyping: () => happened.push('typing'),
  };
}

beforeEach(() => {
  happened = [];
  results = [];
  finished = [];
  unreachable = [];
  actions = new Map();
  broken = false;
  performer = createPerformer({
    channels: new Map([
      ['web', channel('web', true)],
      ['phone', channel('phone', false)],
    ]),
    actions,
    guard: async () => () => freely,
    lastActions: new Set(['do.last']),
    addresses: {
      markUnreachable: async (name, address) => {
        unreachable.push(`${name}:${address}`);
      },
    },
    log: createLog('silent'),
    writeJournal: async (supporter, entry) => {
      happened.push(`journal ${supporter} ${entry.turn}`);
    },
    done: (_supporter, items) => finished.push(...items),
    returned: async (supporter, effect, result) => {
      if (broken) throw new Error('store away');
      happened.push(`returned ${supporter} ${effect} ${JSON.stringify(result)}`);
    },
  });
});

function send(id: string, to: 'web' | 'phone' = 'phone', address = 'a1'): OutboxItem {
  const message = { type: 'text', text: id, language: 'fr' } as const;
  return { id, type: 'send', channel: to, address, message, at };
}

function journal(id: string): OutboxItem {
  const event = { type: 'opened', at: 0, channel: 'web' } as const;
  const entry = { turn: 1, at, channel: 'web', address: 'a1', event, effects: [] };
  return { id, type: 'journal', entry };
}

function act(id: string, awaited: boolean): OutboxItem {
  const to = { channel: 'web', address: 'a1' };
  return { id, type: 'act', action: 'do.it', effect: '7.0', with: { x: 1 }, awaited, ...to };
}

/** Waits until nothing is under way. */
async function idle(): Promise<void> {
  while (performer.busy().size > 0) await pause();
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('performing an outbox', () => {
  test('gives up what may not leave now, and what an action was held from doing', async () => {
    const held = inSilence();
    if (held.type !== 'refused') throw new Error('It is let out.');
    results = [{ type: 'withheld', refusal: held }];
    let tries = 0;
    actions.set('do.it', async () => {
      tries += 1;
      throw new Withheld(held);
    });
    performer.perform('s1', [send('1.1'), send('1.2'), act('1.3', true)]);
    await idle();
    expect(happened.filter((one) => one.startsWith('phone'))).toEqual([
      'phone a1 1.1 withheld',
      'phone a1 1.2 sent',
    ]);
    expect(happened).toContain('returned s1 7.0 undefined');
    expect([tries, [...finished].sort()]).toEqual([1, ['1.1', '1.2', '1.3']]);
  });

  test('writes the journal before anything leaves, then sends in order', async () => {
    performer.perform('s1', [journal('1.0'), send('1.1'), send('1.2'), send('1.3')]);
    await idle();
    expect(happened).toEqual([
      'journal s1 1',
      'phone a1 1.1 sent',
      'phone a1 1.2 sent',
      'phone a1 1.3 sent',
    ]);
    expect(finished).toEqual(['1.0', '1.1', '1.2', '1.3']);
  });

  test('does not perform twice what is under way', async () => {
    performer.perform('s1', [send('1.1')]);
    performer.perform('s1', [send('1.1'), send('1.2')]);
    await idle();
    expect(happened).toEqual(['phone a1 1.1 sent', 'phone a1 1.2 sent']);
  });

  test('sends a reply again when it was throttled or in doubt, before the next one', async () => {
    results = [
      { type: 'failed', reason: 'throttled', retryAfterMs: 1 },
      { type: 'failed', reason: 'in_doubt', retryAfterMs: 1 },
    ];
    performer.perform('s1', [send('1.1'), send('1.2')]);
    await idle();
    expect(happened).toEqual([
      'phone a1 1.1 failed',
      'phone a1 1.1 failed',
      'phone a1 1.1 sent',
      'phone a1 1.2 sent',
    ]);
    expect(finished).toEqual(['1.1', '1.2']);
  });

  test('keeps the order of an exact channel when its store was away for a moment', async () => {
    results = Array.from({ length: 2 }, () => ({
      type: 'failed',
      reason: 'in_doubt',
      retryAfterMs: 1,
    }));
    performer.perform('s1', [send('1.1', 'web'), send('1.2', 'web')]);
    await idle();
    const sent = happened.filter((line) => line.endsWith('sent'));
    expect(sent).toEqual(['web a1 1.1 sent', 'web a1 1.2 sent']);
  });

  test('does not hold up other addresses behind one that is throttled', async () => {
    results = [{ type: 'failed', reason: 'throttled', retryAfterMs: 50 }];
    performer.perform('s1', [send('1.1', 'phone', 'slow'), send('1.2', 'phone', 'fast')]);
    await idle();
    expect(happened.indexOf('phone fast 1.2 sent')).toBeLessThan(
      happened.indexOf('phone slow 1.1 sent'),
    );
  });

  test('marks an address unreachable when its owner blocked us, and goes on', async () => {
    results = [{ type: 'failed', reason: 'blocked' }];
    performer.perform('s1', [send('1.1')]);
    await idle();
    expect(unreachable).toEqual(['phone:a1']);
    expect(finished).toEqual(['1.1']);
  });

  test('brings the result of an awaited action back, and shows typing meanwhile', async () => {
    const acts: Act[] = [];
    actions.set('do.it', async (asked) => {
      acts.push(asked);
      return { found: 3 };
    });
    performer.perform('s1', [act('1.1', true)]);
    await idle();
    expect(acts).toEqual([
      { supporter: 's1', action: 'do.it', key: 's1:1.1', with: { x: 1 }, content: 'campaign' },
    ]);
    expect(happened).toEqual(['typing', 'returned s1 7.0 {"found":3}']);
  });

  test('tells the conversation when an awaited action failed', async () => {
    actions.set('do.it', async () => Promise.reject(new Error('broken')));
    performer.perform('s1', [act('1.1', true)]);
    await idle();
    expect(happened).toEqual(['typing', 'returned s1 7.0 undefined']);
  });

  test('leaves in the outbox what was waiting when it stops', async () => {
    results = [{ type: 'failed', reason: 'throttled', retryAfterMs: 60_000 }];
    performer.perform('s1', [send('1.1')]);
    while (happened.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await performer.stop();
    expect(finished).toEqual([]);
  });

  test('keeps what is under way when another item fails', async () => {
    actions.set('do.it', async () => ({ found: 3 }));
    broken = true;
    results = [{ type: 'failed', reason: 'throttled', retryAfterMs: 100 }];
    performer.perform('s1', [send('1.1'), act('1.2', true)]);
    while (happened.filter((line) => line.startsWith('phone')).length < 1) await pause();
    await pause();
    expect(performer.busy()).toEqual(new Set(['s1']));
    performer.perform('s1', [send('1.1')]);
    await idle();
    expect(happened.filter((line) => line.endsWith('1.1 sent'))).toHaveLength(1);
    expect(finished).toEqual(['1.1']);
  });

  test('tries an action again that nobody awaits, under the same key', async () => {
    const keys: string[] = [];
    actions.set('do.it', async ({ key }) => {
      keys.push(key);
      if (keys.length === 1) throw new Error('store away');
    });
    performer.perform('s1', [act('1.1', false)]);
    await idle();
    expect(keys).toEqual(['s1:1.1', 's1:1.1']);
    expect(finished).toEqual(['1.1']);
  });

  test('leaves a reply in the outbox when an exact channel stays in doubt', async () => {
    const inDoubt = { type: 'failed', reason: 'in_doubt', retryAfterMs: 1 } as const;
    results = Array.from({ length: 20 }, () => inDoubt);
    performer.perform('s1', [send('1.1', 'web')]);
    await idle();
    expect(happened.length).toBeGreaterThan(2);
    expect(finished).toEqual([]);
  });

  test('waits no longer for a result than the flow does', async () => {
    jest.useFakeTimers();
    try {
      actions.set('do.it', async () => new Promise(() => undefined));
      performer.perform('s1', [act('1.1', true)]);
      await jest.advanceTimersByTimeAsync(30_000);
      expect(happened.at(-1)).toBe('returned s1 7.0 undefined');
      expect(finished).toEqual(['1.1']);
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});
