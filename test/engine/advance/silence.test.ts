import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Effect } from '../../../src/engine/effect.js';
import {
  createSimulation,
  letPass,
  simulate,
  type Happening,
  type Simulated,
  type Simulation,
} from '../../../src/engine/simulate.js';
import { compileSample } from '../sample-library.js';
import { compile } from '../../../src/engine/compile.js';
import { createLibrary } from '../../../src/engine/library.js';
import { linesOf, sourcesOf } from '../sources.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The eve at 0:00 in Paris, and the midnight after the ballot. */
const BEGINS = Date.parse('2032-03-12T23:00:00Z');
const ENDS = Date.parse('2032-03-14T23:00:00Z');

const FLOW = (content: string, triggers: string, steps: string): string =>
  `title: T\npurpose: engagement\ncontent: ${content}\nstarts_on: [${triggers}]\nsteps:\n${steps}`;

const compiled = compile(
  sourcesOf({
    campaign: `name: Test
candidate: Ann Doe
languages: [en]
timezone: Europe/Paris
country: fr
election: { name: { en: Vote }, date: 2032-03-14 }
fields: { age: { type: number } }
`,
    flows: {
      ask: FLOW(
        'campaign',
        '{ command: start }, { keyword: ask }',
        `  - collect: age
    type: number
    remind_in: 2h
    expire_in: 1d
  - say: thanks
    next: end
`,
      ),
      tour: FLOW(
        'campaign',
        '{ keyword: tour }',
        '  - call: papers\n  - say: seen\n    next: end\n',
      ),
      look: FLOW(
        'campaign',
        '{ keyword: look }',
        `  - action: shift.offer
    id: look
    next: found
  - say: found
    next: end
`,
      ),
      later: FLOW('campaign', '{ keyword: later }', '  - wait: 1d\n  - say: now\n    next: end\n'),
      papers: FLOW(
        'neutral',
        '{ keyword: papers }',
        '  - collect: which\n    type: choice\n    options: [id, card]\n  - say: bring\n    next: end\n',
      ),
      stop: FLOW('neutral', '{ command: stop }', '  - say: stopped\n    next: end\n'),
    },
    locales: {
      'en/ask': "age: { ask: 'How old are you?', retry: 'A number, please.' }\nthanks: Thanks.\n",
      'en/tour': 'seen: You have seen it.\n',
      'en/look': 'found: Found.\n',
      'en/later': 'now: Now.\n',
      'en/papers':
        'which: { ask: Which?, retry: Which one?, options: { id: Identity, card: Voter card } }\nbring: Bring it.\n',
      'en/stop': 'stopped: No more.\n',
    },
  }),
  [{ name: 'shift.offer', arguments: {}, result: { town: 'text' } }],
);
const library = createLibrary({ ...compiled, flows: compiled.flows.values() });

/** Somebody known who writes at some instant, and the keys they are answered with. */
function talkFrom(at: number, isStranger = false) {
  let simulation: Simulation = createSimulation('en', at, 'web');
  if (!isStranger) simulation = { ...simulation, session: { turn: 1, frames: [] } };
  const take = ({ simulation: next, effects }: Simulated): readonly string[] => {
    simulation = next;
    return saidIn(effects);
  };
  return {
    say: (text: string, rule?: 'stop') =>
      take(
        simulate(library, simulation, {
          type: 'said',
          text,
          ...(rule === undefined ? {} : { rule }),
        }),
      ),
    happen: (event: Happening) => take(simulate(library, simulation, event)),
    passUntil: (instant: number) => take(letPass(library, simulation, instant - simulation.now)),
    get simulation() {
      return simulation;
    },
  };
}

function saidIn(effects: readonly Effect[]): readonly string[] {
  return effects.flatMap((effect) =>
    effect.type === 'say' ? [`${effect.flow}.${effect.key}`] : [],
  );
}

