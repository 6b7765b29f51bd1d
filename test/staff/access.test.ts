import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { generateSync } from 'otplib';
import { browserOf, openStaff, PASSWORD, type Browser, type OpenStaff } from './open-staff.js';

let staff: OpenStaff;
beforeEach(async () => {
  staff = await openStaff();
});
afterEach(() => staff.close());

const signIn = (more: Readonly<Record<string, string>> = {}) =>
  staff.ask('POST /sign-in', { email: 'claire@exemple.fr', password: PASSWORD, ...more });

describe('the first administrator', () => {
  test('comes in by a link that works once, whatever its capitals', async () => {
    const token = await staff.firstToken();
    expect((await staff.ask('POST /join/look', { token })).body).toEqual({
      first: true,
      role: 'admin',
    });
    const other = await staff.firstToken();
    const join = (by: string, email: string) =>
      staff.ask('POST /join', { token: by, name: 'Claire', email, password: PASSWORD });
    const both = await Promise.all([
      join(token, 'claire@exemple.fr'),
      join(other, 'eve@exemple.fr'),
    ]);
    // Of two links, and of two who use them at once, one wins.
    expect(both.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    expect(await staff.tables.members.table.count({})).toBe(1);
    expect((await join(token, 'x@exemple.fr')).body.error.code).toBe('link_gone');
    expect((await staff.ask('POST /join/look', { token: other })).status).toBe(410);
  });

  test('must say an e-mail, and choose no password that is tried first', async () => {
    const token = await staff.firstToken();
    const join = (more: object) =>
      staff.ask('POST /join', { token, name: 'Claire', password: PASSWORD, ...more });
    expect((await join({})).body.error.fields).toEqual([{ path: 'email', message: 'is missing' }]);
    const email = 'claire@exemple.fr';
    expect((await join({ email, password: 'short' })).body.error.fields).toHaveLength(1);
    for (const password of ['motdepasse123', 'aaaaaaaaaaaa', email, 'Azertyuiop1!']) {
      expect((await join({ email, password })).body.error.code).toBe('guessable');
    }
    expect((await join({ email })).status).toBe(200);
  });
});

describe('a session', () => {
  test('begins with e-mail and password, in a cookie that scripts cannot read', async () => {
    await staff.begin();
    const answer = await signIn();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^portevoix_staff=[\w-]{43}; Max-Age=2592000; Path=\/staff; .*HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(await staff.tables.sessions.table.find({}))).not.toContain(
      browserOf(answer).cookie.split('=')[1],
    );
  });

  test('tells nobody whether an account exists', async () => {
    await staff.begin();
    const wrong = await signIn({ password: 'not this one' });
    const unknown = await signIn({ email: 'eve@exemple.fr' });
    expect([wrong.status, wrong.body]).toEqual([unknown.status, unknown.body]);
    const mailed = await staff.ask('POST /sign-in/mail', { email: 'eve@exemple.fr' });
    expect([mailed.body, staff.mails]).toEqual([{ sent: true }, []]);
  });

  test('is held off after too many tries, by account and by address', async () => {
    await staff.begin();
    staff.heldOff.add('account claire@exemple.fr');
    const refused = await signIn();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    expect((await signIn({ email: 'eve@exemple.fr' })).status).toBe(422);
    staff.heldOff.add('address 127.0.0.1');
    expect((await signIn({ email: 'eve@exemple.fr' })).status).toBe(429);
  });

  test('ends when one signs out, when nobody uses it, and from another browser', async () => {
    const first = await staff.begin();
    const second = browserOf(await signIn());
    const isIn = async (browser: Browser) =>
      (await staff.ask('GET /session', undefined, { browser })).status === 200;
    const { body } = await staff.ask('GET /account/sessions', undefined, { browser: second });
    expect(body.items).toHaveLength(2);
    const other = body.items.find(({ isThis }: { isThis: boolean }) => !isThis);
    await staff.ask(`DELETE /account/sessions/${other.id}`, {}, { browser: second });
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);
    const third = browserOf(await signIn());
    await staff.ask('POST /sign-out', {}, { browser: third });
    expect(await isIn(third)).toBe(false);
    staff.ahead(8 * 86_400_000);
    expect(await isIn(second)).toBe(false);
  });

  test('a new password ends the others', async () => {
    const first = await staff.begin();
    const second = browserOf(await signIn());
    const change = (current: string) =>
      staff.ask(
        'PUT /account/password',
        { current, password: 'trois ponts et un moulin' },
        { browser: second },
      );
    expect((await change('wrong')).body.error.code).toBe('wrong_password');
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await staff.ask('GET /session', undefined, { browser: first })).status).toBe(401);
    expect((await staff.ask('GET /session', undefined, { browser: second })).status).toBe(200);
    expect((await signIn()).status).toBe(422);
    expect((await signIn({ password: 'trois ponts et un moulin' })).status).toBe(200);
  });

  test('begins with a mailed link, once and within a quarter of an hour', async () => {
    await staff.begin();
    await staff.ask('POST /sign-in/mail', { email: 'CLAIRE@exemple.fr' });
    const token = staff.mails[0]?.url.split('#')[1];
    expect(staff.mails[0]).toMatchObject({ to: 'claire@exemple.fr', kind: 'sign_in' });
    expect((await staff.ask('POST /sign-in/link', { token })).status).toBe(200);
    expect((await staff.ask('POST /sign-in/link', { token })).status).toBe(410);
    await staff.ask('POST /sign-in/mail', { email: 'claire@exemple.fr' });
    staff.ahead(900_001);
    const late = staff.mails[1]?.url.split('#')[1];
    expect((await staff.ask('POST /sign-in/link', { token: late })).status).toBe(410);
  });
});

