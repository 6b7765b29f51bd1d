import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailer, type Mailer } from '../../src/mail/mailer.js';

let dataDir: string;
let mailer: Mailer;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'mail-'));
  mailer = createMailer({ from: 'Campaign <a@campaign.example>', dataDir });
});
afterEach(() => {
  mailer.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function written(): string[] {
  const folder = join(dataDir, 'mail');
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
}

/** The header of a mail, its folded lines joined. */
function headOf(mail: string | undefined): string[] {
  const head = (mail ?? '').split('\r\n\r\n')[0] ?? '';
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
}

describe('a mail written to the folder', () => {
  test('has no header but its own, whatever is in its subject or its address', async () => {
    await mailer.send({
      id: 's1:1.1',
      to: 'lea@exemple.org\r\nBcc: all@exemple.org',
      subject: 'Bonjour\r\nBcc: all@exemple.org\n\nBuy this',
      text: 'Bonjour',
    });
    const head = headOf(written()[0]);
    expect(head.filter((line) => /^bcc:/i.test(line))).toEqual([]);
    expect(head.filter((line) => /^subject:/i.test(line))).toHaveLength(1);
  });

  test('is told of by the name of its file', async () => {
    const told: string[] = [];
    const telling = createMailer({
      from: 'a@campaign.example',
      dataDir,
      written: (file) => told.push(file),
    });
    await telling.send({
      id: 's1:1.1',
      to: 'lea@exemple.org',
      subject: 's',
      text: 'The very link',
    });
    telling.close();
    expect(told.map((file) => readFileSync(file, 'utf8'))).toEqual(written());
    expect(told).toHaveLength(1);
  });

  test('goes to one address, whatever commas are in it', async () => {
    await mailer.send({
      id: 's1:1.1',
      to: 'lea@exemple.org, all@exemple.org',
      subject: 's',
      text: 't',
    });
    const to = headOf(written()[0]).find((line) => line.startsWith('To:'));
    expect(to).not.toMatch(/org,? *<?all@/);
  });

  test('is removed with its address, in capitals or beyond ASCII, and no other is', async () => {
    const long = `${'l'.repeat(60)}@${'exemple-'.repeat(7)}tres.long.exemple.org`;
    for (const to of ['Lea@Exemple.org', 'tom@exemple.org', 'zoé@exemplé.org', long]) {
      await mailer.send({
        id: `s1:${to}`,
        to,
        subject: 'Bonjour',
        text: `mail to tom@exemple.org or not`,
      });
    }
    expect(written()).toHaveLength(4);
    await mailer.removeTo('lea@exemple.org');
    await mailer.removeTo('zoé@exemplé.org');
    await mailer.removeTo(long);
    await mailer.removeTo('nobody@exemple.org');
    expect(written()).toHaveLength(1);
    expect(written()[0]).toMatch(/^To: tom@exemple\.org\r$/m);
  });

  test('need not be there to be removed', async () => {
    await mailer.removeTo('lea@exemple.org');
  });
});

describe('a mail through a server', () => {
  const mail = { id: 's1:1.1', to: 'lea@exemple.org', subject: 's', text: 't' };
  let server: Server;
  afterEach(() => {
    server.close();
  });

  /** A mail server that answers each line it is sent, and hangs up where there is no answer. */
  async function through(answer: (line: string) => string | undefined): Promise<Mailer> {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.write('220 ready\r\n');
      socket.on('data', (data: Buffer) => {
        for (const line of data.toString().split('\r\n').filter(Boolean)) {
          const said = answer(line);
          if (said === undefined) socket.destroy();
          else if (said !== '') socket.write(`${said}\r\n`);
        }
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const port = typeof bound === 'object' ? bound?.port : undefined;
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    return createMailer({ smtpUrl, from: 'a@campaign.example', dataDir });
  }

  test('is sent when the server took it', async () => {
    let inMail = false;
    const sending = await through((line) => {
      if (line === 'DATA') inMail = true;
      else if (inMail && line !== '.') return '';
      return line === 'DATA' ? '354 go on' : '250 fine';
    });
    expect(await sending.send(mail)).toEqual({ type: 'sent' });
    sending.close();
  });

  test.each([
    ['there is nobody of that address', 'RCPT', '550 nobody', 'unreachable'],
    ['the mailbox is full for now', 'RCPT', '452 later', 'throttled'],
    ['it is too much at once', 'MAIL', '421 slower', 'throttled'],
    ['we may not send as who we say', 'MAIL', '550 not you', 'misconfigured'],
    ['a password is asked for', 'RCPT', '530 who are you', 'misconfigured'],
    ['the mail itself is not wanted', 'DATA', '554 spam', 'rejected'],
  ])('is not sent when %s', async (_, command, answer, reason) => {
    const sending = await through((line) => (line.startsWith(command) ? answer : '250 fine'));
    expect(await sending.send(mail)).toMatchObject({ type: 'failed', reason });
    sending.close();
  });

  test('is for another time when the server is not there', async () => {
    const away = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.example', dataDir });
    expect(await away.send(mail)).toEqual({
      type: 'failed',
      reason: 'throttled',
      everybody: true,
    });
    away.close();
  });

  test('is in doubt when the connection is cut while it is taken', async () => {
    const sending = await through((line) => {
      if (line === 'DATA') return '354 go on';
      return /^(EHLO|MAIL|RCPT)/.test(line) ? '250 fine' : undefined;
    });
    expect(await sending.send(mail)).toEqual({ type: 'failed', reason: 'in_doubt' });
    sending.close();
  });
});

describe('the head of a mail', () => {
  const mail = { to: 'lea@exemple.org', subject: 's', text: 't' };
  const lineOf = (name: string, at = 0): string | undefined =>
    headOf(written()[at]).find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`));

  test('has one id for one mail, however often it is sent, which tells nothing of anybody', async () => {
    for (const id of ['3f2c71aa:7.1', '3f2c71aa:7.1', '3f2c71aa:7.2']) {
      await mailer.send({ ...mail, id });
    }
    const ids = written().map((_, at) => lineOf('Message-ID', at));
    expect(ids[0]).toMatch(/^Message-ID: <[\w-]{43}@campaign\.example>$/);
    expect(new Set(ids).size).toBe(2);
    expect(ids.join()).not.toContain('3f2c71aa');
  });

  test('says that nobody wrote it, so that machines do not answer', async () => {
    await mailer.send({ ...mail, id: 'a' });
    expect(lineOf('Auto-Submitted')).toBe('Auto-Submitted: auto-generated');
  });

  test('offers to unsubscribe with one click where there is something to unsubscribe from', async () => {
    const unsubscribeUrl = `https://campaign.example/unsubscribe/${'x'.repeat(120)}.${'y'.repeat(43)}?lang=fr`;
    await mailer.send({ ...mail, id: 'a', unsubscribeUrl });
    expect(lineOf('List-Unsubscribe')).toBe(`List-Unsubscribe: <${unsubscribeUrl}>`);
    expect(lineOf('List-Unsubscribe-Post')).toBe(
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    );
  });

  test('offers nothing of the kind elsewhere', async () => {
    await mailer.send({ ...mail, id: 'a' });
    expect(lineOf('List-Unsubscribe')).toBeUndefined();
    expect(lineOf('List-Unsubscribe-Post')).toBeUndefined();
  });
});
