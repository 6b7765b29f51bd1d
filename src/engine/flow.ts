import type { Json } from './json.js';
import type { Campaign } from './campaign.js';

export const PURPOSES = [
  'engagement',
  'newsletter',
  'donation',
  'volunteering',
  'canvassing',
  'vote',
  'service',
] as const;
/** What a flow, a message or a consent is for. */
export type Purpose = (typeof PURPOSES)[number];

export const ANSWER_TYPES = [
  'text',
  'name',
  'email',
  'phone',
  'postal_code',
  'address',
  'number',
  'amount',
  'date',
  'yes_no',
  'choice',
  'choices',
  'location',
  'contact',
  'media',
] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

/** What starts a flow: a command (`/start`, or a rule word such as STOP), an intent, a keyword. */
export type Trigger =
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'intent'; readonly intent: string }
  | { readonly type: 'keyword'; readonly keyword: string };

/** What conditions and expressions may read; a value that is unknown is an absent key. */
export type Scope = {
  readonly supporter: { readonly [key: string]: Json };
  readonly answers: { readonly [key: string]: Json };
  readonly consents: { readonly [purpose: string]: boolean };
  readonly session: { readonly [key: string]: Json };
  readonly campaign: { readonly [key: string]: Json };
  /** Epoch milliseconds; a timestamp inside CEL. */
  readonly now: number;
};

/**
 * A compiled CEL expression; `evaluate` throws when it reads what is absent. Numbers come back as
 * numbers, timestamps as ISO 8601 text.
 */
export type Expression = { readonly source: string; evaluate(scope: Scope): Json };
/** A compiled CEL condition; `test` throws when it cannot be evaluated. */
export type Condition = { readonly source: string; test(scope: Scope): boolean };

/**
 * A value that words print in their own way, such as an amount in its currency or an option by its
 * label: as `text` where they only name it, as `value` where they count, format or compare it.
 */
export type Printed = { readonly value: string | number | Date; readonly text: string };

/** A message of the catalogue, compiled from ICU MessageFormat. */
export type Phrase = {
  /** The arguments it names; empty for a constant. */
  readonly arguments: readonly string[];
  /** Missing arguments are given as the word `none`. */
  render(args: Readonly<Record<string, string | number | Date | Printed>>): string;
};
/** Phrases by language, then by key (`email.ask`, `topics.options.climate`). */
export type Words = ReadonlyMap<string, ReadonlyMap<string, Phrase>>;

/** Where a step goes on: another step's id, or the end of the flow. */
export type Target = { readonly type: 'step'; readonly id: string } | { readonly type: 'end' };
/** One arm of `next`, tried in order; the last has no condition. */
export type Arm = { readonly when?: Condition; readonly to: Target };

type StepBase = {
  /** Unique in the flow; what `next` and sessions use. */
  readonly id: string;
  readonly next: readonly Arm[];
  /** A session of an older version that stands here may move to the newest. */
  readonly checkpoint: boolean;
};

/** Says one phrase of the catalogue. */
export type SayStep = StepBase & { readonly type: 'say'; readonly words: string };

/** Asks a question and waits for its answer. */
export type CollectStep = StepBase & {
  readonly type: 'collect';
  /** The answer's name, and the prefix of its words. */
  readonly name: string;
  readonly answer: AnswerType;
  /**
   * Options of `choice` and `choices`: fixed values, or those an earlier action returned. Those of an
   * `amount`, fixed or returned, are suggestions, in whole euros or dollars.
   */
  readonly options:
    | { readonly type: 'none' }
    | { readonly type: 'fixed'; readonly values: readonly string[] }
    | { readonly type: 'from'; readonly answer: string };
  /** Path below `supporter` that takes the answer. */
  readonly into?: string;
  readonly optional: boolean;
  /** Asked in passing: let go of, and not asked again, once the supporter turns to something else. */
  readonly passing?: true;
  /**
   * A choice that also takes whatever else is written, as it is written: its answer is then that text, a
   * place as `geo:<lat>,<lon>`, or `media:<kind>` for a picture, a voice note or the like.
   */
  readonly orText?: true;
  /** Smallest and largest number of choices, value of a number or an amount (whole euros or dollars), or length of a text. */
  readonly min?: number;
  readonly max?: number;
  /** Answers tried before `giveUp`; absent: asked again without end. */
  readonly attempts?: number;
  readonly giveUp: Target;
  readonly consent?: { readonly purpose: Purpose; readonly channel?: string };
  readonly remindInMs?: number;
  readonly expireInMs?: number;
};

/** Writes values: `supporter.…` into the profile, `session.…` for the rest of the flow. */
export type SetStep = StepBase & {
  readonly type: 'set';
  readonly values: readonly { readonly path: string; readonly value: Expression }[];
};

/** Asks a domain to act; with a result, the turn stops until it comes. */
export type ActionStep = StepBase & {
  readonly type: 'action';
  readonly action: string;
  readonly with: Readonly<Record<string, Expression>>;
  /** Arguments that are left out when what they pass on is unknown. */
  readonly leftOut?: readonly string[];
  readonly awaited: boolean;
  /** Fields of the result that are amounts, in minor units. */
  readonly amounts?: readonly string[];
  readonly giveUp: Target;
};

