import type { Query } from '../../store/table.js';
import type { SupporterRecord } from '../../supporters/record.js';

/** Whom a segment means; everybody where none is named. */
export type Audience = {
  /** As a query of supporters, at an instant in epoch milliseconds. */
  query(segment: string | undefined, at: number): Promise<Query>;
  /** Whether it means this supporter. */
  matches(segment: string | undefined, record: SupporterRecord, at: number): Promise<boolean>;
};
