import type { Connection } from 'mongoose';
import { openTable, type Table } from '../store/table.js';
import { SHIFT_NEWS_KINDS } from './shift.js';
import type { Role } from './tasks.js';

export const VOLUNTEER_NEWS_KINDS = [...SHIFT_NEWS_KINDS, 'approved', 'not_approved'] as const;
export type VolunteerNewsKind = (typeof VOLUNTEER_NEWS_KINDS)[number];

/** What is kept of it is removed so long after it was due, in seconds. */
const KEPT_S = 90 * 86_400;

/** Something a volunteer is still to be told, by a flow that is started for them. */
export type VolunteerNewsRow = {
  readonly _id: string;
  readonly supporter: string;
  readonly kind: VolunteerNewsKind;
  /** The shift and the signup that it is about; absent: a role. */
  readonly shift?: string;
  readonly signup?: number;
  readonly role?: Role;
  readonly state: 'due' | 'starting' | 'told' | 'dropped';
  /** When it is to be told, or tried again. */
  readonly due: Date;
  /** Not told from then on. */
  readonly expires: Date;
  /** The act by which the flow asked what there is to tell. */
  readonly key?: string;
  /** Times its flow was started. */
  readonly tries?: number;
};

/** Opens the collection `volunteer_news`. */
export function openVolunteerNews(connection: Connection): Table<VolunteerNewsRow> {
  return openTable<VolunteerNewsRow>(connection, {
    name: 'volunteer_news',
    schema: {
      supporter: String,
      kind: String,
      shift: String,
      signup: Number,
      role: String,
      state: String,
      due: Date,
      expires: Date,
      key: String,
      tries: Number,
    },
    indexes: [
      [{ supporter: 1 }],
      [{ state: 1, due: 1 }],
      [{ expires: 1 }, { expireAfterSeconds: KEPT_S }],
    ],
  });
}
