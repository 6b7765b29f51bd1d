import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findSecretKey } from '../src/secrets.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-secrets-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('a key is made once, for its owner alone, and found again', () => {
  const key = findSecretKey(folder, undefined);
  expect(key).toHaveLength(43);
  expect(findSecretKey(folder, undefined)).toBe(key);
  expect(readdirSync(folder)).toEqual(['secret.key']);
  expect(statSync(join(folder, 'secret.key')).mode & 0o077).toBe(0);
});

test('a file that a crash left without its key is refused, not signed with', () => {
  writeFileSync(join(folder, 'secret.key'), '');
  expect(() => findSecretKey(folder, undefined)).toThrow(/secret\.key holds no key/);
});
