import type { TokenResponse } from '../../../channels/webchat/protocol.js';
import type { DirectLine, Reply } from './direct-line.js';
import type { Memory } from './memory.js';
import type { Conversation } from './state.js';

/**
 * What became of the wish for another token. `renewed`: there is one, or nobody needs it any more;
 * `later`: ask again after so long.
 */
export type Renewal =
  | { readonly type: 'renewed' }
  | { readonly type: 'refused' }
  | { readonly type: 'later'; readonly afterMs: number };

/** Part of a token's life after which it is renewed. */
const RENEW_AT = 0.7;

/** Keeps the tokens of the conversation: the one that speaks, and the one that takes another later. */
export function createKeys(memory: Memory, line: DirectLine) {
  function keep(reply: TokenResponse): void {
    memory.change((state) => ({
      ...state,
      conversation: readConversation(reply, state.conversation),
    }));
  }

  /** Keeps what came, unless the conversation was left while it was asked for. */
  function settle(reply: Reply<TokenResponse>, asked: Conversation): Renewal {
    if (memory.get().state.conversation?.id !== asked.id) return { type: 'renewed' };
    switch (reply.type) {
      case 'ok':
        keep(reply.value);
        return { type: 'renewed' };
      case 'later':
        return { type: 'later', afterMs: reply.afterMs ?? 0 };
      case 'refused':
      case 'invalid':
        return { type: 'refused' };
      default:
        return reply satisfies never;
    }
  }

  /** Takes a token for a conversation whose own is no longer good. */
  async function resume(): Promise<Renewal> {
    const { conversation, watermark } = memory.get().state;
    if (conversation?.resumeToken === undefined) return { type: 'refused' };
    return settle(await line.resume(conversation.resumeToken, watermark), conversation);
  }

  return {
    keep,
    resume,
    /** Takes a fresh token while the old one is good, and else resumes. */
    async renew(): Promise<Renewal> {
      const { conversation } = memory.get().state;
      if (conversation === undefined) return { type: 'renewed' };
      const renewal = settle(await line.refreshToken(conversation.token), conversation);
      return renewal.type === 'refused' ? resume() : renewal;
    },
  };
}

function readConversation(reply: TokenResponse, before: Conversation | undefined): Conversation {
  const known = before?.id === reply.conversationId ? before.resumeToken : undefined;
  const resumeToken = reply.resumeToken ?? known;
  return {
    id: reply.conversationId,
    token: reply.token,
    userId: reply.userId,
    renewAt: Date.now() + reply.expires_in * 1000 * RENEW_AT,
    ...(resumeToken === undefined ? {} : { resumeToken }),
  };
}
