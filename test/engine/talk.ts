import type { Effect, Question } from '../../src/engine/effect.js';
import type { Session } from '../../src/engine/session.js';
import {
  createSimulation,
  letPass,
  saying,
  simulate,
  type Happening,
  type Simulation,
  type Simulated,
} from '../../src/engine/simulate.js';
import { compileFixtures } from './fixture-library.js';

/** Noon of the first day of 2030, long before the fixture's election. */
export const NOON = Date.UTC(2030, 0, 1, 12);

/** What is heard in answer: keys of what is said, and the rest of the effects by type. */
export type Heard = {
  readonly keys: readonly string[];
  readonly effects: readonly Effect[];
  readonly question?: Question;
};

/** A conversation with the fixture flows, one turn after the other. */
export type Talk = {
  say(text: string, intent?: string): Heard;
  choose(values: readonly string[], turn?: number): Heard;
  happen(event: Happening): Heard;
  pass(ms: number): Heard;
  readonly session: Session;
  readonly simulation: Simulation;
};

/** Begins a conversation; `begin` changes the stranger it begins with. */
export function createTalk(begin: (stranger: Simulation) => Simulation = (it) => it): Talk {
  const { library, rules } = compileFixtures();
  let simulation = begin(createSimulation('fr', NOON, 'web'));
  const take = ({ simulation: next, effects }: Simulated): Heard => {
    simulation = next;
    const says = effects.filter((effect) => effect.type === 'say');
    const question = says.findLast((say) => say.question !== undefined)?.question;
    return {
      keys: says.map(({ flow, key }) => `${flow}.${key}`),
      effects,
      ...(question === undefined ? {} : { question }),
    };
  };
  const happen = (event: Happening): Heard => take(simulate(library, simulation, event));
  return {
    say: (text, intent) =>
      happen({ ...saying(text, rules), ...(intent === undefined ? {} : { intent }) }),
    choose: (values, turn = simulation.session.frames.at(-1)?.asked ?? 0) =>
      happen({ type: 'chose', turn, values }),
    happen,
    pass: (ms) => take(letPass(library, simulation, ms)),
    get session() {
      return simulation.session;
    },
    get simulation() {
      return simulation;
    },
  };
}

/** Someone whom the campaign has met, with nothing under way. */
export function known(stranger: Simulation): Simulation {
  return { ...stranger, session: { turn: 1, frames: [] } };
}
