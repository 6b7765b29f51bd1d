import { COMMON } from '../advance/resume-question.js';
import { SKIP, type Effect } from '../effect.js';
import type { Meaning, ReadMeaning, Rule } from '../event.js';
import type { Library } from '../flow.js';
import {
  createSimulation,
  letPass,
  saying,
  simulate,
  type Happening,
  type Simulated,
  type Simulation,
} from '../simulate.js';
import type {
  Done,
  PlayedTurn,
  They,
  Transcript,
  TranscriptResult,
  TranscriptTurn,
} from '../transcript.js';
import { differences, knownAs } from './known.js';

/** The clock of a transcript that sets none: 2030-01-01T12:00Z. */
const NOON = Date.UTC(2030, 0, 1, 12);

type Sharing = Extract<They, { type: 'share' }>;
type Rules = ReadonlyMap<string, Rule>;
/** How texts are read. */
type Hearing = { readonly rules: Rules; readonly readMeaning: ReadMeaning };
/** A conversation under way: the supporter, and the turn of the question asked at each turn so far. */
type Playing = { readonly simulation: Simulation; readonly asked: readonly number[] };

/**
 * Plays a transcript against the flows and compares what is said, done and known. Texts mean what
 * `readMeaning` tells, except where the transcript says itself what they were understood to mean.
 */
export function runTranscript(
  library: Library,
  rules: Rules,
  transcript: Transcript,
  readMeaning: ReadMeaning = () => ({}),
): TranscriptResult {
  const hearing = { rules, readMeaning };
  let playing: Playing = { simulation: begin(library, transcript), asked: [] };
  const turns: PlayedTurn[] = [];
  for (const turn of transcript.turns) {
    const { simulation, effects } = play(library, hearing, playing, turn.they, turn.do);
    playing = { simulation, asked: [...playing.asked, askedIn(effects) ?? 0] };
    turns.push(playedTurn(effects));
  }
  const { simulation } = playing;
  const after = differences(transcript.after ?? {}, simulation.supporter);
  if (library.flow(transcript.flow) === undefined) {
    after.push(`there is no sound flow "${transcript.flow}"`);
  }
  if (!library.campaign.languages.includes(transcript.locale)) {
    after.push(`the campaign does not speak "${transcript.locale}"`);
  }
  const asExpected = transcript.turns.every((turn, index) => {
    const played = turns[index];
    return played !== undefined && isAsExpected(turn, played);
  });
  return {
    type: asExpected && after.length === 0 ? 'passed' : 'failed',
    turns,
    after,
    recorded: record(transcript, turns, simulation),
    simulation,
  };
}

/** Whether a turn said and did what it should. */
export function isAsExpected(expected: TranscriptTurn, played: PlayedTurn): boolean {
  return (
    expected.we.length === played.we.length &&
    played.we.every((say, index) => isKeyOf(say, expected.we[index])) &&
    expected.do.length === played.do.length &&
    played.do.every((action, index) => action === expected.do[index]?.action)
  );
}

/** The key of what was said, with the name of its flow when that is another. */
export function keyOf({ flow, key }: PlayedTurn['we'][number], own: string): string {
  return flow === own ? key : `${flow}.${key}`;
}

/** Keys of another flow count with its name or without; those of all flows are `common.…`. */
function isKeyOf(say: PlayedTurn['we'][number], expected: string | undefined): boolean {
  if (expected === `${say.flow}.${say.key}`) return true;
  return expected === say.key && say.flow !== COMMON;
}

function begin(library: Library, transcript: Transcript): Simulation {
  const { locale, at = NOON, channel = 'web', supporter, consents } = transcript;
  const stranger = createSimulation(locale, at, channel);
  const isStart = library.startedBy({ type: 'command', command: 'start' }) === transcript.flow;
  return {
    ...stranger,
    session: isStart ? stranger.session : { turn: 1, frames: [] },
    supporter: {
      ...stranger.supporter,
      profile: { ...stranger.supporter.profile, ...supporter },
      consents: { ...consents },
    },
  };
}

