import { randomBytes } from 'node:crypto';
import { readSource } from '../../conversation/sources.js';
import { formatProblem } from '../../engine/problem.js';
import { openSegments } from '../../outreach/segments/segments.js';
import { readSequence } from '../../outreach/sequences/read-sequence.js';
import { withMessages } from '../messages/at-hand.js';
import { Refusal } from '../refusal.js';
import { write } from '../write.js';

/** `portevoix sequences create FILE`. */
export async function createSequence(file: string, { json }: { json?: boolean }): Promise<void> {
  const source = await readSource(file).catch(() => {
    throw new Refusal(`${file} cannot be read: name a YAML file.`);
  });
  await withMessages(async ({ compiled, connection, sequences }) => {
    await sequences.table.createIndexes();
    const { campaign, flows } = compiled;
    const segments = new Set(await openSegments(connection).names());
    const { sequence, problems } = readSequence(source, { campaign, flows, segments });
    const lines = problems.map((problem) => formatProblem(problem));
    if (sequence === undefined) throw new Refusal(lines.join('\n'));
    for (const line of lines) process.stderr.write(`${line}\n`);
    const { name } = sequence;
    const same = (await sequences.findAll()).find(({ definition }) => definition.name === name);
    if (same !== undefined) {
      throw new Refusal(
        `There is a sequence "${name}" already: portevoix sequences remove ${same._id}, or name this one otherwise.`,
      );
    }
    const id = `s${randomBytes(5).toString('hex')}`;
    await sequences.create(id, sequence, new Date());
    await write(
      json === true
        ? `${JSON.stringify({ id, name, state: 'active' })}\n`
        : `${id}\nActive: it follows up what happens from now on.\n`,
    );
  });
}
