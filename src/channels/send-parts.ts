import type { SendResult } from './channel.js';

/** Sends a message that takes several, in order; a retry goes on after those that went out. */
export type SendParts = <P>(
  address: string,
  message: { readonly id: string },
  parts: readonly P[],
  send: (part: P) => Promise<SendResult>,
) => Promise<SendResult>;

/** Makes it for one channel, whose sends to one address come one after the other. */
export function createSendParts(): SendParts {
  /** Of a message under way to an address, how many parts went out. */
  const begun = new Map<string, { readonly id: string; readonly parts: number }>();
  return async (address, { id }, parts, send) => {
    const before = begun.get(address);
    const from = before?.id === id ? before.parts : 0;
    let sent: SendResult = { type: 'sent' };
    for (const [index, part] of parts.entries()) {
      if (index < from) continue;
      sent = await send(part);
      if (sent.type !== 'sent') return sent;
      begun.set(address, { id, parts: index + 1 });
    }
    begun.delete(address);
    return sent;
  };
}
