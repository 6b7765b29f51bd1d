import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readCode, showCode } from '../../../src/channels/whatsapp/code-file.js';
import { findChromium } from '../../../src/channels/whatsapp/find-chromium.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-code-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a code is drawn for the operator alone, and goes when it was scanned', () => {
  expect(readCode(folder)).toBeUndefined();
  showCode(folder, undefined);
  showCode(folder, '2@first');
  const first = readCode(folder);
  expect(first?.split('\n').length).toBeGreaterThan(10);
  expect(statSync(join(folder, 'whatsapp', 'code.txt')).mode & 0o077).toBe(0);
  showCode(folder, '2@another');
  expect(readCode(folder)).not.toBe(first);
  showCode(folder, undefined);
  expect(readCode(folder)).toBeUndefined();
});

test('the browser that is set counts, else one of the machine', () => {
  const on = (...places: string[]) => ({ has: (path: string) => places.includes(path) });
  expect(findChromium('/opt/mine', on('/opt/mine', '/usr/bin/chromium').has)).toBe('/opt/mine');
  expect(findChromium('/opt/mine', on('/usr/bin/chromium').has)).toBeUndefined();
  expect(findChromium(undefined, on('/usr/bin/google-chrome').has)).toBe('/usr/bin/google-chrome');
  expect(findChromium(undefined, on().has)).toBeUndefined();
});
