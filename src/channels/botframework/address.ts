import { createHash } from 'node:crypto';

/** Signs of one half of an address; a longer name is replaced by its digest. */
const MOST_SIGNS = 200;

/**
 * The address of a conversation: the network that Azure's Bot Service speaks for, and the conversation
 * there. No two conversations share one, and no `:` is in it.
 */
export function addressOf(channelId: string, conversation: string): string {
  return `${bounded(channelId)}|${bounded(conversation)}`;
}

/** `~` is not in what is escaped, so that a digest is nobody's name. */
function bounded(name: string): string {
  // Half a character outside the basic plane cannot be escaped.
  const sound = Buffer.from(name).toString();
  const escaped = encodeURIComponent(sound).replaceAll('~', '%7E');
  return sound === name && escaped.length <= MOST_SIGNS ? escaped : `~${digestOf(name)}`;
}

/** A short name for what may be of any length. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'utf16le').digest('base64url');
}
