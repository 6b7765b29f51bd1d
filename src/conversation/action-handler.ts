import type { Content } from '../engine/calendar/permit.js';
import type { Json } from '../engine/json.js';

/** One act that a turn asked a domain for. */
export type Act = {
  readonly supporter: string;
  readonly action: string;
  /** Unique over all supporters and turns; doing it twice under one key must change nothing more. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
  /** When what asked for it happened, by the clock of the channel, where that is known. */
  readonly at?: Date;
  /** Whether the flow that asks campaigns. */
  readonly content: Content;
};

/** Does an action; the result is given only by actions that declare one. Throws when it failed. */
export type ActionHandler = (act: Act) => Promise<{ readonly [key: string]: Json } | void>;
