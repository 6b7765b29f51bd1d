import { expect, test } from '@jest/globals';
import { exportSupporters } from '../../src/supporters/exchange/export-supporters.js';
import { createSigner } from '../../src/sign.js';
import { openStore } from '../../src/store/connection.js';
import { openAddresses } from '../../src/supporters/addresses.js';
import { writeToken } from '../../src/supporters/signed-link.js';
import { openSupporters } from '../../src/supporters/supporters.js';
import { until } from '../conversation/rights-campaign.js';
import { startSmtp } from '../mail/smtp.js';
import { launch } from './launch.js';
import { openVisitor } from './visitor.js';

const SECRET = 'a secret of the test that is long enough';
const FRENCH = { 'accept-language': 'fr' };
const DAY = 86_400_000;

test('an address is confirmed by the link in its mail, and silenced by one click', async () => {
  const smtp = await startSmtp('a password');
  const launched = await launch({
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Valbrume en commun <bonjour@valbrume.example>',
    SECRET_KEY: SECRET,
  });
  const store = await openStore({ dataDir: launched.dataDir, lasting: false });
  const supporters = openSupporters(store.connection);
  const addresses = openAddresses(store.connection, supporters);
  const rows: Rows = () => exportSupporters(supporters, addresses);
  try {
    const visitor = await openVisitor(launched.url);
    await visitor.say('oui');
    await visitor.say('lea@exemple.org');
    await until(() => smtp.received.length > 0);
    const [mail] = smtp.received;
    expect(mail?.to).toBe('lea@exemple.org');
    expect(mail?.head('from')).toBe('Valbrume en commun <bonjour@valbrume.example>');
    expect(mail?.head('subject')).toBe('Confirmez votre adresse pour Valbrume en commun');
    expect(mail?.head('auto-submitted')).toBe('auto-generated');
    // Asked for by this very person: there is nothing to unsubscribe from.
    expect(mail?.head('list-unsubscribe')).toBeUndefined();
    const words = mail?.part('text/plain') ?? '';
    expect(words).toContain('les réponses à cette adresse ne sont pas lues');
    expect(words).toContain(`${launched.url}/?lang=fr`);
    const link = /http:\/\/\S+\/confirm\/[\w.-]+/.exec(words)?.[0] ?? '';
    expect(mail?.part('text/html')).toContain(`href="${link}"`);

    // Following the link changes nothing: programs that look at mail follow links too.
    const page = await fetch(link, { headers: FRENCH });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Oui, je confirme');
    expect((await profileIn(rows)).email_confirmed_at).toBeUndefined();

    const old = writeToken(
      createSigner(SECRET, 'confirmation links'),
      [(await profileIn(rows)).id, 'lea@exemple.org'],
      Date.now() - DAY,
    );
    for (const forged of [
      `${link}x`,
      link.replace(/confirm\/./, 'confirm/A'),
      `${launched.url}/confirm/a.b`,
      `${launched.url}/confirm/${old}`,
    ]) {
      expect((await fetch(forged)).status).toBe(410);
      expect((await fetch(forged, { method: 'POST' })).status).toBe(410);
    }
    expect((await profileIn(rows)).email_confirmed_at).toBeUndefined();

    const done = await fetch(link, { method: 'POST', headers: FRENCH });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('votre adresse est confirmée');
    const { email_confirmed_at: first } = await profileIn(rows);
    expect(first).toMatch(/^20\d\d-/);
    expect((await profileIn(rows)).addresses).toContainEqual({
      channel: 'email',
      address: 'lea@exemple.org',
      reachable: true,
    });
    // Confirmed once: the link pressed again changes nothing.
    await fetch(link, { method: 'POST' });
    expect((await profileIn(rows)).email_confirmed_at).toBe(first);

    await visitor.say('35000');
    await visitor.say('la santé');
    await visitor.waitFor((all) => all.some(({ text }) => /par e-mail/.test(text ?? '')));
    await visitor.say('oui');
    await visitor.waitFor((all) => all.some(({ text }) => /c’est noté/.test(text ?? '')));

    const signer = createSigner(SECRET, 'links to unsubscribe');
    const token = writeToken(signer, ['lea@exemple.org'], Date.now() + DAY);
    const unsubscribe = `${launched.url}/unsubscribe/${token}?lang=fr`;
    const asked = await fetch(unsubscribe);
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain('Oui, ne plus m’écrire');
    const strange = writeToken(
      createSigner('another', 'links to unsubscribe'),
      ['lea@exemple.org'],
      Date.now() + DAY,
    );
    expect(await oneClick(`${launched.url}/unsubscribe/${strange}`)).toBe(410);
    expect(await emailConsents(rows)).toMatchObject([{ given: true }]);

    // As a mail service does it: no cookie, no page, twice.
    expect(await oneClick(unsubscribe)).toBe(200);
    expect(await oneClick(unsubscribe)).toBe(200);
    const consents = await emailConsents(rows);
    expect(consents).toMatchObject([
      { purpose: 'newsletter', given: true },
      { purpose: 'engagement', given: false, version: 'link', source: 'unsubscribe' },
      { purpose: 'newsletter', given: false, version: 'link', source: 'unsubscribe' },
    ]);
    expect(launched.output()).not.toContain('lea@exemple.org');
  } finally {
    await store.close();
    await launched.remove();
    await smtp.close();
  }
}, 60_000);

async function oneClick(url: string): Promise<number> {
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  return (await fetch(url, { method: 'POST', body, redirect: 'error' })).status;
}

type Profile = {
  readonly id: string;
  readonly email_confirmed_at?: string;
  readonly addresses: readonly { readonly channel: string }[];
  readonly consents: readonly { readonly channel?: string; readonly given: boolean }[];
};

async function emailConsents(rows: Rows): Promise<Profile['consents']> {
  const { consents } = await profileIn(rows);
  return consents.filter(({ channel }) => channel === 'email');
}

type Rows = () => AsyncIterable<Profile>;

async function profileIn(rows: Rows): Promise<Profile> {
  for await (const row of rows()) return row;
  throw new Error('Nobody is known.');
}
