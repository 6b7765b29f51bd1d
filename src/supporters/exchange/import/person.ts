import type { Purpose } from '../../../engine/flow.js';
import type { Json } from '../../../engine/json.js';
import type { Reach } from '../../record.js';

/** Whose files are taken in. */
export const SUPPORTER_FORMATS = [
  'nationbuilder',
  'van',
  'action-network',
  'rapidpro',
  'csv',
] as const;
export type SupporterFormat = (typeof SUPPORTER_FORMATS)[number];

/**
 * What a file says of whether somebody wants to be written to: they agreed there; they left that list; they
 * want nothing at all, or complained; mail came back; or nothing.
 */
export type Standing = 'subscribed' | 'unsubscribed' | 'refused' | 'bounced' | 'unknown';

/** One row of a file, read. */
export type Person = {
  /** The supporter's id, made of the format and the row's own id, else the e-mail, else the phone number. */
  readonly id: string;
  /** The row's own id where it may be that of a supporter here. */
  readonly ownId?: string;
  /** By path below `supporter`, as flows name them. */
  readonly values: { readonly [path: string]: Json };
  readonly tags: readonly string[];
  /** Where chat networks know them. */
  readonly addresses: readonly Reach[];
  readonly standing: Standing;
  /** The very words of the file for it. */
  readonly status: string;
};

/** What a file can tell of anybody: an empty cell says something only where there is a column. */
export type Coverage = { readonly paths: ReadonlySet<string>; readonly tags: boolean };

/** What the people of a file agreed to, somewhere else. */
export type ImportedConsent = {
  readonly purpose: Purpose;
  /** The wording that was shown to them. */
  readonly wording: string;
  readonly language: string;
  readonly at: Date;
  /** Absent: wherever the row tells an address, e-mail among it. */
  readonly channel?: string;
};
