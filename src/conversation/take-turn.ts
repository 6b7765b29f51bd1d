import { createHash } from 'node:crypto';
import type { Json, Limits } from '../channels/channel.js';
import type { Content } from '../engine/calendar/permit.js';
import type { Effect } from '../engine/effect.js';
import { filesOf, type Event } from '../engine/event.js';
import type { Library } from '../engine/flow.js';
import { dueAt, type Session } from '../engine/session.js';
import { documentBytes } from '../store/document-bytes.js';
import { applyEffects } from '../supporters/apply-effects.js';
import {
  ADDRESSES_WITH_SEEN,
  DOCUMENT_BYTES,
  OUTBOX_ITEMS,
  SEEN_PER_ADDRESS,
} from '../supporters/bounds.js';
import { withConsentsNow } from '../supporters/consents-now.js';
import { KEEP_FILE } from '../supporters/files/keep-file.js';
import { isSetAside } from '../supporters/handoff.js';
import type { JournalEntry, OutboxItem } from '../supporters/outbox-item.js';
import type { Handoff, Reach, SupporterRecord } from '../supporters/record.js';
import { compose } from './compose.js';
import { contentOf, contentOfAll } from './content-of.js';
import { decide, sayCommon } from './decide.js';

/** How long a timer whose turn failed is left alone: its session still says that it is due. */
const FAILED_TIMER_MS = 3_600_000;

/** One event for one supporter, with the address its answers go to. */
export type Incoming = {
  /** Unique for the address: the same id twice is the same input. Absent: harmless when repeated. */
  readonly id?: string;
  readonly reach: Reach;
  readonly event: Event;
  readonly echo?: Json;
};

/**
 * What became of it; a taken turn is a record still to be saved, and what staff should hear of. Busy:
 * to be brought again later, because too much waits to be sent, or because the supporter is being erased.
 */
export type Turn =
  | { readonly type: 'repeated' }
  | { readonly type: 'busy'; readonly reason: 'outbox-full' | 'erasing' }
  | {
      readonly type: 'taken';
      readonly record: SupporterRecord;
      readonly items: readonly OutboxItem[];
      readonly alerts: readonly Alert[];
    };

/** Something staff should look at; never a supporter's words. */
export type Alert = {
  readonly code: string;
  readonly flow?: string;
  readonly step?: string;
  readonly error?: unknown;
};

/** Fills in what follows from what is known of a supporter now; pure. */
export type Complete = (
  record: SupporterRecord,
  campaign: Library['campaign'],
  at: Date,
) => SupporterRecord;

/** Those of some segments that a supporter is in at an instant. */
export type SegmentsOf = (
  names: readonly string[],
  record: SupporterRecord,
  at: Date,
) => readonly string[];

/**
 * Takes one turn: reads the event against the session and makes the next record, with everything the
 * turn must do in its outbox. Pure but for the engine's own bugs, which become an apology, an alert
 * and an unchanged session.
 */
export function takeTurn(
  library: Library,
  before: SupporterRecord,
  incoming: Incoming,
  limits: Limits,
  complete: Complete = (record) => record,
  segmentsOf: SegmentsOf = () => [],
): Turn {
  const seen = see(before.seen, incoming);
  if (seen === undefined) return { type: 'repeated' };
  if (before.erasing !== undefined) return { type: 'busy', reason: 'erasing' };
  if (before.outbox.length >= OUTBOX_ITEMS) return { type: 'busy', reason: 'outbox-full' };

  const known = { ...before, last: incoming.reach, seen };
  const taken = attempt(library, known, incoming, limits, complete, segmentsOf);
  if (documentBytes(withConsentsNow(taken.record)) <= DOCUMENT_BYTES) return taken;
  // What waits will be gone soon; what the profile or the session hold will not.
  if (before.outbox.length > 0) return { type: 'busy', reason: 'outbox-full' };
  const alert: Alert = { code: 'document-full', ...standing(known.session) };
  return apologise(library, known, incoming, limits, alert);
}

function attempt(
  library: Library,
  before: SupporterRecord,
  incoming: Incoming,
  limits: Limits,
  complete: Complete,
  segmentsOf: SegmentsOf,
): Extract<Turn, { type: 'taken' }> {
  try {
    const asked = askedSegments(library, before.session);
    // As the supporter was when the turn began; nobody is asked about where no flow wants to know.
    const segments =
      asked.length === 0 ? [] : segmentsOf(asked, before, new Date(incoming.event.at));
    const { record, session, effects, staff } = decide(library, before, incoming.event, segments);
    const alerts = effects.filter((effect) => effect.type === 'alert');
    const turn = build(library, record, session, effects, incoming, limits, alerts, staff);
    return {
      ...turn,
      record: complete(turn.record, library.campaign, new Date(incoming.event.at)),
    };
  } catch (error) {
    const alert: Alert = { code: 'turn-failed', ...standing(before.session), error };
    return apologise(library, before, incoming, limits, alert);
  }
}

/** Segments that the flows of this turn may ask for: the newest, and older ones under way. */
function askedSegments(library: Library, { frames }: Session): readonly string[] {
  const older = frames.flatMap(({ flow, version }) => library.flow(flow, version)?.segments ?? []);
  return [...new Set([...library.segments(), ...older])];
}

