import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { errorCode } from '../error-code.js';
import { readFailure, type MailFailure } from './read-failure.js';

/** A mail as it leaves. */
export type Letter = {
  /** Stays the same when the mail is sent again, so that mail programs show it once. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** What unsubscribes with one click (RFC 8058); absent where there is nothing to unsubscribe from. */
  readonly unsubscribeUrl?: string;
};

/** What became of a mail; `in_doubt` is never to be sent again unasked. */
export type Sent = { readonly type: 'sent' } | MailFailure;

export type Mailer = {
  send(letter: Letter): Promise<Sent>;
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
  /** Told of each file that is written in place of a mail that is sent. */
  written?(file: string): void;
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
      async send(letter) {
        try {
          await transport.sendMail(write(letter, from));
          return { type: 'sent' };
        } catch (error) {
          return readFailure(error);
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
    async send(letter) {
      const { message } = await transport.sendMail(write(letter, from));
      made ??= mkdir(folder, { recursive: true, mode: 0o700 });
      await made;
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID()}.eml`;
      if (!Buffer.isBuffer(message)) throw new TypeError('A mail is written in one piece.');
      const file = join(folder, name);
      await writeFile(file, message, { mode: 0o600 });
      options.written?.(file);
      return { type: 'sent' };
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

/** What nodemailer makes of it. The whole text of `to` is one address, whatever commas are in it. */
function write({ id, to, subject, text, html, unsubscribeUrl }: Letter, from: string) {
  return {
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    to: { name: '', address: to },
    messageId: `<${createHash('sha256').update(id).digest('base64url')}@${domainOf(from)}>`,
    headers: {
      // Programs that answer mail by themselves leave such mail alone (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl === undefined
        ? {}
        : {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
    },
  };
}

function domainOf(from: string): string {
  const [, domain = ''] = /@([\w.-]+)>?\s*$/.exec(from) ?? [];
  return domain === '' ? 'localhost' : domain;
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
