import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readSettings, SettingsError } from '../src/config.js';
import { findSecretKey } from '../src/secrets.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('have a default for everything', () => {
    const settings = readSettings({}, folder);
    expect(settings).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: 'http://127.0.0.1:3000',
      dataDir: join(folder, 'data'),
      flowsDir: join(folder, 'flows'),
      localesDir: join(folder, 'locales'),
      localesGiven: false,
      flowsWatch: true,
      rateLimits: true,
      role: 'all',
    });
    expect(settings.mongodbUri).toBeUndefined();
  });

  test('come from .env, and the environment wins', () => {
    writeFileSync(join(folder, '.env'), 'PORT=4000\nHOST=0.0.0.0\n');
    expect(readSettings({ PORT: '5000' }, folder)).toMatchObject({ port: 5000, host: '0.0.0.0' });
  });

  test('count an empty value as absent', () => {
    expect(readSettings({ MONGODB_URI: '', PORT: '' }, folder).port).toBe(3000);
  });

  test('report every fault at once, and never a value', () => {
    const read = (): unknown =>
      readSettings(
        { PORT: 'many', SECRET_KEY: 'hunter2', MONGODB_URI: 'postgres://a:pass@b', ROLE: 'boss' },
        folder,
      );
    expect(read).toThrow(SettingsError);
    expect(read).toThrow(/PORT[^]*MONGODB_URI[^]*SECRET_KEY[^]*ROLE/);
    expect(read).not.toThrow(/hunter2|pass@b/);
  });
});

describe('webhooks', () => {
  const read = (text: string) => readSettings({ WEBHOOKS: text }, folder).webhooks;

  test('are named, each with its address', () => {
    const text = 'crm=https://crm.example.org/hook?a=b, map=http://127.0.0.1:4000/x,';
    expect([...read(text)]).toEqual([
      ['crm', 'https://crm.example.org/hook?a=b'],
      ['map', 'http://127.0.0.1:4000/x'],
    ]);
    expect(read('').size).toBe(0);
  });

  test('are reached over TLS or on this very machine, without a password in the address', () => {
    for (const wrong of [
      'crm=http://crm.example.org/',
      'crm=http://127.0.0.1.example.org/',
      'crm=http://169.254.169.254/',
      'crm=https://me:hunter2@crm.example.org/',
      'crm=ftp://crm.example.org/',
      'crm=file:///etc/passwd',
      'crm=//crm.example.org',
      'https://crm.example.org/',
      'Crm Two=https://crm.example.org/',
      'crm=https://a.example/,crm=https://b.example/',
    ]) {
      expect(() => read(wrong)).toThrow(/WEBHOOKS/);
      expect(() => read(wrong)).not.toThrow(/hunter2/);
    }
  });
});

describe('the secret key', () => {
  test('is generated once, for its owner alone', () => {
    const key = findSecretKey(folder, undefined);
    expect(key.length).toBeGreaterThanOrEqual(32);
    expect(findSecretKey(folder, undefined)).toBe(key);
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  });

  test('is the setting when there is one', () => {
    expect(findSecretKey(folder, 'x'.repeat(40))).toBe('x'.repeat(40));
  });
});

function faultsOf(settings: NodeJS.ProcessEnv): string {
  try {
    readSettings(settings, folder);
    return '';
  } catch (error) {
    return error instanceof SettingsError ? error.message : String(error);
  }
}

