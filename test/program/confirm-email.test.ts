import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { createMailer } from '../../src/mail.js';
import { exportSupporters } from '../../src/supporters/exchange/export-supporters.js';
import { openStore } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { freePort, launch } from './launch.js';
import { openVisitor } from './visitor.js';

test('an address given in the conversation is confirmed by the link in its mail, once pressed', async () => {
  const launched = await launch();
  try {
    const visitor = await openVisitor(launched.url);
    await visitor.say('oui');
    await visitor.say('lea@exemple.org');
    const mail = await findMail(join(launched.dataDir, 'mail'));
    expect(mail).toMatch(/^To: lea@exemple\.org$/m);
    expect(mail).toMatch(/^Subject: Confirmez votre adresse/m);
    const link = /http:\/\/\S+\/confirm\/[\w.-]+/.exec(mail)?.[0] ?? '';

    // Following the link changes nothing: programs that look at mail follow links too.
    const page = await fetch(link, { headers: { 'accept-language': 'fr' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Oui, je confirme');
    expect(await confirmedAt(launched.dataDir)).toBeUndefined();

    const done = await fetch(link, { method: 'POST', headers: { 'accept-language': 'fr' } });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('votre adresse est confirmée');
    expect(await confirmedAt(launched.dataDir)).toMatch(/^20\d\d-/);

    for (const forged of [
      `${link}x`,
      link.replace(/confirm\/./, 'confirm/A'),
      `${launched.url}/confirm/a.b`,
    ]) {
      expect((await fetch(forged)).status).toBe(410);
      expect((await fetch(forged, { method: 'POST' })).status).toBe(410);
    }
  } finally {
    await launched.remove();
  }
}, 60_000);

test('mail goes through a real SMTP server when one is set', async () => {
  const received: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (part: Buffer) => {
        text += part.toString();
      });
      stream.on('end', () => {
        received.push(text);
        done();
      });
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'Valbrume en commun <bonjour@valbrume.example>',
    dataDir: '/nowhere',
  });
  try {
    await mailer.send({ to: 'lea@exemple.org', subject: 'Été', text: 'Bonjour Léa' });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatch(/^From: Valbrume en commun <bonjour@valbrume\.example>$/m);
  } finally {
    mailer.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  // A server that is away is a failure that is told, never a mail that is lost in silence.
  const away = createMailer({
    smtpUrl: `smtp://127.0.0.1:${port}`,
    from: 'a@b.example',
    dataDir: '/',
  });
  expect(await away.send({ to: 'x@y.example', subject: 's', text: 't' })).toBe('refused');
  away.close();
});

test('mail is written to a folder of its own, for its owner alone, when no server is set', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'mail-'));
  try {
    const mailer = createMailer({ from: 'a@b.example', dataDir });
    await mailer.send({ to: 'lea@exemple.org', subject: 'Bonjour', text: 'Bonjour Léa' });
    expect(readdirSync(join(dataDir, 'mail'))).toHaveLength(1);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** The only mail of a folder, its lines joined as a mail program does. */
async function findMail(folder: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const [name] = readNames(folder);
    if (name !== undefined) {
      const text = readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '');
      return text.replace(/\r\n/g, '\n').replace(/=3D/g, '=');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('No mail was written.');
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function confirmedAt(dataDir: string): Promise<string | undefined> {
  const store = await openStore({ dataDir, lasting: false });
  try {
    const { connection } = store;
    const supporters = openSupporters(connection);
    const rows = exportSupporters(supporters, openAddresses(connection, supporters));
    for await (const row of rows) return row.email_confirmed_at;
    return undefined;
  } finally {
    await store.close();
  }
}
