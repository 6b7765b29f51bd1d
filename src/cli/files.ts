import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { errorCode } from '../error-code.js';
import type { FileRow } from '../supporters/files/files.js';
import { tellFile } from '../supporters/files/tell-file.js';
import { referenceOf } from '../supporters/tell-staff.js';
import { drawFile } from './draw-file.js';
import { ADDRESS, findOne } from './find-one.js';
import { printableJson } from './printable.js';
import { Refusal } from './refusal.js';
import { withPeople, type PeopleAtHand } from './with-people.js';
import { write } from './write.js';

/** Files listed unless all of one person are asked for. */
const LATEST = 100;
/** Fewer signs of an id could mean too many files. */
const SHORTEST_ID = 6;

/** `portevoix files`: what supporters sent, for the team to look at. */
export function addFiles(program: Command): void {
  const files = program
    .command('files')
    .description('pictures and other files that people sent')
    .enablePositionalOptions();
  files
    .command('list', { isDefault: true })
    .description(`the last ${LATEST}, or all of one person, oldest first`)
    .option('--of <address>', ADDRESS)
    .option('--json', 'one JSON object a line')
    .action(list);
  files
    .command('save')
    .description('write a file to this folder, or under another name')
    .argument('<id>', 'as in the list, or its beginning')
    .argument('[file]', 'where to; what is there is never written over')
    .option('--json', 'print the outcome as JSON')
    .action(save);
}

async function list({ of, json }: { of?: string; json?: boolean }): Promise<void> {
  await withPeople(async (people) => {
    const rows = of === undefined ? await latest(people) : await ofOne(people, of);
    for (const row of rows) {
      const told = { ...tellFile(row), supporter: row.supporter };
      const line = `${told.at.slice(0, 16).replace('T', ' ')}  ${referenceOf(row.supporter)}  ${drawFile(told)}`;
      await write(`${json === true ? printableJson(told) : line}\n`);
    }
    if (rows.length === 0 && json !== true) await write('No files.\n');
  });
}

async function latest({ files }: PeopleAtHand): Promise<FileRow[]> {
  const rows = await files.table.find({}, { sort: { at: -1 }, limit: LATEST });
  return rows.reverse();
}

async function ofOne(people: PeopleAtHand, named: string): Promise<FileRow[]> {
  return people.files.of(await findOne(people, named));
}

async function save(
  id: string,
  to: string | undefined,
  { json }: { json?: boolean },
): Promise<void> {
  await withPeople(async (people) => {
    const row = await findFile(people, id);
    const bytes = row.refused === undefined ? await people.files.read(row._id) : undefined;
    if (bytes === undefined)
      throw new Refusal(`This file was not kept: ${drawFile(tellFile(row))}`);
    const path = to ?? row.name;
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
      throw new Refusal(`${path} is there already: name another file.`);
    }
    const outcome = printableJson({ id: row._id, path, size: bytes.length });
    await write(`${json === true ? outcome : `Written to ${path}.`}\n`);
  });
}

/** The one file whose id begins so. */
async function findFile({ files }: PeopleAtHand, begins: string): Promise<FileRow> {
  const wanted = begins.trim().toLowerCase();
  const isId = /^[\da-f]+$/.test(wanted) && wanted.length >= SHORTEST_ID;
  const found = isId
    ? await files.table.find({ _id: { $gte: wanted, $lt: `${wanted}g` } }, { limit: 2 })
    : [];
  const [only] = found;
  if (only === undefined) throw new Refusal('No file has that id: portevoix files lists them.');
  if (found.length > 1)
    throw new Refusal('Several files have ids that begin so; write more of it.');
  return only;
}
