/** What a form about sequences can begin them with; `value` is the purpose, the tag, the state or the days. */
export type SequenceStartDraft =
  | { readonly type: 'consent' | 'tag' | 'signup' | 'silent'; readonly value: string }
  | { readonly type: 'donation' }
  | {
      readonly type: 'field';
      readonly field: string;
      /** Empty: any value. */
      readonly value: string;
    };

/** When a step of a form is due. */
export type AfterDraft =
  | {
      readonly type: 'span';
      readonly count: number;
      readonly unit: 'minutes' | 'hours' | 'days';
    }
  | { readonly type: 'day'; readonly days: number; /** `HH:MM`. */ readonly time: string };

/** A step of a sequence as a form has it: anything may be missing or wrong still. */
export type SequenceStepDraft = {
  readonly after: AfterDraft;
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  readonly says: 'words' | 'flow';
  /** ICU messages by language. */
  readonly words: { readonly [language: string]: string };
  readonly flow: string;
  /** Left out for whoever is in the middle of a conversation. */
  readonly skips: boolean;
  /** The preferred one first. */
  readonly channels: readonly string[];
  readonly urgent: boolean;
  /** As the campaign has it, none, or one of its own. */
  readonly cap: 'usual' | 'none' | { readonly messages: number; readonly days: number };
};

/** A sequence as a form has it. */
export type SequenceDraft = {
  readonly name: string;
  readonly start: SequenceStartDraft;
  readonly leave: { readonly answered: boolean; /** Empty: none. */ readonly segment: string };
  readonly steps: readonly SequenceStepDraft[];
};
