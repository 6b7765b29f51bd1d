import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runCommand, type Ran } from '../program/run-command.js';

const PEOPLE = 240;
const KILLS = 2;

let folder: string;
let ran: Ran;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portevoix-rehearse-'));
  const args = ['--supporters', String(PEOPLE), '--kills', String(KILLS), '--faults', 'some'];
  const rates = ['--telegram-rate', '50'];
  const where = ['--channel', 'telegram', 'web', '--html', join(folder, 'report.html')];
  ran = await runCommand(folder, ['rehearse', ...args, ...rates, ...where, '--json']);
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a rehearsal with kills loses nothing, doubles nothing, and explains what is in doubt', () => {
  expect(ran.err).toBe('');
  const report: Report = JSON.parse(ran.out);
  expect(report).toMatchObject({ lost: 0, doubled: 0, uninvited: 0, kills: KILLS, passed: true });
  const { planned, sent, unknown, failed, skipped } = report;
  expect(planned).toBeGreaterThan(PEOPLE * 0.9);
  expect(sent + unknown + failed + skipped).toBe(planned);
  expect(unknown).toBeLessThanOrEqual(report.unknownAllowed);
  expect(report.doubted).toHaveLength(unknown);
  expect(Object.keys(report.channels).sort()).toEqual(['telegram', 'web']);
  expect(report.outages).toHaveLength(KILLS);
  expect(ran.status).toBe(0);
});

test('its page shows the same figures, with plots, and loads nothing', () => {
  const report: Report = JSON.parse(ran.out);
  const page = readFileSync(join(folder, 'report.html'), 'utf8');
  expect(page).toContain(`<td>${report.sent.toLocaleString('en')}</td>`);
  expect(page.match(/<svg/g)?.length).toBeGreaterThanOrEqual(2);
  expect(page).not.toMatch(/\bsrc=|<link|@import|<script/);
});

test('a wrong number is told, and nothing is begun', async () => {
  const wrong = await runCommand(folder, ['rehearse', '--supporters', 'many']);
  expect(wrong.status).toBe(2);
  expect(wrong.err).toContain('whole number');
});

type Report = {
  readonly planned: number;
  readonly sent: number;
  readonly unknown: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unknownAllowed: number;
  readonly doubted: readonly unknown[];
  readonly outages: readonly unknown[];
  readonly channels: object;
};
