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
