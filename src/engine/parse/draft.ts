import type { Place } from '../problem.js';
import type { AnswerType, Purpose, Target, Trigger } from '../flow.js';
import type { Notice } from './names.js';
import type { Written } from './read.js';

/** A target with its place. */
export type DraftTarget = { readonly to: Target; readonly place: Place };
/** One arm of `next` as written; `when` is a CEL source, `flawed` marks one that could not be read. */
export type DraftArm = {
  readonly when?: Written;
  readonly flawed?: boolean;
  readonly target: DraftTarget;
};

type DraftBase = {
  readonly id: string;
  /** Where the step begins. */
  readonly place: Place;
  /** Where its name stands: its `id`, or what it says or asks. */
  readonly namePlace: Place;
  /** Where what it says, asks or does stands. */
  readonly valuePlace: Place;
  /** Absent: goes to the step below. */
  readonly next?: readonly DraftArm[];
  readonly checkpoint: boolean;
  /** Whether it may go on in a way that could not be read. */
  readonly open?: boolean;
  /** Whether another step has its name, which was told. */
  readonly clashes?: boolean;
};

export type DraftCollect = DraftBase & {
  readonly type: 'collect';
  readonly name: string;
  /** Undefined when it could not be read. */
  readonly answer: AnswerType | undefined;
  readonly options?: readonly Written[];
  readonly optionsFrom?: Written;
  readonly into?: Written;
  readonly optional: boolean;
  readonly passing?: true;
  readonly orText?: true;
  readonly min?: number;
  readonly max?: number;
  readonly attempts?: number;
  readonly giveUp?: DraftTarget;
  readonly consent?: { readonly purpose: Purpose; readonly channel?: string };
  readonly remindInMs?: number;
  readonly expireInMs?: number;
};

export type DraftAction = DraftBase & {
  readonly type: 'action';
  readonly action: Written;
  readonly named: boolean;
  readonly with: readonly { readonly name: Written; readonly value: Written }[];
  readonly giveUp?: DraftTarget;
};

/** A step as written, with places; `broken` stands for one whose kind could not be read. */
export type DraftStep =
  | (DraftBase & {
      readonly type: 'say';
      readonly words: string;
      /** The notice that its words are. */
      readonly notice?: Notice;
    })
  | DraftCollect
  | (DraftBase & {
      readonly type: 'set';
      readonly values: readonly { readonly path: Written; readonly value: Written }[];
    })
  | DraftAction
  | (DraftBase & { readonly type: 'call'; readonly flow: Written })
  | (DraftBase & { readonly type: 'link'; readonly flow: Written })
  | (DraftBase & { readonly type: 'branch' })
  | (DraftBase & {
      readonly type: 'wait';
      readonly wait:
        | { readonly type: 'span'; readonly ms: number }
        | { readonly type: 'until'; readonly instant: Written };
    })
  | (DraftBase & { readonly type: 'broken' });

/** A flow as written. */
export type Draft = {
  readonly name: string;
  readonly file: string;
  readonly title: string;
  readonly purpose: Purpose;
  readonly content: 'campaign' | 'neutral';
  /** Where the flow begins. */
  readonly place: Place;
  readonly triggers: readonly { readonly trigger: Trigger; readonly place: Place }[];
  readonly steps: readonly DraftStep[];
};
