import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Limits } from '../../src/channels/channel.js';
import { takeTurn, type Incoming, type Turn } from '../../src/conversation/take-turn.js';
import { understand } from '../../src/conversation/understand.js';
import type { Compiled } from '../../src/engine/compile.js';
import type { Event } from '../../src/engine/event.js';
import type { Library } from '../../src/engine/flow.js';
import { documentBytes } from '../../src/store/document-bytes.js';
import { DOCUMENT_BYTES, OUTBOX_ITEMS, SEEN_PER_ADDRESS } from '../../src/supporters/bounds.js';
import type { OutboxItem } from '../../src/supporters/outbox-item.js';
import { newSupporter, type SupporterRecord } from '../../src/supporters/record.js';
import { readSample } from './sample.js';

const at = Date.UTC(2030, 0, 1, 12);
const reach = { channel: 'web', address: 'c1' };
const stranger = newSupporter('s1', 'fr', reach, new Date(at));
const limits: Limits = {
  text: 4_000,
  buttons: 100,
  buttonLabel: 100,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: false,
};

let compiled: Compiled;
let library: Library;
beforeAll(async () => {
  ({ compiled, library } = await readSample());
});

type Taken = Extract<Turn, { type: 'taken' }>;

function saying(text: string, id: string): Incoming {
  const inbound = { ...reach, id, at, input: { type: 'said' as const, text } };
  const hearing = { rules: compiled.rules, readMeaning: () => ({}), language: 'fr' };
  return { id, reach, event: understand(inbound, hearing) };
}

function take(record: SupporterRecord, incoming: Incoming): Taken {
  const turn = takeTurn(library, record, incoming, limits);
  if (turn.type !== 'taken') throw new Error(`The turn was ${turn.type}.`);
  return turn;
}

/** The record after a turn whose outbox was performed. */
function after(record: SupporterRecord, incoming: Incoming): SupporterRecord {
  return { ...take(record, incoming).record, outbox: [] };
}

function opened(): SupporterRecord {
  return after(stranger, { id: 'open', reach, event: { type: 'opened', at, channel: 'web' } });
}

