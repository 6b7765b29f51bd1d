import type { ChannelFile } from '../channel.js';

/** What happens in a browser that is logged in to WhatsApp. */
export type WebEvents = {
  /** A code to scan with the phone of the number; a new one comes every twenty seconds. */
  qr(code: string): void;
  ready(): void;
  /** A message of somebody, as whatsapp-web.js gives it. */
  message(payload: unknown): void;
  /** How far a message of ours got in that chat: -1 failed, 1 sent, 2 delivered, 3 or more read. */
  ack(chat: string, id: string, ack: number): void;
  /** The browser is logged out, replaced by another one, or gone. */
  down(reason: string): void;
};

/** A browser with WhatsApp Web in it, as far as it is used. Calls reject while it is not ready. */
export type WebClient = {
  /** Opens the page; resolves once it waits for a code or is logged in. */
  open(): Promise<void>;
  /** Sends a text and answers its id; undefined: WhatsApp knows no such chat. */
  send(chat: string, text: string): Promise<string | undefined>;
  /** Shows all messages of a chat as read: they count as taken from then on. */
  markSeen(chat: string): Promise<void>;
  showTyping(chat: string): Promise<void>;
  /** Messages of people that were not shown as read yet, oldest first in each chat. */
  unseen(): Promise<readonly unknown[]>;
  fetchFile(id: string, mostBytes: number): Promise<ChannelFile | 'too_large' | undefined>;
  close(): Promise<void>;
};

export type WebClientOptions = {
  /** Where the session is kept. */
  readonly dataDir: string;
  readonly browser: {
    readonly executablePath: string;
    readonly args?: readonly string[];
    readonly env?: { readonly [name: string]: string };
  };
  /** A page to show instead of WhatsApp's own: `<version>.html` in `path`. */
  readonly page?: { readonly version: string; readonly path: string };
};

/** Chromium does not start its sandbox for root. */
const ROOT_FLAGS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
/** Unread messages looked at in one chat after a pause. */
const MOST_UNSEEN = 50;

/** Makes a client of whatsapp-web.js; the library is loaded here only, for most do without it. */
export async function createWebClient(
  options: WebClientOptions,
  events: WebEvents,
): Promise<WebClient> {
  // A CommonJS module of getters: only its default has everything.
  const { Client, LocalAuth } = (await import('whatsapp-web.js')).default;
  const { executablePath, args = [], env } = options.browser;
  const client = new Client({
    authStrategy: new LocalAuth({ dataPath: options.dataDir }),
    ...(options.page === undefined
      ? { webVersionCache: { type: 'none' } }
      : {
          webVersion: options.page.version,
          webVersionCache: { type: 'local', path: options.page.path, strict: true },
        }),
    puppeteer: {
      executablePath,
      headless: true,
      // Through a pipe the browser ends with this process, however that ends.
      pipe: true,
      args: [...ROOT_FLAGS, '--no-first-run', '--disable-dev-shm-usage', ...args],
      ...(env === undefined ? {} : { env: { ...env } }),
      // The program stops in its own order.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    },
  });
  let isDown = false;
  const down = (reason: string): void => {
    if (isDown) return;
    isDown = true;
    events.down(reason);
  };
  client.on('qr', (code) => events.qr(code));
  client.on('ready', () => events.ready());
  client.on('message', (message) => events.message(message));
  client.on('message_ack', (message, ack) => events.ack(message.to, message.id._serialized, ack));
  client.on('auth_failure', () => down('AUTH_FAILURE'));
  client.on('disconnected', (reason) => down(reason));

  return {
    async open() {
      await client.initialize();
      client.pupBrowser?.once('disconnected', () => down('BROWSER_GONE'));
      // Once it closes the browser, puppeteer hears no failure of the pipe any more, and what the page had
      // it write at that moment would end this process.
      for (const pipe of client.pupBrowser?.process()?.stdio ?? []) {
        pipe?.on('error', () => undefined);
      }
    },
    async send(chat, text) {
      // A preview would have WhatsApp open the link, and some are for one person only.
      const sent: unknown = await client.sendMessage(chat, text, {
        linkPreview: false,
        sendSeen: false,
      });
      return idOf(sent);
    },
    async markSeen(chat) {
      await client.sendSeen(chat);
    },
    async showTyping(chat) {
      await (await client.getChatById(chat)).sendStateTyping();
    },
    async unseen() {
      const chats = (await client.getChats()).filter(
        ({ isGroup, unreadCount }) => !isGroup && unreadCount > 0,
      );
      const messages = await Promise.all(
        chats.map((chat) =>
          chat.fetchMessages({ limit: Math.min(MOST_UNSEEN, chat.unreadCount), fromMe: false }),
        ),
      );
      return messages.flat();
    },
    async fetchFile(id, mostBytes) {
      const message: unknown = await client.getMessageById(id);
      if (!hasDownload(message)) return undefined;
      // The library downloads a file whole, so its size is asked first where WhatsApp tells it.
      if (sizeOf(message) > mostBytes) return 'too_large';
      const media = await message.downloadMedia();
      return (
        media && {
          bytes: new Uint8Array(Buffer.from(media.data, 'base64')),
          contentType: media.mimetype,
        }
      );
    },
    async close() {
      isDown = true;
      await client.destroy();
    },
  };
}

/** The library's types promise a message where it answers none for a chat that is not there. */
function idOf(sent: unknown): string | undefined {
  const id = typeof sent === 'object' && sent !== null && 'id' in sent ? sent.id : undefined;
  const own =
    typeof id === 'object' && id !== null && '_serialized' in id ? id._serialized : undefined;
  return typeof own === 'string' ? own : undefined;
}

function sizeOf(message: unknown): number {
  const data = typeof message === 'object' && message && '_data' in message && message._data;
  const size = typeof data === 'object' && data && 'size' in data ? data.size : undefined;
  return typeof size === 'number' ? size : 0;
}

type Downloadable = {
  downloadMedia(): Promise<{ readonly data: string; readonly mimetype: string } | undefined>;
};
function hasDownload(message: unknown): message is Downloadable {
  return typeof message === 'object' && message !== null && 'downloadMedia' in message;
}
