import { isDeepStrictEqual } from 'node:util';
import { advance } from '../../src/engine/advance.js';
import { SKIP, type Effect, type Question } from '../../src/engine/effect.js';
import type { AnswerType, Library } from '../../src/engine/flow.js';
import type { Json } from '../../src/engine/json.js';
import {
  createSimulation,
  saying,
  simulate,
  type Happening,
  type Simulated,
  type Simulation,
} from '../../src/engine/simulate.js';
import type { Rule } from '../../src/engine/event.js';
import type { Session } from '../../src/engine/session.js';
import type { Chance } from './chance.js';
import { NOON } from './talk.js';

/** Bytes that a session may have; answers here are short. */
const MOST_BYTES = 12_000;
const PAUSES = [0, 0, 0, 1_000, 30_000, 600_000, 86_400_000, 9 * 86_400_000];

/** What somebody may write to a question of each type. */
const TEXTS: Readonly<Record<AnswerType, readonly string[]>> = {
  text: ['Rien à dire', '😀', 'x'.repeat(300)],
  name: ['Léa', 'je m’appelle Zoé'],
  email: ['lea@exemple.org', 'lea arobase exemple point org', 'lea@'],
  phone: ['06 39 98 00 01', '+33 6'],
  postal_code: ['35000', 'Rennes'],
  address: ['3 place du Lavoir, 35000 Valbrume'],
  number: ['12', 'une vingtaine', '1e9', '-3'],
  amount: ['20 €', 'vingt euros', '0'],
  date: ['demain à 18h', '2032-03-14', 'le 31 février'],
  yes_no: ['oui bien sûr', 'no thanks', 'bof'],
  choice: ['le deuxième', '1'],
  choices: ['1 et 2', 'tout'],
  location: ['48.11, -1.68'],
  contact: ['06 39 98 00 01'],
  media: ['une photo'],
};
const ANYTHING = [
  '',
  'bonjour',
  'stop',
  'aide',
  'help',
  'plus tard',
  '/start',
  '/x',
  'langue',
  '?',
];

/**
 * Walks a flow by chance, `events` long, and checks after each that all is sound, small and plain
 * data; gives the session it comes to.
 */
export function walk(
  library: Library,
  rules: ReadonlyMap<string, Rule>,
  flow: string,
  events: number,
  chance: Chance,
): Session {
  const [language = 'fr', other = language] = library.campaign.languages;
  const known = chance.below(2) === 0;
  let simulation = createSimulation(chance.below(3) === 0 ? other : language, NOON, 'web');
  if (known) simulation = { ...simulation, session: { turn: 1, frames: [] } };
  let question: Question | undefined;
  let event: Happening = { type: 'started', flow };
  for (let index = 0; index < events; index += 1) {
    const { effects, simulation: next } = turn(library, simulation, event);
    simulation = { ...next, now: next.now + (chance.pick(PAUSES) ?? 0) };
    question = questionIn(effects) ?? question;
    event = happening(library, rules, simulation, question, chance);
  }
  return simulation.session;
}

/** One turn; the same arguments give the same answer, which is plain data and small. */
function turn(library: Library, simulation: Simulation, event: Happening): Simulated {
  const { session, supporter, now, channel } = simulation;
  const given = JSON.stringify(session);
  const taken = advance(library, session, { ...event, at: now, channel }, supporter);
  const simulated = simulate(library, simulation, event);
  const saved = JSON.stringify(taken.session);
  const top = taken.session.frames.at(-1);
  const faults = [
    JSON.stringify(session) === given ? '' : 'the session given was written to',
    isDeepStrictEqual(JSON.parse(JSON.stringify(taken)), taken) ? '' : 'this is not plain data',
    Buffer.byteLength(saved) < MOST_BYTES ? '' : 'the session is too large',
    top === undefined || (top.asked ?? top.until) !== undefined
      ? ''
      : 'nothing is asked or awaited',
    isDeepStrictEqual(simulated.effects, taken.effects) ? '' : 'once again is not the same',
  ].filter((fault) => fault !== '');
  if (faults.length === 0) return simulated;
  throw new Error(`${faults.join('; ')}: ${JSON.stringify({ session, event, taken })}`);
}

function questionIn(effects: readonly Effect[]): Question | undefined {
  const asking = effects.findLast(
    (effect) => effect.type === 'say' && effect.question !== undefined,
  );
  return asking?.type === 'say' ? asking.question : undefined;
}

function happening(
  library: Library,
  rules: ReadonlyMap<string, Rule>,
  { session }: Simulation,
  question: Question | undefined,
  chance: Chance,
): Happening {
  const top = session.frames.at(-1);
  if (top?.awaits !== undefined && chance.below(4) > 0) {
    const failed = chance.below(4) === 0;
    return { type: 'returned', effect: top.awaits, ...(failed ? {} : { result: result(chance) }) };
  }
  if (question !== undefined && chance.below(3) > 0) return answer(question, rules, chance);
  switch (chance.below(8)) {
    case 0:
      return { type: 'elapsed' };
    case 1:
      return { type: 'opened' };
    case 2:
      return { type: 'sent', media: chance.pick(['photo', 'voice', 'sticker'] as const) ?? 'file' };
    case 3:
      return { type: 'shared', location: { lat: 48.11, lon: -1.68 } };
    case 4:
      return { type: 'shared', contact: { phone: '+33639980001', own: chance.below(2) === 0 } };
    case 5:
      return { type: 'chose', turn: chance.below(session.turn + 1), values: ['yes'] };
    case 6: {
      const text = chance.pick(ANYTHING) ?? '';
      return saying(text, rules);
    }
    default: {
      const intent = chance.pick(intentsOf(library)) ?? 'greet';
      return {
        type: 'said',
        text: 'et sinon ?',
        ...(chance.below(2) === 0 ? { intent } : { guesses: [intent] }),
      };
    }
  }
}

function answer(question: Question, rules: ReadonlyMap<string, Rule>, chance: Chance): Happening {
  const { options, turn: asked } = question;
  if (question.skip !== undefined && chance.below(6) === 0) {
    return { type: 'chose', turn: asked, values: [SKIP] };
  }
  if (options.length > 0 && chance.below(3) > 0) {
    const count = question.multiple === undefined ? 1 : 1 + chance.below(question.multiple.max);
    const values = Array.from({ length: count }, () => chance.pick(options)?.value ?? '');
    return { type: 'chose', turn: asked, values: [...new Set(values)] };
  }
  const labels = options.map(({ label }) => label);
  return saying(chance.pick([...labels, ...TEXTS[question.answer]]) ?? '', rules);
}

/** What some action may return: fields that flows read, of types they may not expect. */
function result(chance: Chance): { readonly [key: string]: Json } {
  const values: readonly Json[] = [
    'Mairie',
    3,
    true,
    null,
    ['a', { value: 'b', label: 'B' }],
    '2032-03-14',
  ];
  const fields = ['options', 'place', 'state', 'when', 'url', 'left', 'door', 'address', 'on'];
  return Object.fromEntries(
    fields.filter(() => chance.below(2) === 0).map((field) => [field, chance.pick(values) ?? null]),
  );
}

function intentsOf(library: Library): readonly string[] {
  return ['greet', 'donate', 'volunteer', 'none'].filter(
    (intent) => intent === 'none' || library.startedBy({ type: 'intent', intent }) !== undefined,
  );
}
