import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { errorCode } from './error-code.js';

export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Whether the mail server took a mail; `refused` is certain, so it may be tried again. */
export type Sent = 'sent' | 'refused';

export type Mailer = {
  /** Rejects when nobody knows whether the mail went out, as when the connection was cut. */
  send(mail: Mail): Promise<Sent>;
  /** Removes what was written to the folder for an address; sent mail is out of reach. */
  removeTo(address: string): Promise<void>;
  close(): void;
};

const TIMEOUT_MS = 20_000;

/** Sends through an SMTP server, or, where none is set, writes each mail into `DATA_DIR/mail`. */
export function createMailer(options: {
  readonly smtpUrl?: string | undefined;
  readonly from: string;
  readonly dataDir: string;
}): Mailer {
  const { smtpUrl, from, dataDir } = options;
  if (smtpUrl !== undefined) {
    const timeouts = {
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    };
    const transport = createTransport({ url: smtpUrl, ...timeouts }, { from });
    return {
      async send(mail) {
        try {
          await transport.sendMail(toOne(mail));
          return 'sent';
        } catch (error) {
          if (isRefusal(error)) return 'refused';
          throw error;
        }
      },
      removeTo: async () => undefined,
      close: () => transport.close(),
    };
  }
  const folder = join(dataDir, 'mail');
  let made: Promise<unknown> | undefined;
  const transport = createTransport({ streamTransport: true, buffer: true }, { from });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(toOne(mail));
      made ??= mkdir(folder, { recursive: true, mode: 0o700 });
      await made;
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}.eml`;
      if (!Buffer.isBuffer(message)) throw new TypeError('A mail is written in one piece.');
      await writeFile(join(folder, name), message, { mode: 0o600 });
      return 'sent';
    },
    async removeTo(address) {
      const recipient = spelt(address);
      for (const name of await namesIn(folder)) {
        const file = join(folder, name);
        if ((await recipientOf(file)) === recipient) await rm(file, { force: true });
      }
    },
    close: () => transport.close(),
  };
}

/** The whole text is one address, whatever commas or brackets are in it. */
function toOne({ to, ...mail }: Mail) {
  return { ...mail, to: { name: '', address: to } };
}

/** Whether the mail certainly did not go out: no connection was made, or the server said no. */
function isRefusal(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  if ('responseCode' in error && typeof error.responseCode === 'number') return true;
  return 'syscall' in error && ['connect', 'getaddrinfo'].includes(String(error.syscall));
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** One spelling of an address: a domain beyond ASCII may be written in its ASCII form. */
function spelt(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`.toLowerCase();
}

/** Whom a written mail is for; undefined when another process has just removed it. */
async function recipientOf(file: string): Promise<string | undefined> {
  try {
    const head = (await readFile(file, 'utf8')).split(/\r?\n\r?\n/)[0] ?? '';
    const to = /^To:\s*<?([^\s<>]+)>?\s*$/im.exec(head)?.[1];
    return to === undefined ? undefined : spelt(to);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