/** The session stays as it was; the supporter hears so, unless it was only a timer. */
function apologise(
  library: Library,
  before: SupporterRecord,
  incoming: Incoming,
  limits: Limits,
  alert: Alert,
): Extract<Turn, { type: 'taken' }> {
  if (incoming.event.type === 'elapsed') {
    const taken = build(library, before, before.session, [], incoming, limits, [alert]);
    const due = new Date(incoming.event.at + FAILED_TIMER_MS);
    return { ...taken, record: { ...taken.record, due } };
  }
  const effects = sayCommon(library, before, 'apology');
  return build(library, before, before.session, effects, incoming, limits, [alert]);
}

function build(
  library: Library,
  before: SupporterRecord,
  session: Session,
  effects: readonly Effect[],
  incoming: Incoming,
  limits: Limits,
  alerts: readonly Alert[],
  staff?: JournalEntry['staff'],
): Extract<Turn, { type: 'taken' }> {
  const { event, reach } = incoming;
  const at = new Date(event.at);
  const turn = before.turns + 1;
  const { record, rest } = applyEffects(before, effects, at, event);
  const marked = staff === undefined ? {} : { staff };
  const { language } = before;
  const entry: JournalEntry = { turn, at, ...reach, language, event, effects, ...marked };
  const content = contentOfAll(library, effects);
  const contentOfAct = (effect: string): Content => {
    const flow = session.frames.find(({ awaits }) => awaits === effect)?.flow;
    return flow === undefined ? content : contentOf(library, flow);
  };
  const items = makeItems(entry, record.language, rest, incoming, limits, {
    content,
    contentOfAct,
  });
  const due = dueWith(session, record.handoff);
  const { due: _, ...lasting } = record;
  return {
    type: 'taken',
    items,
    alerts,
    record: {
      ...lasting,
      turns: turn,
      ...(isHeard(event) ? { heard_at: at } : {}),
      session,
      outbox: [...record.outbox, ...items],
      ...(due === undefined ? {} : { due: new Date(due) }),
    },
  };
}

/** Whether the supporter did something, and not only time, staff or another program. */
function isHeard({ type }: Event): boolean {
  return type !== 'elapsed' && type !== 'returned' && type !== 'started';
}

/** When to look again: at the session's timers, unless the team has what they are about. */
function dueWith(session: Session, handoff: Handoff | undefined): number | undefined {
  const due = dueAt(session);
  if (handoff === undefined) return due;
  const until = handoff.until.getTime();
  return due === undefined || isSetAside(session, handoff) ? until : Math.min(due, until);
}

/** The journal entry first, then what the channel shows of the input, then the answers, then the acts. */
function makeItems(
  entry: JournalEntry,
  language: string,
  rest: ReturnType<typeof applyEffects>['rest'],
  { reach, echo }: Incoming,
  limits: Limits,
  contents: { readonly content: Content; contentOfAct(effect: string): Content },
): OutboxItem[] {
  const { turn, at } = entry;
  const says = rest.filter((effect) => effect.type === 'say');
  const sends = compose(says, limits, language).map((message) => ({
    type: 'send' as const,
    ...reach,
    message,
    at,
    content: contents.content,
  }));
  const acts = rest
    .filter((effect) => effect.type === 'act')
    .map(({ id, ...act }) => ({
      ...act,
      ...reach,
      effect: id,
      at,
      content: contents.contentOfAct(id),
    }));
  // A sticker says nothing that staff would want to look at again.
  const files = filesOf(entry.event).filter(({ media }) => media !== 'sticker');
  const kept = files.map((file, index) => ({
    type: 'act' as const,
    ...reach,
    action: KEEP_FILE,
    effect: `${turn}.file.${index}`,
    with: { ...file, ...reach, turn },
    awaited: false,
    content: 'service' as const,
  }));
  const echoed =
    echo === undefined
      ? []
      : [
          {
            type: 'send' as const,
            ...reach,
            message: { type: 'echo' as const, echo },
            at,
            content: 'service' as const,
          },
        ];
  return [{ type: 'journal' as const, entry }, ...echoed, ...sends, ...acts, ...kept].map(
    (item, index) => ({
      id: `${turn}.${index}`,
      ...item,
    }),
  );
}

/** The ids seen, this one among them; undefined when it was there already. */
function see(
  seen: SupporterRecord['seen'],
  { id: given, reach }: Incoming,
): SupporterRecord['seen'] | undefined {
  if (given === undefined) return seen;
  const address = fingerprint(`${reach.channel}:${reach.address}`);
  const id = fingerprint(given);
  if (seen[address]?.includes(id) === true) return undefined;
  const { [address]: ids = [], ...others } = seen;
  // Keys keep the order of their last use, so the first is the one to forget.
  const kept = Object.entries(others).slice(-(ADDRESSES_WITH_SEEN - 1));
  return Object.fromEntries([...kept, [address, [...ids, id].slice(-SEEN_PER_ADDRESS)]]);
}

function standing(session: Session): { flow?: string; step?: string } {
  const frame = session.frames.at(-1);
  return frame === undefined ? {} : { flow: frame.flow, step: frame.step };
}

/** A short name of an id, always of the same length; 72 bits, so two never meet among a hundred. */
function fingerprint(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 12);
}