describe('election silence', () => {
  test('has flows to try it with', () => {
    expect(linesOf(compiled).filter((line) => line.includes(' error '))).toEqual([]);
  });

  test('keeps an open question of the campaign, unasked, and takes its answer afterwards', () => {
    const talk = talkFrom(BEGINS - HOUR);
    expect(talk.say('ask')).toEqual(['ask.age.ask']);
    expect(talk.passUntil(BEGINS)).toEqual([]);
    expect(talk.say('42')).toEqual(['common.silence']);
    expect(talk.happen({ type: 'sent', media: 'photo' })).toEqual(['common.silence']);
    expect(talk.happen({ type: 'shared', location: { lat: 1, lon: 1 } })).toEqual([
      'common.silence',
    ]);
    expect(talk.happen({ type: 'edited' })).toEqual([]);
    // Neither reminded nor put aside meanwhile; reminded at eight in the morning, not at midnight.
    expect(talk.passUntil(ENDS + 7 * HOUR)).toEqual([]);
    expect(talk.passUntil(ENDS + 9 * HOUR)).toEqual(['ask.age.ask']);
    expect(talk.say('42')).toEqual(['ask.thanks']);
  });

  test('lets neutral flows begin and end above it, and does not ask again', () => {
    const talk = talkFrom(BEGINS - HOUR);
    talk.say('ask');
    talk.passUntil(BEGINS + HOUR);
    expect(talk.say('papers')).toEqual(['papers.which.ask']);
    expect(talk.say('ask')).toEqual(['common.silence', 'papers.which.ask']);
    expect(talk.say('identity')).toEqual(['papers.bring']);
    expect(talk.say('how?')).toEqual(['common.silence']);
    expect(talk.passUntil(ENDS + 12 * HOUR)).toEqual(['ask.age.ask']);
  });

  test('enters no flow of the campaign by keyword, command, link or call', () => {
    const talk = talkFrom(BEGINS);
    for (const text of ['ask', '/start', 'tour', 'look', 'later']) {
      expect([text, talk.say(text)]).toEqual([text, ['common.silence']]);
    }
    expect(talk.happen({ type: 'started', flow: 'ask' })).toEqual([]);
    expect(talk.simulation.session.frames).toEqual([]);
    expect(talk.say('STOP', 'stop')).toEqual(['stop.stopped']);
  });

  test('greets a stranger once it is over', () => {
    const talk = talkFrom(BEGINS, true);
    expect(talk.happen({ type: 'opened' })).toEqual(['common.silence']);
    expect(talk.say('hello')).toEqual(['common.silence']);
    talk.passUntil(ENDS + HOUR);
    expect(talk.say('hello')).toEqual(['ask.age.ask']);
  });

  test('holds up what a called flow, a result and a wait come back to, until the morning after', () => {
    const called = talkFrom(BEGINS - HOUR);
    called.say('tour');
    called.passUntil(BEGINS);
    expect(called.say('voter card')).toEqual(['papers.bring']);
    expect(called.passUntil(ENDS + 7 * HOUR)).toEqual([]);
    expect(called.passUntil(ENDS + 8 * HOUR)).toEqual(['tour.seen']);

    const looked = talkFrom(BEGINS - 1);
    looked.say('look');
    looked.passUntil(BEGINS);
    const effect = looked.simulation.session.frames.at(-1)?.awaits ?? '';
    expect(looked.happen({ type: 'returned', effect, result: { town: 'X' } })).toEqual([]);
    expect(looked.passUntil(ENDS + 8 * HOUR)).toEqual(['look.found']);

    const waited = talkFrom(BEGINS - HOUR);
    waited.say('later');
    waited.passUntil(BEGINS + DAY);
    expect(waited.say('papers')).toEqual(['papers.which.ask']);
    expect(waited.passUntil(ENDS)).toEqual([]);
    expect(waited.say('identity')).toEqual(['papers.bring']);
    expect(waited.passUntil(ENDS + 8 * HOUR)).toEqual(['later.now']);
  });

  test('is that of the territory where they vote', () => {
    const far = { ...talkFrom(BEGINS).simulation };
    const supporter = {
      ...far.supporter,
      profile: { ...far.supporter.profile, territory: 'reunion' },
    };
    // The town's election takes no part of Réunion in it, so the town's own silence holds.
    expect(
      saidIn(simulate(library, { ...far, supporter }, { type: 'said', text: 'ask' }).effects),
    ).toEqual(['common.silence']);
  });
});

describe('the sample campaign in the silence', () => {
  const { library: sample } = compileSample();
  const campaigning = new Set(
    ['welcome', 'preferences', 'donate', 'pledge', 'volunteer', 'shift', 'canvass', 'faq'].filter(
      (name) => sample.flow(name)?.content === 'campaign',
    ),
  );
  const text = fc.constantFrom(
    'oui',
    'non',
    'bonjour',
    'aide',
    '/start',
    '/donate',
    '/volunteer',
    '/canvass',
    '/plan',
    'lea@exemple.org',
    '75011',
    '50',
    'samedi',
    'procuration',
    'voter',
    'faq',
    'STOP',
    '1',
  );
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 5, arbitrary: text.map((said): Happening => ({ type: 'said', text: said })) },
    fc.record({
      type: fc.constant('said' as const),
      text,
      intent: fc.constantFrom('donate', 'volunteer', 'greet', 'vote_plan', 'proxy', 'voted'),
    }),
    fc.record({
      type: fc.constant('chose' as const),
      turn: fc.nat(12),
      values: fc.array(fc.constantFrom('yes', 'no', 'go_on', 'begin_again', '50', 'voted'), {
        minLength: 1,
        maxLength: 1,
      }),
    }),
    fc.record({
      type: fc.constant('returned' as const),
      effect: fc.tuple(fc.nat(12), fc.nat(2)).map(([turn, n]) => `${turn}.${n}`),
      result: fc.constant({ state: 'ready', url: 'https://example.org', matched: true }),
    }),
    fc.record({
      type: fc.constant('started' as const),
      flow: fc.constantFrom(...campaigning, 'election-day'),
    }),
    fc.constantFrom<Happening>({ type: 'opened' }, { type: 'elapsed' }, { type: 'edited' }),
  );
  const pause = fc.constantFrom(0, 60_000, HOUR, 6 * HOUR, DAY);

  test('says and does nothing that campaigns, whatever happens before and meanwhile', () => {
    expect(campaigning.size).toBe(7);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(pause, happening), { minLength: 1, maxLength: 30 }),
        (course) => {
          let simulation = createSimulation('fr', BEGINS - DAY, 'web');
          for (const [ms, event] of course) {
            // Each timer as it comes, so that its instant is known.
            const until = simulation.now + ms;
            while (simulation.now < until) {
              const before = simulation.now;
              const passed = letPass(sample, simulation, Math.min(60_000 * 30, until - before));
              simulation = passed.simulation;
              if (before >= BEGINS && simulation.now < ENDS) expectNeutral(passed.effects);
            }
            const turn = simulate(sample, simulation, event);
            if (simulation.now >= BEGINS && simulation.now < ENDS) expectNeutral(turn.effects);
            simulation = turn.simulation;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  function expectNeutral(effects: readonly Effect[]): void {
    for (const effect of effects) {
      if (effect.type === 'say' && campaigning.has(effect.flow)) {
        throw new Error(`It says ${effect.flow}.${effect.key}.`);
      }
      if (effect.type === 'act' && /^(donation|canvass)\.|^volunteer\.apply$/.test(effect.action)) {
        throw new Error(`It does ${effect.action}.`);
      }
    }
  }
});