describe('a turn', () => {
  test('puts the journal first in the outbox, then the echo, then the answers', () => {
    const incoming = { ...saying('oui', 'm1'), echo: { text: 'oui' } };
    const { items, record } = take(opened(), incoming);
    expect(items.map(({ type }) => type)).toEqual(['journal', 'send', 'send']);
    expect(items[1]).toMatchObject({ id: '2.1', message: { type: 'echo', echo: { text: 'oui' } } });
    expect(items[2]).toMatchObject({
      id: '2.2',
      channel: 'web',
      address: 'c1',
      message: { type: 'text', language: 'fr', question: { answer: 'email' } },
    });
    expect(record.outbox).toEqual(items);
    expect(record).toMatchObject({ turns: 2, consents: [{ purpose: 'engagement', given: true }] });
  });

  test('has every file that came with it kept, with its turn, but for stickers', () => {
    const photo = { media: 'photo', id: 'p', name: 'rue.jpg' } as const;
    const film = { media: 'video', id: 'v' } as const;
    const events: Event[] = [
      { type: 'sent', ...photo, also: [film], at, channel: 'web' },
      { type: 'said', text: 'oui', files: [photo, film], at, channel: 'web' },
    ];
    for (const event of events) {
      const { items } = take(opened(), { id: 'm1', reach, event });
      expect(items.filter(({ type }) => type === 'act')).toMatchObject([
        { action: 'file.keep', awaited: false, with: { ...photo, ...reach, turn: 2 } },
        { action: 'file.keep', awaited: false, with: { ...film, ...reach, turn: 2 } },
      ]);
    }
    const sticker: Event = { type: 'sent', media: 'sticker', id: 's', at, channel: 'web' };
    const { items } = take(opened(), { id: 'm1', reach, event: sticker });
    expect(items.map(({ type }) => type)).not.toContain('act');
  });

  test('fills in what follows from it, in the same record', () => {
    const turn = takeTurn(
      library,
      opened(),
      saying('oui', 'm1'),
      limits,
      (record, { country }, when) => ({
        ...record,
        tags: [`${country} ${when.getTime()} ${record.consents.length}`],
      }),
    );
    expect(turn).toMatchObject({ record: { tags: [`fr ${at} 1`], turns: 2 } });
  });

  test('drops an input it has seen', () => {
    const record = after(opened(), saying('oui', 'm1'));
    expect(takeTurn(library, record, saying('oui', 'm1'), limits)).toEqual({ type: 'repeated' });
  });

  test('tells the same id of another address apart', () => {
    const record = after(opened(), saying('oui', 'm1'));
    const other = { ...saying('lea@exemple.org', 'm1'), reach: { channel: 'web', address: 'c2' } };
    expect(take(record, other).record.email).toBe('lea@exemple.org');
  });

  test('refuses input while too much is still to be sent', () => {
    const message = { type: 'text', text: 'a', language: 'fr' } as const;
    const item: OutboxItem = { id: '1.0', type: 'send', ...reach, message, at: new Date(at) };
    const outbox = Array.from({ length: OUTBOX_ITEMS }, () => item);
    const record = { ...opened(), outbox };
    expect(takeTurn(library, record, saying('oui', 'm1'), limits)).toEqual({
      type: 'busy',
      reason: 'outbox-full',
    });
  });

  test('turns a bug into an apology, an alert and an unchanged session', () => {
    const before = opened();
    const broken: Library = {
      ...library,
      flow: () => {
        throw new Error('a bug');
      },
    };
    const turn = takeTurn(broken, before, saying('oui', 'm1'), limits);
    if (turn.type !== 'taken') throw new Error('The turn was not taken.');
    expect(turn.record.session).toEqual(before.session);
    expect(turn.record.consents).toEqual([]);
    expect(turn.alerts).toMatchObject([{ code: 'turn-failed', flow: 'welcome', step: 'agree' }]);
    const apology = compiled.common.get('fr')?.get('apology')?.render({});
    expect(turn.items.filter(({ type }) => type === 'send')).toMatchObject([
      { message: { text: apology } },
    ]);
    // The input counts as seen: a client that repeats it does not meet the bug again.
    expect(takeTurn(broken, turn.record, saying('oui', 'm1'), limits).type).toBe('repeated');
  });

  test('obeys STOP at an open question, and keeps the proof', () => {
    const record = after(after(opened(), saying('oui', 'm1')), saying('Arrêt !', 'm2'));
    expect(record.session.frames).toEqual([]);
    expect(record.consents.map(({ given }) => given)).toEqual([true, false]);
  });

  test('keeps the document under its bound, whatever is said and however often', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('oui', 'non', '/start', 'aide', 'STOP', 'bonjour', '75011', '1, 2'),
            fc.string({ unit: 'grapheme', maxLength: 40 }),
            fc.constant('é'.repeat(4_000)),
            fc.nat(99_999).map((n) => `a${n}@exemple.org`),
          ),
          { minLength: 150, maxLength: 250 },
        ),
        (texts) => {
          let record = stranger;
          for (const [index, text] of texts.entries()) {
            // Nothing is ever performed here: the outbox fills until input is refused.
            const turn = takeTurn(library, record, saying(text, `m${index}`), limits);
            if (turn.type === 'taken') record = turn.record;
            expect(documentBytes(record)).toBeLessThanOrEqual(DOCUMENT_BYTES);
            if (index % 20 === 0) record = { ...record, outbox: [] };
          }
          for (const ids of Object.values(record.seen)) {
            expect(ids.length).toBeLessThanOrEqual(SEEN_PER_ADDRESS);
          }
        },
      ),
      { numRuns: 6 },
    );
  });

  test('leaves a timer alone for a while when its turn fails, and bothers nobody', () => {
    const before = opened();
    const frames = before.session.frames.map((frame) => ({ ...frame, remindAt: at - 1 }));
    const due = { ...before, session: { ...before.session, frames }, due: new Date(at - 1) };
    const broken: Library = {
      ...library,
      flow: () => {
        throw new Error('a bug');
      },
    };
    const elapsed = { type: 'elapsed', at, channel: 'web' } as const;
    const turn = takeTurn(broken, due, { reach, event: elapsed }, limits);
    if (turn.type !== 'taken') throw new Error('The turn was not taken.');
    expect(turn.alerts).toMatchObject([{ code: 'turn-failed' }]);
    expect(turn.items.map(({ type }) => type)).toEqual(['journal']);
    expect(turn.record.due?.getTime()).toBeGreaterThan(at);
  });
});
