import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FLOWS, LOCALES } from '../conversation/rights-campaign.js';
import { launch, type Launched } from '../program/launch.js';
import { runCommand, type Ran } from '../program/run-command.js';
import { openVisitor, type Visitor } from '../program/visitor.js';

let program: Launched;
beforeAll(async () => {
  program = await launch({ FLOWS_DIR: FLOWS, LOCALES_DIR: LOCALES });
}, 60_000);
afterAll(() => program?.remove());

/** Runs the built command beside the running server. */
function portevoix(...args: readonly string[]): Promise<Ran> {
  return runCommand(program.dataDir, args, { FLOWS_DIR: FLOWS });
}

async function json(...args: string[]): Promise<Record<string, unknown>[]> {
  const ran = await portevoix(...args, '--json');
  expect(ran).toMatchObject({ status: 0, err: '' });
  const lines = ran.out.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Somebody with an e-mail and the one phone number of the house. */
async function meet(email: string): Promise<Visitor> {
  const visitor = await openVisitor(program.url);
  for (const words of ['oui', email, '06 12 34 56 78']) await visitor.say(words);
  await visitor.waitFor((all) =>
    all.some(({ text }) => text?.includes('Que voulez-vous nous dire')),
  );
  return visitor;
}

describe('portevoix supporters', () => {
  test('proposes who may be one person, merges them on demand, and takes them apart', async () => {
    const [lea, tom] = [await meet('lea@exemple.org'), await meet('tom@exemple.org')];
    const before = await json('export', 'supporters');
    const ids = before.map(({ id }) => id);
    // Both wrote an address that nobody confirmed, and one number.
    expect(await json('supporters', 'duplicates')).toEqual([{ by: 'phone', supporters: ids }]);
    expect((await json('export', 'supporters')).length).toBe(2);

    const [merged] = await json(
      'supporters',
      'merge',
      `web:${lea.conversation}`,
      'tom@exemple.org',
      '--reason',
      'they said so\u001b[2J',
    );
    const id = String(merged?.['id']);
    expect(merged).toEqual({ id, kept: ids[0], merged: ids[1] });
    const both = await json('export', 'supporters');
    expect(both).toHaveLength(1);
    expect(both[0]).toMatchObject({
      id: ids[0],
      email: 'lea@exemple.org',
      addresses: expect.arrayContaining([
        expect.objectContaining({ address: lea.conversation }),
        expect.objectContaining({ address: tom.conversation }),
      ]),
    });
    expect(await json('supporters', 'duplicates')).toEqual([]);
    const [row] = await json('supporters', 'merges', 'lea@exemple.org');
    expect(row).toMatchObject({ id, proof: { type: 'staff', reason: 'they said so\u001b[2J' } });
    expect(row).not.toHaveProperty('before');
    const list = await portevoix('supporters', 'merges');
    expect(list.out).toContain(
      `id:${String(ids[1])} into id:${String(ids[0])}  (staff: they said so`,
    );
    expect(list.out).not.toContain('\u001b');

    // The server, which has met both, learns of it with the next thing either of them does.
    await tom.say('le banc cassé');
    await tom.waitFor((all) => all.some(({ text }) => text?.includes('Merci')));
    expect(await json('export', 'supporters')).toHaveLength(1);
    expect(await json('supporters', 'unmerge', id)).toEqual([{ id, undone: true }]);
    const apart = await json('export', 'supporters');
    expect(apart.map(({ email }) => email)).toEqual(['lea@exemple.org', 'tom@exemple.org']);
    expect(apart.map(({ fields }) => fields)).toEqual([{}, { remark: 'le banc cassé' }]);
  });

  test('refuses what cannot be, and says what can', async () => {
    const zoe = await meet('zoe@exemple.org');
    const address = `web:${zoe.conversation}`;
    const twice = await portevoix('supporters', 'merge', address, 'zoe@exemple.org');
    expect(twice).toMatchObject({ status: 1, out: '', err: 'Both are one supporter already.\n' });
    const nobody = await portevoix('supporters', 'merge', address, 'nobody@exemple.org');
    expect(nobody).toMatchObject({ status: 1, out: '' });
    const unknown = await portevoix('supporters', 'unmerge', 'nonsense');
    expect(unknown).toMatchObject({ status: 1, out: '' });
    expect(unknown.err).toMatch(/^There is no such merge/);
    expect((await portevoix('supporters', 'merge', address)).status).toBe(2);
  });
});
