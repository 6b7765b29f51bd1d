/** A time as a form has it: on the campaign's clocks, or so many days before a round where people vote. */
export type DraftTime =
  | {
      readonly type: 'instant';
      /** `YYYY-MM-DDTHH:MM` on the campaign's clocks; may be empty. */ readonly at: string;
    }
  | {
      readonly type: 'before';
      readonly days: number;
      /** `HH:MM` on the clocks of the supporter's territory. */
      readonly time: string;
      readonly round: 1 | 2;
    };

/** A message as staff are writing it: anything may be missing or wrong still. */
export type MessageDraft = {
  readonly name: string;
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  /** Empty: everybody who agreed. */
  readonly segment: string;
  readonly says: 'words' | 'flow';
  /** ICU messages by language. */
  readonly words: { readonly [language: string]: string };
  readonly flow: string;
  readonly at: DraftTime;
  /** Absent: until polling stations close, or never. */
  readonly expires?: DraftTime;
  /** The preferred one first. */
  readonly channels: readonly string[];
  readonly urgent: boolean;
  /** As the campaign has it, none, or one of its own. */
  readonly cap: 'usual' | 'none' | { readonly messages: number; readonly days: number };
};
