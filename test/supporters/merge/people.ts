import fc from 'fast-check';
import { NEW_SESSION, type Session } from '../../../src/engine/session.js';
import type { ConsentRecord, SupporterRecord } from '../../../src/supporters/record.js';
import { newSupporter } from '../../../src/supporters/record.js';

const START = Date.UTC(2030, 0, 1);
const instant = fc
  .integer({ min: 0, max: 50 })
  .map((minutes) => new Date(START + minutes * 60_000));
const PURPOSES = ['engagement', 'newsletter', 'donation'] as const;

/** A consent or refusal by some question, or by STOP. */
const consent: fc.Arbitrary<ConsentRecord> = fc
  .record({
    purpose: fc.constantFrom(...PURPOSES),
    channel: fc.option(fc.constantFrom('email', 'telegram'), { nil: undefined }),
    given: fc.boolean(),
    isStop: fc.boolean(),
    at: instant,
  })
  .map(({ purpose, channel, given, isStop, at }) => ({
    purpose,
    ...(channel === undefined ? {} : { channel }),
    given: isStop ? false : given,
    wording: 'words',
    version: 'v1',
    language: 'fr',
    source: isStop ? 'stop' : 'welcome.agree',
    at,
  }));

const session: fc.Arbitrary<Session> = fc
  .record({
    turn: fc.integer({ min: 1, max: 12 }),
    asked: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  })
  .map(({ turn, asked }) => ({
    ...NEW_SESSION,
    turn,
    frames:
      asked === undefined
        ? []
        : [
            {
              flow: 'welcome',
              version: 'v1',
              step: 'email',
              answers: {},
              asked: Math.min(asked, turn),
            },
          ],
  }));

const words = fc.constantFrom('a', 'b', 'c');

/** A supporter of this id, at the web address of the same name. */
export function person(id: string): fc.Arbitrary<SupporterRecord> {
  return fc
    .record({
      turns: fc.integer({ min: 1, max: 30 }),
      created_at: instant,
      heard_at: instant,
      email: fc.option(fc.constantFrom('lea@exemple.org', 'tom@exemple.org'), { nil: undefined }),
      isConfirmed: fc.boolean(),
      first_name: fc.option(words, { nil: undefined }),
      support_level: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
      preferences: fc.dictionary(words, words),
      fields: fc.dictionary(words, words),
      tags: fc.uniqueArray(words),
      consents: fc.array(consent, { maxLength: 25 }),
      session,
      seen: fc.integer({ min: 0, max: 8 }),
    })
    .map(({ email, isConfirmed, first_name, support_level, seen, ...rest }) => ({
      ...newSupporter(id, 'fr', { channel: 'web', address: id }, rest.created_at),
      ...rest,
      revision: rest.turns,
      written: `${id}.1`,
      consents: [...rest.consents].sort((one, other) => one.at.getTime() - other.at.getTime()),
      seen: Object.fromEntries(
        Array.from({ length: seen }, (_, index) => [`${id}${index}`, [`i${index}`]]),
      ),
      ...(email === undefined ? {} : { email }),
      ...(email !== undefined && isConfirmed ? { email_confirmed_at: rest.heard_at } : {}),
      ...(first_name === undefined ? {} : { first_name }),
      ...(support_level === undefined ? {} : { support_level }),
    }));
}
