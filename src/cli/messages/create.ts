import { randomBytes } from 'node:crypto';
import { readSource } from '../../conversation/sources.js';
import { formatProblem } from '../../engine/problem.js';
import { newMessage } from '../../outreach/messages/messages.js';
import { readMessage } from '../../outreach/messages/read-message.js';
import { openSegments } from '../../outreach/segments/segments.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';
import { withMessages } from './at-hand.js';

/** `portevoix messages create FILE`. */
export async function createMessage(file: string, { json }: { json?: boolean }): Promise<void> {
  const source = await readSource(file).catch(() => {
    throw new Refusal(`${file} cannot be read: name a YAML file.`);
  });
  await withMessages(async ({ compiled, connection, messages }) => {
    const { campaign, flows } = compiled;
    const segments = new Set(await openSegments(connection).names());
    const { message, problems } = readMessage(source, { campaign, flows, segments });
    const lines = problems.map((problem) => formatProblem(problem));
    if (message === undefined) throw new Refusal(lines.join('\n'));
    for (const line of lines) process.stderr.write(`${line}\n`);
    const id = randomBytes(5).toString('hex');
    await messages.table.insert(newMessage(id, message, new Date()));
    await write(
      json === true
        ? `${JSON.stringify({ id, name: message.name, state: 'draft' })}\n`
        : `${id}\nA draft. Who would get it: portevoix messages plan ${id}\n`,
    );
  });
}
