import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Rehearsed } from './rehearsal.js';

/** What the reminder says, the same to everybody, so that the networks know it again. */
export const WORDS = {
  fr: 'Répétition : on vote demain, de 8 h à 20 h.',
  en: 'Rehearsal: the vote is tomorrow, from 8 to 20.',
} as const;

const ROOT = join(__dirname, '..', '..');

/** Copies the sample conversations into a folder; a rehearsal may be at night. */
export async function makeCampaign(folder: string): Promise<void> {
  for (const part of ['flows', 'locales']) {
    await cp(join(ROOT, part), join(folder, part), { recursive: true });
  }
  const file = join(folder, 'flows', 'campaign.yaml');
  const text = await readFile(file, 'utf8');
  if (!/^quiet_hours:/m.test(text)) await appendFile(file, '\nquiet_hours: none\n');
}

/** Writes the file of the reminder, due at once, and answers where. */
export async function writeReminder(
  folder: string,
  channels: readonly Rehearsed[],
  now: number,
): Promise<string> {
  const file = join(folder, 'reminder.yaml');
  const lines = [
    'name: Rehearsal',
    'purpose: vote',
    'content: neutral',
    'words:',
    `  fr: ${JSON.stringify(WORDS.fr)}`,
    `  en: ${JSON.stringify(WORDS.en)}`,
    `at: ${new Date(now).toISOString()}`,
    `channels: [${channels.join(', ')}]`,
    'frequency_cap: none',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
