import { Agent, request } from 'node:http';
import WebSocket from 'ws';
import type { ActivitySet, MessageActivity } from '../../../src/channels/webchat/protocol.js';

const DIRECT_LINE = '/directline/v3/directline';
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** A supporter's web chat: requests on connections that stay open, and the socket on which replies come. */
export type Chat = {
  readonly conversation: string;
  /** Posts a message, answered once its turn is saved; what was said before is not waited for any more. */
  say(text: string, value?: string): Promise<void>;
  /** The newest message since the last that was said, once it is one that is waited for. */
  heard(isIt: (message: MessageActivity) => boolean): Promise<MessageActivity>;
  close(): void;
};

/** Opens a conversation in French. */
export async function openChat(url: string): Promise<Chat> {
  const { token } = await post<{ token: string }>(`${url}${DIRECT_LINE}/tokens/generate`, {}, '');
  const { conversationId: conversation, streamUrl } = await post<{
    conversationId: string;
    streamUrl: string;
  }>(`${url}${DIRECT_LINE}/conversations`, { locale: 'fr' }, token);
  const socket = new WebSocket(streamUrl);
  let wake: () => void = () => undefined;
  let last: MessageActivity | undefined;
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text === '') return;
    const set = JSON.parse(text) as ActivitySet;
    for (const activity of set.activities) {
      if (activity.type === 'message' && activity.from.role === 'bot') last = activity;
    }
    if (last !== undefined) wake();
  });
  return {
    conversation,
    async say(text, value) {
      last = undefined;
      await post(
        `${url}${DIRECT_LINE}/conversations/${conversation}/activities`,
        {
          type: 'message',
          from: { id: 'x' },
          text,
          ...(value === undefined ? {} : { value }),
        },
        token,
      );
    },
    async heard(isIt) {
      for (;;) {
        if (last !== undefined && isIt(last)) return last;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    close: () => socket.terminate(),
  };
}

/** Whether a message asks something that was not asked before the turn `after`. */
export function asks(after = 0): (message: MessageActivity) => boolean {
  return ({ channelData }) => (channelData?.portevoix?.turn ?? 0) > after;
}

/** Lets go of the connections. */
export function closeChats(): void {
  agent.destroy();
}

function post<T>(url: string, body: object, token: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      (response) => {
        let text = '';
        response.on('data', (part: Buffer) => {
          text += part.toString();
        });
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve(JSON.parse(text) as T);
          else reject(new Error(`${response.statusCode} ${text}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
