import { ballotsFor, silentBallot, type Calendar } from './calendar.js';
import { quietUntil } from './quiet-hours.js';

/**
 * What leaves: it pleads for somebody; it tells no more than how to vote; or it is owed to a person
 * whatever the day (STOP, rights, help, a confirmation).
 */
export type Content = 'campaign' | 'neutral' | 'service';

/**
 * By which door: an answer to what somebody just did, a message of ours to people, a mail, a public post,
 * a call to another program, a payment page, a walk list, or a change of what everybody sees.
 */
export type Way =
  | 'reply'
  | 'message'
  | 'mail'
  | 'post'
  | 'webhook'
  | 'checkout'
  | 'turf'
  | 'publish';

/** Something that is about to leave. */
export type Leaving = {
  readonly way: Way;
  readonly content: Content;
  /** Where the person votes; absent when nobody knows, or when everybody sees it. */
  readonly territory?: string | undefined;
};

/** Why something may not leave now. */
export type Refusal = {
  readonly type: 'refused';
  /** `stopped`: staff hold it up. */
  readonly rule: 'silence' | 'polls-closed' | 'quiet-hours' | 'stopped';
  /** For staff: the rule by its name, and until when. */
  readonly reason: string;
  /** When to ask again, in epoch milliseconds. */
  readonly until: number;
};

/** Proof that the calendar was asked, and let something leave; only `Permit.ask` makes one. */
export class Permit {
  readonly type = 'permit';
  readonly #at: number;

  private constructor(
    readonly leaving: Leaving,
    at: number,
  ) {
    this.#at = at;
  }

  /** The instant for which it was given. */
  get at(): number {
    return this.#at;
  }

  /** Asks whether something may leave at an instant; ask again before every try. */
  static ask(calendar: Calendar, leaving: Leaving, at: number): Permit | Refusal {
    return refusalOf(calendar, leaving, at) ?? new Permit(leaving, at);
  }
}

/** Thrown by what was asked to do something that may not leave now. */
export class Withheld extends Error {
  override readonly name = 'Withheld';
  constructor(readonly refusal: Refusal) {
    super(refusal.reason);
  }
}

/** Ways that everybody sees, wherever they vote. */
const PUBLIC: readonly Way[] = ['post', 'publish', 'webhook'];
/** Ways that disturb: nobody asked for them just now. */
const DISTURBING: readonly Way[] = ['message'];

function refusalOf(
  calendar: Calendar,
  { way, content, territory }: Leaving,
  at: number,
): Refusal | undefined {
  if (content === 'service') return undefined;
  const where = PUBLIC.includes(way) ? undefined : territory;
  const silent = silentBallot(calendar, where, at);
  if (silent !== undefined) {
    const { until } = silent.silence;
    if (content === 'campaign') {
      return refused('silence', `${calendar.law}: election silence until ${iso(until)}`, until);
    }
    if (DISTURBING.includes(way) || way === 'post') {
      if (!calendar.neutralReminders) {
        return refused(
          'silence',
          `campaign.yaml: no reminders during the silence, until ${iso(until)}`,
          until,
        );
      }
      if (at >= silent.closes) {
        return refused(
          'polls-closed',
          `Polling stations are closed: nothing more until ${iso(until)}`,
          until,
        );
      }
    }
  }
  if (!DISTURBING.includes(way)) return undefined;
  const quiet = quietUntil(calendar, territory, at);
  if (quiet === undefined) return undefined;
  return refused('quiet-hours', `Quiet hours where they live, until ${iso(quiet)}`, quiet);
}

function refused(rule: Refusal['rule'], reason: string, until: number): Refusal {
  return { type: 'refused', rule, reason, until };
}

function iso(at: number): string {
  return new Date(at).toISOString().replace(':00.000Z', 'Z');
}

/**
 * The first instant, from one on, at which something may leave; undefined when there is none within
 * sixty days.
 */
export function nextPermitted(
  calendar: Calendar,
  leaving: Leaving,
  from: number,
): number | undefined {
  let at = from;
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = Permit.ask(calendar, leaving, at);
    if (answer.type === 'permit') return at;
    at = answer.until;
  }
  return undefined;
}

/** Whether anybody at all is held to the silence at an instant. */
export function isSilentSomewhere(calendar: Calendar, at: number): boolean {
  return silentBallot(calendar, undefined, at) !== undefined;
}

/** The next ballot of a territory that is not over, or the last one. */
export function nextBallot(calendar: Calendar, territory: string | undefined, at: number) {
  const ballots = ballotsFor(calendar, territory);
  return ballots.find(({ closes }) => at < closes) ?? ballots.at(-1);
}
