import { advance } from './advance.js';
import { withField } from './advance/remember.js';
import type { Effect } from './effect.js';
import type { Event, Meaning, Rule } from './event.js';
import type { Library } from './flow.js';
import { fold } from './fold.js';
import type { Json } from './json.js';
import { dueAt, NEW_SESSION, type Session } from './session.js';
import type { Supporter } from './supporter.js';

/** A supporter in memory, for transcripts and the terminal: plain data. */
export type Simulation = {
  readonly session: Session;
  readonly supporter: Supporter;
  /** Epoch milliseconds; moves only when time is let pass. */
  readonly now: number;
  readonly channel: string;
};

/** What one turn, or a while without one, came to. */
export type Simulated = { readonly simulation: Simulation; readonly effects: readonly Effect[] };

type WithoutOrigin<E> = E extends Event ? Omit<E, 'at' | 'channel'> : never;
/** An event without its instant and channel, which the simulation knows. */
export type Happening = WithoutOrigin<Event>;

/** More timers than this in one while are a loop, not a conversation. */
const MOST_TIMERS = 1_000;

/** A stranger who speaks `language`, at an instant, on a channel. */
export function createSimulation(language: string, now: number, channel: string): Simulation {
  return {
    session: NEW_SESSION,
    supporter: {
      language,
      profile: { language, preferences: {}, fields: {}, tags: [], segments: [] },
      consents: {},
    },
    now,
    channel,
  };
}

/** Takes one turn and does to the supporter what its effects say; the session is saved and read. */
export function simulate(library: Library, simulation: Simulation, event: Happening): Simulated {
  const { session, supporter, now, channel } = simulation;
  const result = advance(library, session, { ...event, at: now, channel }, supporter);
  return {
    simulation: {
      ...simulation,
      session: saved(result.session),
      supporter: result.effects.reduce(affected, supporter),
    },
    effects: result.effects,
  };
}

/** Lets time pass: each timer goes off at its instant. */
export function letPass(library: Library, simulation: Simulation, ms: number): Simulated {
  const until = simulation.now + ms;
  const effects: Effect[] = [];
  let current = simulation;
  for (let timers = 0; timers < MOST_TIMERS; timers += 1) {
    const due = dueAt(current.session);
    if (due === undefined || due > until) break;
    const now = Math.max(due, current.now);
    const elapsed = simulate(library, { ...current, now }, { type: 'elapsed' });
    effects.push(...elapsed.effects);
    current = elapsed.simulation;
  }
  return { simulation: { ...current, now: until }, effects };
}

/** The event of a text as every channel makes it: a rule word, else what it means where that is read. */
export function saying(
  text: string,
  rules: ReadonlyMap<string, Rule>,
  readMeaning?: (text: string) => Meaning,
): Happening {
  const rule = rules.get(fold(text));
  if (rule !== undefined) return { type: 'said', text, rule };
  return { type: 'said', text, ...readMeaning?.(text) };
}

function saved(session: Session): Session {
  const read: Session = JSON.parse(JSON.stringify(session));
  return read;
}

/** The supporter after an effect, as the domains change the real one. */
function affected(supporter: Supporter, effect: Effect): Supporter {
  switch (effect.type) {
    case 'remember':
      return remembered(supporter, effect.field, effect.value);
    case 'record_consent':
      return {
        ...supporter,
        consents: { ...supporter.consents, [effect.purpose]: effect.given },
      };
    case 'act':
      return acted(supporter, effect.action, effect.with);
    case 'say':
    case 'alert':
      return supporter;
    default:
      return effect satisfies never;
  }
}

function remembered(supporter: Supporter, field: string, value: Json): Supporter {
  const profile = withField(supporter.profile, field.split('.'), value);
  const language = field === 'language' && typeof value === 'string' ? value : supporter.language;
  return { ...supporter, profile, language };
}

function acted(
  supporter: Supporter,
  action: string,
  { tag, purpose }: { readonly [name: string]: Json },
): Supporter {
  const { profile, consents } = supporter;
  const tags = Array.isArray(profile['tags'])
    ? profile['tags'].filter((known) => known !== tag)
    : [];
  switch (action) {
    case 'supporter.tag':
      return { ...supporter, profile: { ...profile, tags: [...tags, tag ?? ''] } };
    case 'supporter.untag':
      return { ...supporter, profile: { ...profile, tags } };
    case 'consent.withdraw': {
      const all = ['engagement', ...Object.keys(consents)];
      const withdrawn = typeof purpose === 'string' ? [purpose] : all;
      const refusals = Object.fromEntries(withdrawn.map((name) => [name, false]));
      return { ...supporter, consents: { ...consents, ...refusals } };
    }
    case 'privacy.erase':
      return createSimulation(supporter.language, 0, '').supporter;
    default:
      return supporter;
  }
}
