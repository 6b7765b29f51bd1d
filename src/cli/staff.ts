import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import { readSettings } from '../config.js';
import { writeEmail, type MemberRow } from '../staff/accounts/members.js';
import type { Role } from '../staff/api.js';
import { ROLES } from '../staff/permissions.js';
import type { StaffTables } from '../staff/staff-tables.js';
import { Refusal } from './refusal.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

type Options = { readonly json?: boolean };
type WithRole = Options & { readonly role: Role; readonly name?: string };

/** Characters of an e-mail address that can be meant. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** `portevoix staff`: who enters the console, and keys for programs. */
export function addStaff(program: Command): void {
  const staff = program
    .command('staff')
    .description('who enters the console, and keys by which programs call its API');
  const role = (): Option =>
    new Option('--role <role>', 'what they may do').choices([...ROLES]).makeOptionMandatory();
  staff
    .command('add')
    .description('print a one-time link that lets somebody join, or choose a new password')
    .argument('<email>', 'whose account it is')
    .addOption(role())
    .option('--name <name>', 'what the others call them')
    .option('--json', 'as JSON')
    .action(add);
  staff
    .command('token')
    .description('print a key for a program; it is shown this once')
    .addOption(role())
    .option('--name <name>', 'what it is for', 'command line')
    .option('--json', 'as JSON')
    .action(makeToken);
  staff
    .command('list')
    .description('everybody on the staff')
    .option('--json', 'one JSON object a line')
    .action(list);
}

async function add(given: string, { role, name, json }: WithRole): Promise<void> {
  const email = writeEmail(given);
  if (!EMAIL.test(email)) throw new Refusal(`"${given}" is no e-mail address.`);
  await withStaff(async ({ members, links }, now) => {
    const known = await members.byEmail(email);
    const row = known ?? (await invite(members, email, role, name, now));
    if (row.disabled_at !== undefined) {
      throw new Refusal('This account is disabled: an administrator can enable it in the console.');
    }
    if (row.role !== role) await members.change(row._id, (found) => ({ ...found, role }));
    const token = await links.make('join', row._id, now);
    const link = `${readSettings().publicUrl}/staff/join#${token}`;
    const shown = { id: row._id, email, role, link };
    await write(
      json === true ? `${JSON.stringify(shown)}\n` : `${link}\nIt is good once, for seven days.\n`,
    );
  });
}

async function invite(
  members: StaffTables['members'],
  email: string,
  role: Role,
  name: string | undefined,
  at: Date,
): Promise<MemberRow> {
  const [local = email] = email.split('@');
  const row: MemberRow = {
    _id: randomUUID(),
    revision: 1,
    email,
    name: name?.trim() ?? local,
    role,
    created_at: at,
  };
  if (await members.insert(row)) return row;
  throw new Refusal('Somebody else has just added this account: try again.');
}

async function makeToken({ role, name = '', json }: WithRole): Promise<void> {
  await withStaff(async ({ tokens }, now) => {
    const { row, token } = await tokens.make(name, role, now);
    await write(json === true ? `${JSON.stringify({ id: row._id, role, token })}\n` : `${token}\n`);
  });
}

async function list({ json }: Options): Promise<void> {
  await withStaff(async ({ members }) => {
    for (const row of await members.table.find({}, { sort: { created_at: 1 } })) {
      const joined = row.joined_at === undefined ? 'invited' : 'active';
      const state = row.disabled_at === undefined ? joined : 'disabled';
      const shown = { id: row._id, email: row.email, name: row.name, role: row.role, state };
      const line = `${row.email}  ${row.role}  ${state}  ${row.name}`;
      await write(`${json === true ? JSON.stringify(shown) : line}\n`);
    }
  });
}

/** A store that no server has opened yet has no index that keeps an e-mail unique. */
async function withStaff(work: (staff: StaffTables, now: Date) => Promise<void>): Promise<void> {
  await withPeople(async ({ staff }) => {
    for (const table of staff.indexed) await table.createIndexes();
    await work(staff, new Date());
  });
}
