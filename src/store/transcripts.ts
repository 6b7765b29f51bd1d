import type { Activities } from './activities.js';
import type { ConversationReferences } from './conversation-references.js';
import type { Blobs } from './blobs.js';
import type { Keyboards } from './keyboards.js';
import type { LastHeard } from './last-heard.js';

/** What channels themselves keep of conversations, beside the journal. */
export type Transcripts = {
  /** Erases what is kept of one address. May be repeated after an interruption. */
  erase(channel: string, address: string): Promise<void>;
  /** How much was said at an instant or before. */
  countBefore(at: Date): Promise<number>;
  /** Removes at most `limit` of it, and answers how many. */
  removeBefore(at: Date, limit: number): Promise<number>;
};

/** Web pages show what was said; other networks keep that themselves, and need less kept here. */
export function createTranscripts(
  activities: Pick<Activities<{ readonly id: string }>, 'erase' | 'countBefore' | 'removeBefore'>,
  keyboards: Pick<Keyboards<unknown>, 'erase'>,
  lastHeard: Pick<LastHeard, 'forget'>,
  references: Pick<ConversationReferences<unknown>, 'forget'>,
  uploads?: Pick<Blobs, 'removeOf'>,
): Transcripts {
  return {
    async erase(channel, address) {
      if (channel === 'web') await activities.erase(address);
      if (channel === 'web') await uploads?.removeOf(address);
      await keyboards.erase(channel, address);
      await lastHeard.forget(channel, address);
      await references.forget(channel, address);
    },
    countBefore: (at) => activities.countBefore(at),
    removeBefore: (at, limit) => activities.removeBefore(at, limit),
  };
}
