import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { advance } from '../../../src/engine/advance.js';
import type { Event } from '../../../src/engine/event.js';
import { NEW_SESSION, type Session } from '../../../src/engine/session.js';
import {
  createSimulation,
  letPass,
  simulate,
  type Happening,
  type Simulation,
} from '../../../src/engine/simulate.js';
import type { Supporter } from '../../../src/engine/supporter.js';
import { compileFixtures } from '../fixture-library.js';
import { NOON } from '../talk.js';

const { library } = compileFixtures();
const LEA: Supporter = { language: 'fr', profile: {}, consents: {} };

const text = fc.oneof(
  fc.constantFrom(
    'oui',
    'non',
    'ok merci',
    'bonjour',
    'aide moi',
    '/start',
    '/shift',
    '/deep',
    '/language',
    '/x',
    'Léa',
    'lea@exemple.org',
    'climat, santé',
    '2',
    'le premier',
    '75011',
    '06 12 34 56 78',
    '34',
    'plus tard',
    'reprendre',
    'english',
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: text.map((said) => ({ type: 'said' as const, text: said })) },
  fc.record({
    type: fc.constant('said' as const),
    text,
    rule: fc.constantFrom('stop', 'help', 'language', 'person'),
  }),
  fc.record({
    type: fc.constant('said' as const),
    text,
    intent: fc.constantFrom('volunteer', 'none'),
  }),
  fc.record({
    type: fc.constant('chose' as const),
    turn: fc.nat(12),
    values: fc.array(
      fc.constantFrom('yes', 'no', 'climate', 'go_on', 'begin_again', 'fr', 'en', 's1', '~skip'),
      { maxLength: 3 },
    ),
  }),
  fc.record({ type: fc.constant('sent' as const), media: fc.constantFrom('photo', 'voice') }),
  fc.record({
    type: fc.constant('returned' as const),
    effect: fc.tuple(fc.nat(12), fc.nat(2)).map(([turn, n]) => `${turn}.${n}`),
    result: fc
      .dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }))
      .map((it) => JSON.parse(JSON.stringify(it))),
  }),
  fc.record({
    type: fc.constant('started' as const),
    flow: fc.constantFrom('welcome', 'shift', 'help', 'gone'),
  }),
  fc.constantFrom<Happening>({ type: 'opened' }, { type: 'elapsed' }),
);
const pause = fc.constantFrom(0, 1_000, 30_000, 86_400_000, 8 * 86_400_000);
const course = fc.array(fc.tuple(pause, happening), { maxLength: 25 });

function follow(
  steps: readonly (readonly [number, Happening])[],
  check: (before: Simulation, after: Simulation, effects: readonly unknown[]) => void,
): unknown[] {
  let simulation = createSimulation('fr', NOON, 'web');
  const all: unknown[] = [];
  for (const [ms, event] of steps) {
    simulation = { ...simulation, now: simulation.now + ms };
    const { simulation: next, effects } = simulate(library, simulation, event);
    check(simulation, next, effects);
    simulation = next;
    all.push(effects);
  }
  return all;
}

describe('whatever happens', () => {
  test('sessions and effects are plain JSON, bounded, and a question is open or nothing waits unasked', () => {
    fc.assert(
      fc.property(course, (steps) => {
        follow(steps, (before, after, effects) => {
          expect(JSON.parse(JSON.stringify(after.session))).toEqual(after.session);
          expect(JSON.parse(JSON.stringify(effects))).toEqual(effects);
          expect(effects.length).toBeLessThanOrEqual(210);
          expect(after.session.frames.length).toBeLessThanOrEqual(16);
          expect(after.session.turn - before.session.turn).toBe(
            changed(before.session, after.session, effects) ? 1 : 0,
          );
          const top = after.session.frames.at(-1);
          if (top !== undefined) expect(top.asked ?? top.until).toBeDefined();
        });
      }),
      { numRuns: 400 },
    );
  });

  test('the same events give the same effects', () => {
    fc.assert(
      fc.property(course, (steps) => {
        const once = follow(steps, () => undefined);
        expect(follow(steps, () => undefined)).toEqual(once);
      }),
      { numRuns: 60 },
    );
  });

  test('the session given is never written to', () => {
    fc.assert(
      fc.property(course, (steps) => {
        let session: Session = NEW_SESSION;
        for (const [ms, event] of steps) {
          const before = JSON.stringify(session);
          const next = advance(library, session, { ...event, at: NOON + ms, channel: 'web' }, LEA);
          expect(JSON.stringify(session)).toBe(before);
          ({ session } = next);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('after any while, every timer has gone off', () => {
    fc.assert(
      fc.property(course, (steps) => {
        let simulation = createSimulation('fr', NOON, 'web');
        for (const [ms, event] of steps) {
          ({ simulation } = letPass(library, simulation, ms));
          ({ simulation } = simulate(library, simulation, event));
        }
        const { simulation: later } = letPass(library, simulation, 365 * 86_400_000);
        const top = later.session.frames.at(-1);
        const due = [top?.remindAt, top?.expireAt, top?.until].filter((at) => at !== undefined);
        expect(due.filter((at) => at <= later.now)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('no JSON makes it throw', () => {
    const frame = fc.record(
      {
        flow: fc.constantFrom('welcome', 'shift', 'common', 'gone', 3),
        version: fc.constantFrom(
          library.flow('welcome')?.version,
          library.flow('shift')?.version,
          '',
        ),
        step: fc.constantFrom(
          'agree',
          'topics',
          'shifts',
          'shift',
          'resume',
          'hello',
          'repeat',
          'w',
          'to_help',
        ),
        answers: fc.oneof(
          fc.dictionary(
            fc.constantFrom('shifts', 'shift', 'topics', 'agree', 'name', 'sign_up'),
            fc.jsonValue(),
          ),
          fc.constant(null),
        ),
        vars: fc.dictionary(fc.constant('round'), fc.jsonValue()),
        asked: fc.nat(5),
        tries: fc.nat(5),
        over: fc.constantFrom('call', 'digression'),
        awaits: fc.constantFrom('1.1', '2.1'),
        remindAt: fc.integer(),
        expireAt: fc.integer(),
        until: fc.integer(),
      },
      { requiredKeys: ['flow', 'version', 'step', 'answers'] },
    );
    const session = fc.oneof(
      fc.jsonValue(),
      fc.record({
        turn: fc.oneof(fc.nat(9), fc.jsonValue()),
        frames: fc.array(frame, { maxLength: 4 }),
      }),
      fc.record({
        turn: fc.nat(9),
        frames: fc.constant([]),
        expired: fc.array(frame, { maxLength: 3 }),
      }),
      fc.record({
        turn: fc.nat(9),
        frames: fc.array(frame, { maxLength: 4 }),
        tapped: fc.jsonValue(),
      }),
    );
    const event = fc.oneof(
      fc.jsonValue(),
      happening.map((it) => ({ ...it, at: NOON, channel: 'web' })),
    );
    fc.assert(
      fc.property(session, event, (anySession, anyEvent) => {
        const before: Session = JSON.parse(JSON.stringify(anySession));
        const given: Event = JSON.parse(JSON.stringify(anyEvent));
        const { session: after, effects } = advance(library, before, given, LEA);
        expect(JSON.parse(JSON.stringify(after))).toEqual(after);
        expect(JSON.parse(JSON.stringify(effects))).toEqual(effects);
      }),
      { numRuns: 3_000 },
    );
  });
});

function changed(before: Session, after: Session, effects: readonly unknown[]): boolean {
  return effects.length > 0 || JSON.stringify(before) !== JSON.stringify(after);
}
