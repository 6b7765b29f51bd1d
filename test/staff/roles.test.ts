import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MAY, may, ROLES } from '../../src/staff/permissions.js';
import type { Route } from '../../src/staff/route.js';
import { domainRoutes } from './domain-routes.js';
import { browserOf, openStaff, type Browser, type OpenStaff } from './open-staff.js';

let staff: OpenStaff;
let tokens: Map<string, string>;
let browser: Browser;
beforeAll(async () => {
  staff = await openStaff(domainRoutes);
  browser = await staff.begin();
  tokens = new Map();
  for (const role of ROLES) tokens.set(role, await staff.tokenOf(role));
});
afterAll(() => staff.close());

/** What is asked with a body, and changes nothing. */
const ASKING = ['POST /flows/meaning', 'POST /flows/:name/preview'];

/** A call of a route with an input that is read by no route, so that nothing happens where it may. */
const poke = (route: Route, how: Parameters<OpenStaff['ask']>[2]) => {
  const [method = '', path = ''] = route.key.split(' ');
  const filled = path.replaceAll(/:\w+/g, 'nobody');
  const isReading = method === 'GET';
  return staff.ask(
    `${method} ${filled}${isReading ? '?unknown_to_all=1' : ''}`,
    isReading ? undefined : { unknown_to_all: 1 },
    how,
  );
};

describe('roles', () => {
  test('administrators may everything, and everybody else less', () => {
    for (const role of ROLES) {
      for (const permission of MAY[role]) expect(MAY.admin).toContain(permission);
      if (role !== 'admin') expect(MAY[role].length).toBeLessThan(MAY.admin.length);
    }
  });

  test.each(ROLES)('%s is refused every route outside its table, and no other', async (role) => {
    const poked = staff.routes.map(async (route) => ({
      route,
      answer: await poke(route, { token: tokens.get(role) }),
    }));
    for (const { route, answer } of await Promise.all(poked)) {
      const { status, body } = answer;
      const { access } = route;
      const isAllowed = access === 'anybody' || (access !== 'signed_in' && may(role, access));
      const told = `${role} ${route.key}: ${status} ${JSON.stringify(body)}`;
      if (isAllowed) expect([told, status]).toEqual([told, 400]);
      else expect([told, status, body.error.code]).toEqual([told, 403, 'forbidden']);
    }
  });

  test('whoever is not signed in is refused every route but the doors', async () => {
    for (const route of staff.routes) {
      const { status } = await poke(route, {});
      expect([route.key, status]).toEqual([route.key, route.access === 'anybody' ? 400 : 401]);
    }
    expect(staff.routes.filter(({ access }) => access === 'anybody').map(({ key }) => key)).toEqual(
      [
        'POST /sign-in',
        'POST /sign-in/mail',
        'POST /sign-in/link',
        'POST /join/look',
        'POST /join',
      ],
    );
  });

  test('a change of a session needs its own token, which no other page has', async () => {
    for (const route of staff.routes) {
      if (route.key.startsWith('GET ') || route.access === 'anybody') continue;
      const forged = { ...browser, csrf: `${browser.csrf}x` };
      const { status, body } = await poke(route, { browser: forged });
      expect([route.key, status, body.error.code]).toEqual([route.key, 403, 'csrf']);
    }
    for (const csrf of ['', 'forged']) {
      const answer = await staff.ask('POST /sign-out', {}, { browser: { ...browser, csrf } });
      expect(answer.body.error.code).toBe('csrf');
    }
    expect((await staff.ask('PATCH /account', { name: 'Claire' }, { browser })).status).toBe(200);
  });

  test('every change is in the audit log', () => {
    const silent = staff.routes.filter(({ audits }) => !audits).map(({ key }) => key);
    expect(silent.filter((key) => !key.startsWith('GET '))).toEqual(['POST /join/look', ...ASKING]);
  });

  test('a page of another site is refused, and so is what is no JSON', async () => {
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await staff.ask('GET /session', undefined, { browser, headers: foreign })).status).toBe(
      403,
    );
    const form = { 'content-type': 'text/plain' };
    expect((await staff.ask('POST /sign-in', {}, { headers: form })).status).toBe(415);
    expect((await staff.ask('GET /nowhere')).body.error.code).toBe('not_found');
  });

  test('a forged or ended key is nobody', async () => {
    const token = await staff.tokenOf('admin');
    expect((await staff.ask('GET /team', undefined, { token })).status).toBe(200);
    expect((await staff.ask('GET /team', undefined, { token: `${token}x` })).status).toBe(401);
    const { body } = await staff.ask('GET /tokens', undefined, { browser });
    await staff.ask(`DELETE /tokens/${body.items[0].id}`, {}, { browser });
    expect((await staff.ask('GET /team', undefined, { token })).status).toBe(401);
  });

  test('the OpenAPI document has every route, with what goes in and comes out', async () => {
    const { body } = await staff.ask('GET /openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { key, name } of staff.routes) {
      const [method = '', path = ''] = key.split(' ');
      const operation = body.paths[path.replaceAll(/:(\w+)/g, '{$1}')][method.toLowerCase()];
      expect(operation.operationId).toBe(name);
      expect(operation.responses['200'].content).toBeDefined();
    }
    expect(body.paths['/team'].post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['email', 'name', 'role'],
      properties: { role: { enum: [...ROLES] } },
    });
  });

  test('names of routes are unique', () => {
    const names = staff.routes.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

test('somebody who is given another role, or locked out, is so at once', async () => {
  const invited = await staff.ask(
    'POST /team',
    { email: 'tom@exemple.fr', name: 'Tom', role: 'agent' },
    { browser },
  );
  const { id } = invited.body.member;
  const token = invited.body.link.split('#')[1];
  const tom = browserOf(
    await staff.ask('POST /join', { token, name: 'Tom', password: 'un bateau dans la brume' }),
  );
  expect((await staff.ask('GET /team', undefined, { browser: tom })).status).toBe(403);
  await staff.ask(`PATCH /team/${id}`, { role: 'admin' }, { browser });
  expect((await staff.ask('GET /team', undefined, { browser: tom })).status).toBe(200);
  await staff.ask(`PATCH /team/${id}`, { disabled: true }, { browser });
  expect((await staff.ask('GET /team', undefined, { browser: tom })).status).toBe(401);
  const own = await staff.ask('GET /session', undefined, { browser });
  const last = await staff.ask(`PATCH /team/${own.body.id}`, { role: 'viewer' }, { browser });
  expect(last.body.error.code).toBe('last_administrator');
});