describe('WhatsApp', () => {
  const CLOUD = {
    WHATSAPP_TRANSPORT: 'cloud',
    WHATSAPP_I_ACCEPT_THE_POLICY: 'yes',
    WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
    WHATSAPP_ACCESS_TOKEN: 'EAAG-a-token-that-nobody-may-see',
    WHATSAPP_APP_SECRET: '0123456789abcdef0123456789abcdef',
    WHATSAPP_VERIFY_TOKEN: 'words-of-the-operator',
  };

  test('is off until a transport is chosen', () => {
    expect(readSettings({}, folder).whatsapp).toBeUndefined();
    const { WHATSAPP_TRANSPORT: _, ...rest } = CLOUD;
    expect(readSettings(rest, folder).whatsapp).toBeUndefined();
    expect(readSettings(CLOUD, folder).whatsapp).toMatchObject({ transport: 'cloud' });
  });

  test.each([['cloud'], ['web']])('by %s is refused until the policy is accepted', (transport) => {
    for (const said of ['', 'no', 'oui']) {
      const faults = faultsOf({
        ...CLOUD,
        WHATSAPP_TRANSPORT: transport,
        WHATSAPP_I_ACCEPT_THE_POLICY: said,
      });
      expect(faults).toMatch(/WHATSAPP_I_ACCEPT_THE_POLICY[^]*political parties/);
      expect(faults).toMatch(/1 fault/);
    }
  });

  test('names everything the Cloud API lacks, with the other faults and without a secret', () => {
    const faults = faultsOf({ WHATSAPP_TRANSPORT: 'cloud', PORT: 'many' });
    expect(faults).toMatch(/PORT[^]*I_ACCEPT_THE_POLICY[^]*PHONE_NUMBER_ID[^]*ACCESS_TOKEN/);
    expect(faults).toMatch(/APP_SECRET[^]*VERIFY_TOKEN/);
    const short = faultsOf({ ...CLOUD, WHATSAPP_ACCESS_TOKEN: 'hunter2' });
    expect(short).toMatch(/1 fault[^]*WHATSAPP_ACCESS_TOKEN/);
    expect(short).not.toContain('hunter2');
  });

  test('has a template with its account, or neither', () => {
    expect(faultsOf({ ...CLOUD, WHATSAPP_TEMPLATE: 'news' })).toMatch(/BUSINESS_ACCOUNT_ID/);
    expect(faultsOf({ ...CLOUD, WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398' })).toMatch(
      /WHATSAPP_TEMPLATE/,
    );
  });
});

describe('the Bot Framework', () => {
  const APP = {
    BOT_FRAMEWORK_APP_ID: '2F0C7F4E-5a41-4c1d-9a53-0d2b6f3f1a77',
    BOT_FRAMEWORK_APP_PASSWORD: 'a~client.secret-that-nobody-may-see',
  };
  const TENANT = { BOT_FRAMEWORK_TENANT_ID: '9b7a6c1e-1111-4222-8333-abcdefabcdef' };

  test('is off until there is an app, of one tenant or of any', () => {
    expect(readSettings({}, folder).botFramework).toBeUndefined();
    const appId = '2f0c7f4e-5a41-4c1d-9a53-0d2b6f3f1a77';
    const password = APP.BOT_FRAMEWORK_APP_PASSWORD;
    expect(readSettings(APP, folder).botFramework).toEqual({ appId, password });
    expect(readSettings({ ...APP, ...TENANT }, folder).botFramework).toEqual({
      appId,
      password,
      tenantId: TENANT.BOT_FRAMEWORK_TENANT_ID,
    });
  });

  test('names everything an app lacks, with the other faults', () => {
    expect(faultsOf({ ...TENANT, PORT: 'many' })).toMatch(
      /3 fault[^]*PORT[^]*BOT_FRAMEWORK_APP_ID[^]*BOT_FRAMEWORK_APP_PASSWORD[^]*client secret/,
    );
    const { BOT_FRAMEWORK_APP_ID } = APP;
    expect(faultsOf({ BOT_FRAMEWORK_APP_ID })).toMatch(/1 fault[^]*_APP_PASSWORD/);
    const half = { BOT_FRAMEWORK_APP_PASSWORD: APP.BOT_FRAMEWORK_APP_PASSWORD };
    expect(faultsOf(half)).toMatch(/1 fault[^]*_APP_ID/);
  });

  test('shows no secret of a setting that is wrong', () => {
    const faults = faultsOf({ BOT_FRAMEWORK_APP_ID: 'me', BOT_FRAMEWORK_APP_PASSWORD: 'hunter2' });
    expect(faults).toMatch(/2 fault[^]*_APP_ID[^]*_APP_PASSWORD/);
    expect(faults).not.toContain('hunter2');
  });
});
