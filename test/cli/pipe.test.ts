import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const CLI = join(__dirname, '../../dist/cli.js');

test('a command whose reader stops listening ends in silence', async () => {
  const command = spawn(process.execPath, [CLI, 'flows', 'diagram', 'welcome'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  command.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  command.stdout.destroy();
  const [code] = await once(command, 'close');
  expect({ code, said }).toEqual({ code: 0, said: '' });
});
