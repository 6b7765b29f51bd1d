import type { Call, Nothing } from './shapes.js';

/** What somebody should look at, each cured on a page of its own. */
export type AlertKind =
  /** People who wait for the team. */
  | 'waiting'
  /** Donations that the treasurer should look at. */
  | 'anomalies'
  /** Outings about which something is odd. */
  | 'outings'
  /** A channel that is not at work; `about` names it. */
  | 'channel'
  /** No process sends and does what recurs. */
  | 'no_worker'
  /** Deliveries of the last day that failed, or of which nobody knows whether they arrived. */
  | 'failed'
  | 'unknown'
  /** A message that should be going out, and is not. */
  | 'behind'
  /** Flows with mistakes in them. */
  | 'flow_errors'
  /** The silence comes, or is there; `at` is when it begins, or ends. */
  | 'silence_comes'
  | 'silence';

export type AlertView = {
  readonly kind: AlertKind;
  /** How many things it is about. */
  readonly count: number;
  /** The one thing it is about: a channel, a flow, a message. */
  readonly about?: string;
  /** The sequence, of a message that is a step of one. */
  readonly sequence?: string;
  readonly name?: string;
  /** What is wrong, for the operator. */
  readonly reason?: string;
  readonly at?: string;
};

/** What a campaign does first. */
export type FirstStep =
  | 'campaign'
  | 'flows'
  | 'channels'
  | 'mail'
  | 'team'
  | 'people'
  | 'gateway'
  | 'doors'
  | 'shifts';

export type AlertsApi = {
  /** What the caller may see and cure; some of it may still be looked for. */
  'GET /alerts': Call<
    Nothing,
    { readonly items: readonly AlertView[]; readonly at: string; readonly isCounting: boolean }
  >;
  'GET /first-steps': Call<
    Nothing,
    { readonly steps: readonly { readonly step: FirstStep; readonly isDone: boolean }[] }
  >;
};
