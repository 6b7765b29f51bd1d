import type { Call, Nothing } from './shapes.js';

/** A file as staff write it. */
export type TextFile = { readonly path: string; readonly text: string };

/** A mistake, or what should be looked at, where it is. */
export type FlowProblem = {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  /** In English. */
  readonly message: string;
  /** The same as a template with what it is about, to be told in another language. */
  readonly sentence?: FlowSentence;
};

/** An English sentence with `{0}`, `{1}` … for its values, which may be sentences again. */
export type FlowSentence = {
  readonly text: string;
  readonly values: readonly (string | FlowSentence)[];
};

/** A flow among the others. */
export type FlowRow = {
  readonly name: string;
  readonly title: string;
  readonly purpose: string;
  readonly content: 'campaign' | 'neutral';
  /** How many steps it has. */
  readonly steps: number;
  /** What starts it. */
  readonly startsOn: readonly {
    readonly type: 'command' | 'intent' | 'keyword';
    readonly text: string;
  }[];
  /** What is in force; absent of a flow that never was. */
  readonly inForce?: { readonly version: string; readonly author: string; readonly at: string };
  /** What is being written. */
  readonly draft?: { readonly author: string; readonly at: string; readonly isBehind: boolean };
  /** Mistakes in what is being written, or else in what is in force. */
  readonly errors: number;
  readonly warnings: number;
};

/** A flow as it is being written: its draft, or else what is in force. */
export type FlowView = {
  readonly name: string;
  /** 0 while nothing was saved as a draft. */
  readonly revision: number;
  /** The version it was made from; absent for a flow that is new. */
  readonly base?: string;
  /** The version in force; another than `base` when somebody published meanwhile. */
  readonly inForce?: string;
  readonly flow: string;
  /** Words by language. */
  readonly words: { readonly [language: string]: string };
  /** What is in force, to compare with; absent for a flow that is new. */
  readonly published?: {
    readonly flow: string;
    readonly words: { readonly [language: string]: string };
  };
  readonly author?: string;
  readonly savedAt?: string;
};

/** The types a field, an answer or an action's argument can have. */
export type ValueTypeName = 'text' | 'number' | 'boolean' | 'date' | 'list' | 'amount' | 'location';

/** What an action takes and gives. */
export type ActionView = {
  readonly name: string;
  readonly arguments: {
    readonly [name: string]: { readonly type: ValueTypeName; readonly optional?: boolean };
  };
  readonly result?: { readonly [name: string]: ValueTypeName };
};

/** All that a flow is checked and tried against, but the flow itself. */
export type FlowSurroundings = {
  readonly campaign?: TextFile;
  readonly flows: readonly TextFile[];
  readonly locales: readonly TextFile[];
  readonly shipped: readonly TextFile[];
  readonly segments: readonly string[];
  /** As the engine declares them. */
  readonly actions: readonly ActionView[];
  readonly languages: readonly string[];
  readonly channels: readonly string[];
};

/** What a text means: an intent, or those that come nearest. */
export type MeaningView = { readonly intent?: string; readonly guesses?: readonly string[] };

/** A transcript that does not go as it is written. */
export type FailedTranscriptView = {
  readonly file: string;
  readonly title: string;
  readonly text: string;
};

/** Sessions that stand on a step, and what a publication means to them. */
export type StanderView = {
  readonly version: string;
  readonly step: string;
  readonly sessions: number;
  readonly change: 'same' | 'reworded' | 'changed' | 'vanished';
  readonly moves: boolean;
};

/** What staff see before they publish. */
export type PublishPreview = {
  readonly revision: number;
  readonly version?: string;
  readonly replaces?: string;
  readonly problems: readonly FlowProblem[];
  readonly isFaulty: boolean;
  readonly played: number;
  readonly failed: readonly FailedTranscriptView[];
  readonly standers: readonly StanderView[];
  /** How recorded conversations would go; absent when the flow is faulty. */
  readonly replay?: {
    readonly conversations: number;
    readonly turns: number;
    readonly changed: number;
    /** One of each difference, as it went and as it would go. */
    readonly examples: readonly { readonly title: string; readonly text: string }[];
  };
};

/** What became of a publication. */
export type PublishOutcome =
  | { readonly type: 'published'; readonly version: string }
  | { readonly type: 'unchanged' }
  | {
      readonly type: 'refused';
      readonly failed: readonly FailedTranscriptView[];
      readonly errors: number;
    }
  /** It campaigns, and the law wants silence until then. */
  | { readonly type: 'withheld'; readonly until: string }
  | { readonly type: 'overtaken'; readonly by: string }
  /** The draft is not any more the one that was looked at. */
  | { readonly type: 'changed' }
  | { readonly type: 'unknown' };

/** One time that a version was put in force. */
export type HistoryRow = {
  readonly publication: number;
  readonly type: 'published' | 'rolled_back';
  readonly version: string;
  readonly author: string;
  readonly comment?: string;
  readonly at: string;
  readonly isRetired: boolean;
  readonly isInForce: boolean;
};

/** How people went through a step. */
export type FunnelRow = {
  /** The words it says or asks. */
  readonly step: string;
  /** Supporters who came to it. */
  readonly came: number;
  /** Those who went on from it. */
  readonly answered: number;
  /** Those of whom nothing more was heard in the flow. */
  readonly left: number;
  /** Half of the answers took at most as long, in seconds; absent without any. */
  readonly medianS?: number;
};

export type Funnel = {
  readonly rows: readonly FunnelRow[];
  /** Supporters who came into the flow. */
  readonly supporters: number;
  /** Since when; later than asked where there was too much to read. */
  readonly since: string;
};

type Name = { readonly name: string };

export type FlowsApi = {
  'GET /flows': Call<Nothing, { readonly items: readonly FlowRow[] }>;
  'GET /flows/surroundings': Call<Nothing, FlowSurroundings>;
  'GET /flows/:name': Call<Name, FlowView>;
  /** Saves as the revision after the one named; refused with `conflict` when there is another. */
  'PUT /flows/:name/draft': Call<
    Name & {
      readonly revision: number;
      readonly base?: string;
      readonly flow: string;
      readonly words: { readonly [language: string]: string };
    },
    { readonly revision: number; readonly savedAt: string }
  >;
  'DELETE /flows/:name/draft': Call<Name & { readonly revision: number }, { readonly done: true }>;
  'POST /flows/:name/preview': Call<Name & { readonly revision: number }, PublishPreview>;
  'POST /flows/:name/publish': Call<
    Name & {
      readonly revision: number;
      readonly comment?: string;
      readonly despiteTranscripts?: boolean;
    },
    PublishOutcome
  >;
  'GET /flows/:name/history': Call<Name, { readonly items: readonly HistoryRow[] }>;
  'GET /flows/:name/versions/:version': Call<
    Name & { readonly version: string },
    { readonly flow: string; readonly words: { readonly [language: string]: string } }
  >;
  'POST /flows/:name/rollback': Call<
    Name & { readonly version: string; readonly comment?: string },
    PublishOutcome
  >;
  'GET /flows/:name/funnel': Call<Name & { readonly days: number }, Funnel>;
  /** What a text would be understood to mean in a language. */
  'POST /flows/meaning': Call<{ readonly language: string; readonly text: string }, MeaningView>;
  /** Keeps a conversation of the simulator as a transcript, which publications play from then on. */
  'POST /flows/:name/transcripts': Call<
    Name & { readonly text: string },
    { readonly file: string }
  >;
};
