import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Message } from '../../../src/channels/channel.js';
import { freely } from '../freely.js';
import { ANSWER_URL, startEmail, UNSUBSCRIBE_URL, type RunningEmail } from './running-email.js';

const MESSAGE: Extract<Message, { type: 'text' }> = {
  id: 'm1',
  at: 0,
  type: 'text',
  text: 'Rendez-vous samedi place du Lavoir.',
  language: 'fr',
  bulk: true,
};

let email: RunningEmail;
beforeEach(async () => {
  email = await startEmail();
});
afterEach(() => email.close());

const send = (message: Message = MESSAGE) =>
  email.opened.channel.send('lea@exemple.org', message, freely);

describe('a message by e-mail', () => {
  test('says why it comes, that answers are not read, and how to answer and to get no more', async () => {
    expect(await send()).toEqual({ type: 'sent' });
    const [mail] = email.smtp.received;
    expect(mail?.to).toBe('lea@exemple.org');
    expect(mail?.head('subject')).toBe('Un message de Valbrume en commun');
    expect(mail?.head('list-unsubscribe')).toBe(`<${UNSUBSCRIBE_URL}>`);
    expect(mail?.head('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    for (const type of ['text/plain', 'text/html']) {
      const words = mail?.part(type).replaceAll('&amp;', '&') ?? '';
      expect(words).toContain('Rendez-vous samedi place du Lavoir.');
      expect(words).toContain('les réponses à cette adresse ne sont pas lues');
      expect(words).toContain('vous avez accepté les e-mails de Valbrume en commun');
      expect(words).toContain(ANSWER_URL);
      expect(words).toContain(UNSUBSCRIBE_URL);
    }
  });

  test('has the subject it is given, and the language of its reader', async () => {
    await send({ ...MESSAGE, subject: 'Saturday', language: 'en' });
    const [mail] = email.smtp.received;
    expect(mail?.head('subject')).toBe('Saturday');
    expect(mail?.part('text/plain')).toContain('Answer in the conversation');
    expect(mail?.part('text/html')).toContain('<html lang="en">');
  });

  test('is the same mail when it is sent again, and another one to somebody else', async () => {
    await send();
    await send();
    await email.opened.channel.send('tom@exemple.org', MESSAGE, freely);
    const ids = email.smtp.received.map((mail) => mail.head('message-id'));
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test('goes to nobody who did not confirm the address, or agreed to no e-mail any more', async () => {
    email.people.reader = 'nobody';
    expect(await send()).toEqual({ type: 'failed', reason: 'unreachable' });
    email.people.reader = 'silenced';
    expect(await send()).toEqual({ type: 'failed', reason: 'rejected' });
    expect(email.smtp.received).toEqual([]);
  });

  test('asks who reads it only when its turn has come', async () => {
    const asked: string[] = [];
    // The first holds the line; consent is withdrawn while the second waits behind it.
    const held = Array.from({ length: 60 }, (_, index) =>
      send({ ...MESSAGE, id: `m${index}` }).then((result) => asked.push(result.type)),
    );
    await new Promise((resolve) => setImmediate(resolve));
    email.people.reader = 'silenced';
    await Promise.all(held);
    expect(asked.filter((type) => type === 'failed').length).toBeGreaterThanOrEqual(10);
    expect(email.smtp.received.length + asked.filter((type) => type === 'failed').length).toBe(60);
  });

  test('holds the others up when the server is full, and not when one mailbox is', async () => {
    email.smtp.faults.push({ at: 'rcpt', code: 452 });
    await send();
    expect(email.pauses).toEqual([]);
    email.smtp.faults.push({ at: 'data', code: 451 });
    expect(await send()).toEqual({ type: 'failed', reason: 'throttled' });
    expect(email.pauses).toHaveLength(1);
    expect(email.pauses[0]).toBeGreaterThan(0);
  });

  test('tells the operator once that the server does not let us in, and again after it did', async () => {
    const refused = { at: 'auth', code: 535 } as const;
    email.smtp.faults.push(refused, refused);
    await send();
    await send();
    expect(email.told).toHaveLength(1);
    expect(email.told[0]).toContain('SMTP_URL');
    await send();
    email.smtp.faults.push(refused);
    await send();
    expect(email.told).toHaveLength(2);
  });
});