/** One turn, with the results that its actions return. */
function play(
  library: Library,
  hearing: Hearing,
  playing: Playing,
  they: They,
  done: readonly Done[],
): Simulated {
  let step =
    they.type === 'after'
      ? letPass(library, playing.simulation, they.ms)
      : simulate(library, playing.simulation, eventOf(playing, hearing, they));
  const effects = [...step.effects];
  for (;;) {
    const result = resultOf(effects, step.effects, done);
    if (result === undefined) return { simulation: step.simulation, effects };
    step = simulate(library, step.simulation, result);
    effects.push(...step.effects);
  }
}

function resultOf(
  all: readonly Effect[],
  latest: readonly Effect[],
  done: readonly Done[],
): Happening | undefined {
  const acts = all.filter((effect) => effect.type === 'act');
  const act = acts.at(-1);
  if (act === undefined || !act.awaited || !latest.includes(act)) return undefined;
  const scripted = done[acts.length - 1];
  if (scripted?.action !== act.action) return undefined;
  if (scripted.fails === true) return { type: 'returned', effect: act.id };
  if (scripted.returns === undefined) return undefined;
  return { type: 'returned', effect: act.id, result: scripted.returns };
}

function eventOf(
  { simulation, asked }: Playing,
  { rules, readMeaning }: Hearing,
  they: Exclude<They, { type: 'after' }>,
): Happening {
  switch (they.type) {
    case 'text': {
      const { type: _, text, ...understood } = they;
      const isTold = they.intent !== undefined || they.guesses !== undefined;
      const read = (said: string): Meaning => readMeaning(said, simulation.supporter.language);
      return { ...saying(text, rules, isTold ? undefined : read), ...understood };
    }
    case 'choose':
      return {
        type: 'chose',
        turn: they.of === undefined ? openTurn(simulation, asked) : (asked[they.of - 1] ?? 0),
        values: they.values,
      };
    case 'skip':
      return { type: 'chose', turn: openTurn(simulation, asked), values: [SKIP] };
    case 'share':
      return sharing(they.what);
    case 'send':
      return { type: 'sent', media: they.media };
    case 'start':
      return { type: 'started', flow: they.flow };
    case 'open':
      return { type: 'opened' };
    default:
      return they satisfies never;
  }
}

/** What is shared: a number kept for fiction (ARCEP, décision 2018-0881), and a point in Rennes. */
export function sharing(what: Sharing['what']): Happening {
  if (what === 'location') return { type: 'shared', location: { lat: 48.11, lon: -1.68 } };
  return { type: 'shared', contact: { phone: '+33639980001', own: what === 'contact' } };
}

/** The turn that the buttons in front of the supporter carry. */
function openTurn({ session }: Simulation, asked: readonly number[]): number {
  return session.frames.at(-1)?.asked ?? asked.findLast((turn) => turn > 0) ?? 0;
}

function askedIn(effects: readonly Effect[]): number | undefined {
  const asking = effects.findLast(
    (effect) => effect.type === 'say' && effect.question !== undefined,
  );
  return asking?.type === 'say' ? asking.question?.turn : undefined;
}

function playedTurn(effects: readonly Effect[]): PlayedTurn {
  return {
    do: effects.filter((effect) => effect.type === 'act').map(({ action }) => action),
    we: effects.filter((effect) => effect.type === 'say'),
  };
}

/** The transcript as the conversation goes now, with the results that it gives to actions. */
function record(
  transcript: Transcript,
  played: readonly PlayedTurn[],
  simulation: Simulation,
): Transcript {
  const turns = transcript.turns.map((turn, index) => ({
    they: turn.they,
    do: (played[index]?.do ?? []).map((action, at) => {
      const scripted = turn.do[at];
      return scripted?.action === action ? scripted : { action };
    }),
    we: (played[index]?.we ?? []).map((say) => keyOf(say, transcript.flow)),
  }));
  const { after } = transcript;
  if (after === undefined) return { ...transcript, turns };
  return { ...transcript, turns, after: knownAs(after, simulation.supporter) };
}
