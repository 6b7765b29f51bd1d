import type { Json } from './json.js';
import type { AnswerType, Purpose } from './flow.js';

export type Option = { readonly value: string; readonly label: string };

/** An open question, as a channel draws it. */
export type Question = {
  /** The turn that asked it first; a button sends it back with the option's value. */
  readonly turn: number;
  readonly answer: AnswerType;
  /** Empty for free text. Those of an amount are suggestions, never to be numbered: "2" means 2 €. */
  readonly options: readonly Option[];
  /** Present when several options may be chosen. */
  readonly multiple?: { readonly min: number; readonly max: number };
  /** Label of the button that skips it; sends the value `SKIP`. */
  readonly skip?: string;
};

/** The value a button of `Question.skip` sends; no option may have it. */
export const SKIP = '~skip';

/** What must happen because of a turn, in order. */
export type Effect =
  | {
      readonly type: 'say';
      /** The flow whose words it says, or `common`. */
      readonly flow: string;
      readonly key: string;
      readonly text: string;
      readonly question?: Question;
    }
  | {
      readonly type: 'remember';
      /** Path below `supporter`. */
      readonly field: string;
      readonly value: Json;
    }
  | {
      readonly type: 'record_consent';
      readonly purpose: Purpose;
      readonly channel?: string;
      readonly given: boolean;
      /** The question as it was shown. */
      readonly wording: string;
      /** Flow version that worded it. */
      readonly version: string;
      readonly language: string;
      /** `<flow>.<step>`. */
      readonly source: string;
    }
  | {
      readonly type: 'act';
      /** `<turn>.<n>`, unique for this supporter; an awaited result names it. */
      readonly id: string;
      readonly action: string;
      readonly with: { readonly [name: string]: Json };
      readonly awaited: boolean;
    }
  | {
      /** Staff should look: a condition that could not be evaluated, a bound that was hit. */
      readonly type: 'alert';
      readonly code:
        | 'condition-failed'
        | 'bound-hit'
        | 'flow-missing'
        | 'words-missing'
        | 'session-unsound';
      readonly flow: string;
      readonly step: string;
    };
