import type { MessageActivity } from './protocol.js';

/** An activity as it is stored and shown: plain JSON. */
export type StoredActivity = MessageActivity;

/** What was said in every web conversation, in order; the sequence number is Direct Line's watermark. */
export type ActivityLog = {
  /**
   * Stores activities in the order given, with the numbers that follow the conversation's last,
   * from 1 and without gaps. An activity whose id is stored already is passed over.
   */
  append(conversation: string, activities: readonly StoredActivity[]): Promise<void>;
  /** At most `limit` activities numbered above `watermark`, in order. */
  after(
    conversation: string,
    watermark: number,
    limit: number,
  ): Promise<readonly { readonly seq: number; readonly activity: StoredActivity }[]>;
  /**
   * Conversations that other processes appended to at `since` (epoch milliseconds, by their clocks)
   * or later, each with the number of its newest activity. One indexed query.
   */
  changedAfter(since: number): Promise<ReadonlyMap<string, number>>;
};
