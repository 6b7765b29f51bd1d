import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { Overdue } from '../supporters/privacy/retention.js';
import { ADDRESS, findOne } from './find-one.js';
import { Refusal } from './refusal.js';
import { withPeople } from './with-people.js';
import { write } from './write.js';

const DAY_MS = 86_400_000;

/** `portevoix privacy export|erase|retention`. */
export function addPrivacy(program: Command): void {
  const privacy = program
    .command('privacy')
    .description('what people may ask about their data, and how long it is kept');
  privacy
    .command('export')
    .description('write everything known of one person, as the link in the chat does')
    .argument('<address>', ADDRESS)
    .option('--json', 'as JSON (the default)')
    .action(exportOne);
  privacy
    .command('erase')
    .description('erase everything known of one person, for good')
    .argument('<address>', ADDRESS)
    .option('--yes', 'do not ask first')
    .option('--json', 'print the outcome as JSON')
    .action(eraseOne);
  privacy
    .command('retention')
    .description('remove what has been kept long enough; a running server does so by itself')
    .option('--dry-run', 'only count it')
    .option('--json', 'print the counts as JSON')
    .action(retain);
}

async function exportOne(address: string): Promise<void> {
  const { exportPerson } = await import('../supporters/privacy/export-person.js');
  await withPeople(async (people) => {
    const record = await findOne(people, address);
    if (record.erasing !== undefined) throw new Refusal('This person is being erased.');
    for await (const piece of exportPerson(record, people, new Date())) await write(piece);
  });
}

async function eraseOne(
  address: string,
  { yes, json }: { yes?: boolean; json?: boolean },
): Promise<void> {
  await withPeople(async (people) => {
    const { _id } = await findOne(people, address);
    if (yes !== true) await confirm();
    const erased = await people.erase(_id);
    if (!erased) throw new Refusal('Somebody else erased this person just now.');
    await write(
      json === true
        ? `${JSON.stringify({ id: _id, erased })}\n`
        : 'Erased. Only hashes stay, so that imports do not bring this person back.\n',
    );
  });
}

/** Asks at the terminal; where there is none, refuses. */
async function confirm(): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new Refusal('Nothing brings back what is erased: add --yes when you are sure.');
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      'Nothing brings back what is erased. Write ERASE to go on: ',
    );
    if (answer.trim().toUpperCase() !== 'ERASE') throw new Refusal('Nothing was erased.');
  } finally {
    terminal.close();
  }
}

async function retain({ dryRun, json }: { dryRun?: boolean; json?: boolean }): Promise<void> {
  const { createRetention } = await import('../supporters/privacy/retention.js');
  await withPeople(async (people) => {
    const { keepConversationsDays, keepProfilesDays } = people.settings;
    const retention = createRetention({
      ...people,
      conversationsMs: keepConversationsDays * DAY_MS,
      profilesMs: keepProfilesDays * DAY_MS,
      now: () => Date.now(),
    });
    const isDry = dryRun === true;
    const overdue = isDry ? await retention.count() : await removeAll(retention.removeSome);
    await write(json === true ? `${JSON.stringify(overdue)}\n` : describe(overdue, isDry));
  });
}

async function removeAll(removeSome: () => Promise<Overdue>): Promise<Overdue> {
  let all: Overdue = { profiles: 0, turns: 0, messages: 0, files: 0, mails: 0, merges: 0 };
  for (;;) {
    const some = await removeSome();
    if (Object.values(some).every((count) => count === 0)) return all;
    all = {
      profiles: all.profiles + some.profiles,
      turns: all.turns + some.turns,
      messages: all.messages + some.messages,
      files: all.files + some.files,
      mails: all.mails + some.mails,
      merges: all.merges + some.merges,
    };
    if (process.stderr.isTTY) process.stderr.write(`\r${JSON.stringify(all)}`);
  }
}

function describe(
  { profiles, turns, messages, files, mails, merges }: Overdue,
  isDry: boolean,
): string {
  return [
    isDry ? 'Kept longer than it should be:' : 'Removed:',
    `  ${profiles} people not heard of for too long`,
    `  ${turns} turns of conversations, but for what proves consents`,
    `  ${messages} messages that web pages showed`,
    `  ${files} files that people sent`,
    `  ${mails} notes that a mail was sent`,
    `  ${merges} ways back from merges of profiles`,
    '',
  ].join('\n');
}