describe('a second factor', () => {
  async function turnOn(browser: Browser): Promise<string> {
    const begun = await staff.ask(
      'POST /account/second-factor',
      { password: PASSWORD },
      { browser },
    );
    const { secret, url, squares } = begun.body;
    expect(url).toContain('otpauth://totp/Valbrume:claire%40exemple.fr');
    expect(squares.length).toBe(squares[0].length);
    await staff.ask('PUT /account/second-factor', { code: codeOf(secret) }, { browser });
    return secret;
  }
  const codeOf = (secret: string) =>
    generateSync({ secret, epoch: Math.floor(staff.now() / 1_000) });

  test('is asked for at each sign-in, and each code is taken once', async () => {
    const browser = await staff.begin();
    const secret = await turnOn(browser);
    expect((await signIn()).body.error.code).toBe('code_needed');
    // The code that confirmed it was used.
    expect((await signIn({ code: codeOf(secret) })).body.error.code).toBe('wrong_code');
    staff.ahead(60_000);
    const code = codeOf(secret);
    const both = await Promise.all([signIn({ code }), signIn({ code })]);
    expect(new Set(both.map(({ status }) => status))).toEqual(new Set([200, 422]));
    expect((await signIn({ code: '000000' })).status).toBe(422);
    expect(JSON.stringify(await staff.tables.members.table.find({}))).not.toContain(secret);
  });

  test('is asked for with a mailed link too, which a wrong code leaves as it is', async () => {
    const secret = await turnOn(await staff.begin());
    await staff.ask('POST /sign-in/mail', { email: 'claire@exemple.fr' });
    const token = staff.mails[0]?.url.split('#')[1];
    const open = (code?: string) =>
      staff.ask('POST /sign-in/link', { token, ...(code === undefined ? {} : { code }) });
    expect((await open()).body.error.code).toBe('code_needed');
    expect((await open('000000')).body.error.code).toBe('wrong_code');
    staff.ahead(60_000);
    expect((await open(codeOf(secret))).status).toBe(200);
  });

  test('is removed with the password, or by a new link of an administrator', async () => {
    const browser = await staff.begin();
    await turnOn(browser);
    const wrong = { password: 'wrong' };
    expect(
      (await staff.ask('DELETE /account/second-factor', wrong, { browser })).body.error.code,
    ).toBe('wrong_password');
    const { body } = await staff.ask('GET /session', undefined, { browser });
    const renewed = await staff.ask(`POST /team/${body.id}/link`, {}, { browser });
    const token = renewed.body.link.split('#')[1];
    await staff.ask('POST /join', { token, name: 'Claire', password: PASSWORD });
    expect((await signIn()).status).toBe(200);
  });
});

describe('the audit log', () => {
  test('has who did what, the latest first and part by part, and no secret', async () => {
    const browser = await staff.begin();
    await signIn({ password: 'not this one at all' });
    await staff.ask(
      'POST /team',
      { email: 'tom@exemple.fr', name: 'Tom', role: 'agent' },
      { browser },
    );
    await staff.ask('PATCH /team/nobody', { role: 'agent' }, { browser });
    const { body } = await staff.ask('GET /audit?limit=2', undefined, { browser });
    expect(
      body.items.map(({ action, outcome }: { action: string; outcome: string }) => [
        action,
        outcome,
      ]),
    ).toEqual([
      ['readAudit', 'begun'],
      ['changeMember', 'refused'],
    ]);
    const rest = await staff.ask(`GET /audit?before=${encodeURIComponent(body.next)}`, undefined, {
      browser,
    });
    expect(rest.body.items.map(({ action }: { action: string }) => action)).toEqual([
      'inviteMember',
      'signInRefused',
      'signedIn',
      'joined',
    ]);
    const kept = JSON.stringify(await staff.tables.audit.table.find({}));
    for (const secret of [PASSWORD, 'not this one', 'tom@exemple.fr', browser.csrf]) {
      expect(kept).not.toContain(secret);
    }
  });
});
