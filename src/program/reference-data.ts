import type { Json } from '../engine/json.js';
import type { ConversationReferences } from '../store/conversation-references.js';
import type { Addresses } from '../supporters/addresses.js';
import type { PersonalData } from '../supporters/privacy/personal-data.js';

/** How the conversations of somebody are reached, as part of what is known of them. */
export function referenceData(
  addresses: Pick<Addresses, 'ofSupporter'>,
  references: Pick<ConversationReferences<Json>, 'get' | 'forget'>,
): PersonalData {
  return {
    name: 'conversation_references',
    async exportOf(supporter) {
      const rows = await addresses.ofSupporter(supporter);
      const kept = await Promise.all(
        rows.map(({ channel, address }) => references.get(channel, address)),
      );
      return kept.filter((one) => one !== undefined);
    },
    async erase(supporter) {
      for (const { channel, address } of await addresses.ofSupporter(supporter)) {
        await references.forget(channel, address);
      }
    },
  };
}
