import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PlannedChannel, Result } from './result.js';

const CLI = join(__dirname, '..', 'cli.js');
const run = promisify(execFile);

/** Creates the reminder and has it sent by the commands that staff use; answers what they promise. */
export async function planReminder(
  file: string,
  settings: Readonly<Record<string, string>>,
  folder: string,
): Promise<{ readonly id: string; readonly plan: Result['plan'] }> {
  const portevoix = async (...args: readonly string[]): Promise<unknown> => {
    const options = { cwd: folder, env: { ...settings }, maxBuffer: 1 << 24 };
    const { stdout } = await run(process.execPath, [CLI, ...args, '--json'], options);
    return JSON.parse(stdout);
  };
  const created = await portevoix('messages', 'create', file);
  const id = textOf(fieldOf(created, 'id'));
  const sent = await portevoix('messages', 'send', id);
  const channels: Record<string, PlannedChannel> = {};
  for (const [name, one] of Object.entries(Object(fieldOf(sent, 'channels')))) {
    channels[name] = {
      recipients: Number(fieldOf(one, 'recipients')),
      rate: Number(fieldOf(one, 'rate')),
      endsAt: Date.parse(textOf(fieldOf(one, 'endsAt'))),
    };
  }
  return { id, plan: { startsAt: Date.parse(textOf(fieldOf(sent, 'startsAt'))), channels } };
}

function fieldOf(of: unknown, name: string): unknown {
  return Object.entries(Object(of)).find(([key]) => key === name)?.[1];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error('The commands about messages answered something else than they should.');
}
