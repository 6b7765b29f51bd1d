import type { Json } from './json.js';

/** What the engine knows of a supporter: plain data, absent keys for what is unknown. */
export type Supporter = {
  /** Language tag the bot speaks with them. */
  readonly language: string;
  /** By name below `supporter` in conditions: `email`, `first_name`, `preferences`, `fields`, `tags`… */
  readonly profile: { readonly [key: string]: Json };
  /** The answer last given for each purpose; absent when never asked. */
  readonly consents: { readonly [purpose: string]: boolean };
};
