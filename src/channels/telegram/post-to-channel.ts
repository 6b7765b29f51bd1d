import { Api, GrammyError, InputFile } from 'grammy';

/** One call may take so long; cut then, nobody knows. */
const WITHIN_S = 30;

/** What became of a post in a channel. */
export type ChannelPost =
  | { readonly type: 'sent'; readonly id: string }
  | { readonly type: 'not_yet'; readonly reason: string; readonly retryAfterMs: number }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'in_doubt'; readonly reason: string };

/** Makes what posts to a channel in which the bot is an administrator. */
export function createChannelPosts({
  token,
  apiRoot,
}: {
  readonly token: string;
  readonly apiRoot: string;
}) {
  const { raw } = new Api(token, { apiRoot, timeoutSeconds: WITHIN_S });
  return async (chat: string, text: string, picture?: Uint8Array): Promise<ChannelPost> => {
    try {
      const sent =
        picture === undefined
          ? await raw.sendMessage({ chat_id: chat, text })
          : await raw.sendPhoto({ chat_id: chat, photo: new InputFile(picture), caption: text });
      return { type: 'sent', id: String(sent.message_id) };
    } catch (error) {
      if (!(error instanceof GrammyError)) return { type: 'in_doubt', reason: 'no_answer' };
      const { error_code: code, parameters } = error;
      if (code === 429) {
        const retryAfterMs = (parameters.retry_after ?? 1) * 1_000;
        return { type: 'not_yet', reason: 'throttled', retryAfterMs };
      }
      if (code >= 500) return { type: 'in_doubt', reason: `status_${code}` };
      const isOurs = code === 401 || code === 403;
      return { type: 'failed', reason: isOurs ? 'misconfigured' : `rejected_${code}` };
    }
  };
}