/** Runs another flow and comes back. */
export type CallStep = StepBase & { readonly type: 'call'; readonly flow: string };
/** Goes to another flow and does not come back. */
export type LinkStep = StepBase & { readonly type: 'link'; readonly flow: string };
/** Only chooses where to go on. */
export type BranchStep = StepBase & { readonly type: 'branch' };
/** Waits for a span, or until an instant. */
export type WaitStep = StepBase & {
  readonly type: 'wait';
  readonly wait:
    | { readonly type: 'span'; readonly ms: number }
    | { readonly type: 'until'; readonly instant: Expression };
};

export type Step =
  | SayStep
  | CollectStep
  | SetStep
  | ActionStep
  | CallStep
  | LinkStep
  | BranchStep
  | WaitStep;

/** One version of a flow with its words, compiled and never changed. */
export type Flow = {
  readonly name: string;
  /** First 8 hexadecimal digits of the content hash of its sources. */
  readonly version: string;
  readonly title: string;
  readonly purpose: Purpose;
  readonly content: 'campaign' | 'neutral';
  readonly triggers: readonly Trigger[];
  readonly steps: readonly Step[];
  /** The same steps by id. */
  readonly byId: ReadonlyMap<string, Step>;
  readonly words: Words;
  /** Segments that its conditions ask for, by name; absent: none. */
  readonly segments?: readonly string[];
};

/** Words by what they mean: a number, an hour, a unit. */
export type WordGroup = Readonly<Record<string, readonly string[]>>;

/** Words by which a language's free text is read (`words:` in its `common.yaml`), folded. */
export type WordLists = {
  readonly yes: readonly string[];
  readonly no: readonly string[];
  readonly skip: readonly string[];
  /** The names of first, second, third… place, one list a place. */
  readonly ordinals: readonly (readonly string[])[];
  /** Words that say yes or no only when they are the whole answer ("grave"). */
  readonly alone?: readonly string[];
  /** Words that turn a sentence around ("pas", "never"). */
  readonly not?: readonly string[];
  /** What comes before a name ("je m'appelle"). */
  readonly introductions?: readonly string[];
  /** Words that no name has ("veux", "want"). */
  readonly not_names?: readonly string[];
  /** The last place, the one before it, every option, and the plural of first and last ("les deux premiers"). */
  readonly last?: readonly string[];
  readonly before_last?: readonly string[];
  readonly all?: readonly string[];
  readonly firsts?: readonly string[];
  readonly lasts?: readonly string[];
  /** Cardinal numbers by value, and words that count groups ("douzaine": 12). */
  readonly numbers?: WordGroup;
  readonly dozens?: WordGroup;
  /** What may stand before a number ("environ"). */
  readonly about?: readonly string[];
  /** How the signs of an address are said aloud: `at`, `dot`, `dash`, `underscore`. */
  readonly signs?: WordGroup;
  /** Currencies by their ISO code, and `cents`. */
  readonly currencies?: WordGroup;
  /** What may stand before the number of an option ("option", "numéro"). */
  readonly places?: readonly string[];
  /** How people begin ("bonjour") and end ("svp") what they say. */
  readonly greetings?: readonly string[];
  readonly courtesies?: readonly string[];
  /** Other names of zero in a phone number ("oh"). */
  readonly zeros?: readonly string[];
  /** Kinds of streets, and what may stand between a street and its town ("à"). */
  readonly streets?: readonly string[];
  readonly within?: readonly string[];
  /** January first, and Monday first. */
  readonly months?: readonly (readonly string[])[];
  readonly weekdays?: readonly (readonly string[])[];
  /** Days by their distance from today, and parts of the day by the hour they stand for. */
  readonly days?: WordGroup;
  readonly day_parts?: WordGroup;
  /** Days of the month by other names than cardinal numbers ("premier", "the fourteenth"). */
  readonly month_days?: WordGroup;
  /** `minute` to `year`. */
  readonly units?: WordGroup;
  /** The small words of dates: `in`, `next`, `at`, `the`… */
  readonly dates?: WordGroup;
  /** Minutes said after an hour ("et demie"), or before it ("half past"). */
  readonly minutes_after?: WordGroup;
  readonly minutes_before?: WordGroup;
};

/** The flows in force and the words they share, as `advance` reads them. */
export type Library = {
  readonly campaign: Campaign;
  /** `common.yaml` by language. */
  readonly common: Words;
  /** Words by which free text is read, by language. */
  readonly lists: ReadonlyMap<string, WordLists>;
  /** The newest version, or a given one; undefined when there is none. */
  flow(name: string, version?: string): Flow | undefined;
  /** The newest version of every flow. */
  flows(): readonly Flow[];
  /** The flow a trigger starts. */
  startedBy(trigger: Trigger): string | undefined;
  /** Every command that starts a flow, in the order of the flows. */
  commands(): readonly string[];
  /** Every segment that the newest flows ask for. */
  segments(): readonly string[];
};
