import type { ActivityLog, StoredActivity } from '../../../src/channels/webchat/activity-log.js';

/** An activity log for tests, with what was appended by each call. */
export type MemoryLog = ActivityLog & {
  readonly writes: readonly (readonly string[])[];
  /** All activities of a conversation so far. */
  stored(conversation: string): readonly StoredActivity[];
};

/** Keeps activities in memory, as the plain JSON that a store would give back. */
export function createMemoryLog(): MemoryLog {
  const conversations = new Map<string, StoredActivity[]>();
  const writes: string[][] = [];
  return {
    writes,
    stored: (conversation) => conversations.get(conversation) ?? [],
    async append(conversation, activities) {
      await Promise.resolve();
      writes.push(activities.map((activity) => activity.id));
      const stored = conversations.get(conversation) ?? [];
      conversations.set(conversation, stored);
      for (const activity of activities) {
        if (stored.some(({ id }) => id === activity.id)) continue;
        stored.push(structuredClone(activity));
      }
    },
    async changedAfter() {
      await Promise.resolve();
      return new Map([...conversations].map(([id, stored]) => [id, stored.length]));
    },
    async after(conversation, watermark, limit) {
      await Promise.resolve();
      return (conversations.get(conversation) ?? [])
        .map((activity, index) => ({ seq: index + 1, activity }))
        .slice(watermark, watermark + limit);
    },
  };
}
