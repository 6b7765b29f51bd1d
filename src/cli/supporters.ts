import type { Command } from 'commander';
import type { Merging, MergeRefusal } from '../supporters/merge/merge-supporters.js';
import type { MergeRow } from '../supporters/merge/merges.js';
import { ADDRESS, findOne } from './find-one.js';
import { printable, printableJson } from './printable.js';
import { Refusal } from './refusal.js';
import { withPeople, type PeopleAtHand } from './with-people.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };

/** Merges that are listed when nobody is named. */
const LATEST = 100;

/** `portevoix supporters duplicates|merge|unmerge|merges`: one person, one profile. */
export function addSupporters(program: Command): void {
  const supporters = program
    .command('supporters')
    .description('profiles that are one person: find them, merge them, take them apart again');
  supporters
    .command('duplicates')
    .description('those with one confirmed e-mail or one phone number; nothing is merged')
    .option('--json', 'one JSON object a line')
    .action(listDuplicates);
  supporters
    .command('merge')
    .description('make one profile of two; the first one’s answers count where they differ')
    .argument('<kept>', ADDRESS)
    .argument('<merged>', 'likewise')
    .option('--reason <words>', 'how you know that they are one person; kept with the merge')
    .option('--json', 'print the outcome as JSON')
    .action(mergeTwo);
  supporters
    .command('unmerge')
    .description('make two profiles of one again, each with what came by its own addresses since')
    .argument('<id>', 'the merge, from portevoix supporters merges')
    .option('--json', 'print the outcome as JSON')
    .action(unmergeOne);
  supporters
    .command('merges')
    .description('what was merged, when, and on what proof; the latest first')
    .argument('[address]', `of one person only: ${ADDRESS}`)
    .option('--json', 'one JSON object a line')
    .action(listMerges);
}

async function listDuplicates({ json }: Options): Promise<void> {
  const { findDuplicates } = await import('../supporters/merge/find-duplicates.js');
  await withPeople(async (people) => {
    const found = await findDuplicates(people.supporters);
    for (const { by, supporters } of found) {
      const ids = supporters.map((id) => `id:${id}`);
      await write(
        json === true
          ? `${JSON.stringify({ by, supporters })}\n`
          : `same ${by}  ${ids.join('  ')}\n`,
      );
    }
    if (found.length === 0 && json !== true) await write('Nobody seems to be known twice.\n');
  });
}

async function mergeTwo(
  one: string,
  other: string,
  { json, reason }: Options & { readonly reason?: string },
): Promise<void> {
  await withPeople(async (people) => {
    const [kept, merged] = [await findOne(people, one), await findOne(people, other)];
    const proof = { type: 'staff', ...(reason === undefined ? {} : { reason }) } as const;
    const merging = await openMerging(people);
    const outcome = await merging.merge(kept._id, merged._id, proof);
    if (outcome.type === 'refused') throw new Refusal(SENTENCES[outcome.reason]);
    const { id } = outcome;
    await write(
      json === true
        ? `${JSON.stringify({ id, kept: kept._id, merged: merged._id })}\n`
        : `Merged into id:${kept._id}. To undo it: portevoix supporters unmerge ${id}\n`,
    );
  });
}

async function unmergeOne(id: string, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const outcome = await (await openMerging(people)).unmerge(id);
    if (outcome.type === 'refused') throw new Refusal(SENTENCES[outcome.reason]);
    await write(
      json === true ? `${JSON.stringify({ id, undone: true })}\n` : 'Two people again.\n',
    );
  });
}

async function listMerges(address: string | undefined, { json }: Options): Promise<void> {
  await withPeople(async (people) => {
    const { merges } = people;
    const rows =
      address === undefined
        ? await merges.table.find({}, { sort: { at: -1 }, limit: LATEST })
        : await merges.of([(await findOne(people, address))._id]);
    for (const row of rows) {
      await write(json === true ? `${printableJson(shown(row))}\n` : `${describe(row)}\n`);
    }
  });
}

/** Without the profiles as they were, which are there to go back to. */
function shown({ _id: id, kept, merged, at, proof, undone_at }: MergeRow) {
  return { id, kept, merged, at, proof, ...(undone_at === undefined ? {} : { undone_at }) };
}

function describe({ _id, kept, merged, at, proof, undone_at: undone }: MergeRow): string {
  const reason = proof.type === 'staff' && proof.reason !== undefined ? `: ${proof.reason}` : '';
  const since = undone === undefined ? '' : `, undone ${undone.toISOString()}`;
  return printable(
    `${_id}  ${at.toISOString()}  id:${merged} into id:${kept}  (${proof.type}${reason}${since})`,
  );
}

async function openMerging(people: PeopleAtHand): Promise<Merging> {
  const { createMerging } = await import('../supporters/merge/merge-supporters.js');
  return createMerging({ ...people, now: () => Date.now() });
}

const SENTENCES: { readonly [reason in MergeRefusal]: string } = {
  unknown: 'There is no such merge any more: see portevoix supporters merges.',
  same: 'Both are one supporter already.',
  erasing: 'One of them is being erased.',
  busy: 'Something is still being sent to one of them: try again in a moment.',
  too_large: 'Both together know more than one profile may hold.',
  not_the_last: 'A later merge has to be undone first: see portevoix supporters merges.',
};
