import type { Command } from 'commander';
import { ACTIONS } from '../actions.js';
import { readSettings } from '../config.js';
import {
  answerAsStaff,
  closeHandoff,
  STAFF_TEXT_LIMIT,
  type StaffTurn,
} from '../conversation/answer-as-staff.js';
import type { FileRow } from '../supporters/files/files.js';
import { readSources } from '../conversation/sources.js';
import { staffWords, type StaffAnswer } from '../conversation/staff-words.js';
import { compile } from '../engine/compile.js';
import { describeWaiting, findWaiting, listWaiting, type Waiting } from '../supporters/inbox.js';
import type { JournalRow } from '../supporters/journal.js';
import { linesOf, type Line } from '../supporters/lines.js';
import type { SupporterRecord } from '../supporters/record.js';
import { referenceOf } from '../supporters/tell-staff.js';
import { drawFile } from './draw-file.js';
import { printable, printableJson } from './printable.js';
import { Refusal } from './refusal.js';
import { withPeople, type PeopleAtHand } from './with-people.js';
import { write } from './write.js';

/** Lines of a conversation shown unless all are asked for. */
const LATEST = 40;

type Options = { readonly json?: boolean };

/** `portevoix inbox`: those who asked for a person of the team, until there is a console. */
export function addInbox(program: Command): void {
  const inbox = program
    .command('inbox')
    .description('those who wait for a person of the team, the longest first')
    .option('--json', 'one JSON object a line')
    .enablePositionalOptions()
    .action(list);
  inbox
    .command('read')
    .description('what was said in a conversation')
    .argument('<reference>', 'as in the list, and in the mail to the team')
    .option('--all', `from the beginning, not the last ${LATEST} lines`)
    .option('--json', 'one JSON object a line')
    .action(read);
  inbox
    .command('reply')
    .description('answer; the assistant keeps quiet for a day after it')
    .argument('<reference>', 'as in the list')
    .argument('[text...]', 'what to say')
    .option(
      '--ready <name>',
      'one of the ready answers below "replies" in common.yaml, in their language',
    )
    .option('--json', 'print the outcome as JSON')
    .action(reply);
  inbox
    .command('close')
    .description('give the conversation back to the assistant')
    .argument('<reference>', 'as in the list')
    .option('--json', 'print the outcome as JSON')
    .action(close);
}

async function list(options: Options): Promise<void> {
  await withPeople(async ({ supporters }) => {
    const waiting = (await listWaiting(supporters)).flatMap(
      (record) => describeWaiting(record) ?? [],
    );
    if (options.json === true) {
      for (const one of waiting) await write(`${printableJson(one)}\n`);
    } else if (waiting.length === 0) {
      await write('Nobody waits for a person of the team.\n');
    } else {
      await write(waiting.map((one) => `${describe(one)}\n`).join(''));
    }
  });
}

function describe({ reference, since, language, channel, name, reason }: Waiting): string {
  const about = [language, channel, name, reason].filter((text) => text !== undefined);
  return printable(`${reference}  since ${since}  ${about.join(', ')}`);
}

async function read(reference: string, options: Options & { all?: boolean }): Promise<void> {
  await withPeople(async (people) => {
    const record = await findTheOne(people, reference);
    const most = options.all === true ? Infinity : LATEST;
    const files = await people.files.of(record);
    let latest: Line[] = [];
    const filesWith = ({ _id }: JournalRow): FileRow[] =>
      files.filter(({ entry }) => entry === _id);
    for await (const row of people.journal.ofSupporter(record)) {
      latest = [...latest, ...linesOf(row, filesWith(row))].slice(-most);
    }
    for (const line of latest) {
      await write(`${options.json === true ? printableJson(line) : drawLine(line)}\n`);
    }
  });
}

function drawLine({ at, by, what, files = [] }: Line): string {
  const said =
    typeof what === 'object' && what !== null && 'said' in what && typeof what['said'] === 'string'
      ? what['said']
      : JSON.stringify(what);
  return `${at.slice(0, 16).replace('T', ' ')}  ${by}: ${[printable(said), ...files.map(drawFile)].join('\n    ')}`;
}

async function reply(
  reference: string,
  words: string[],
  options: Options & { readonly ready?: string },
  command: Command,
): Promise<void> {
  const text = words.join(' ').trim();
  if (text === '' && options.ready === undefined) {
    command.error('error: there is nothing to say: give the words, or --ready and a name', {
      exitCode: 2,
    });
  }
  if (text !== '' && options.ready !== undefined) {
    throw new Refusal('Say either words of your own or a ready answer.');
  }
  if (text.length > STAFF_TEXT_LIMIT) {
    throw new Refusal(`An answer has ${STAFF_TEXT_LIMIT} characters at most: send it in two.`);
  }
  const { flowsDir, localesDir } = readSettings();
  const { common, campaign } = compile(await readSources(flowsDir, localesDir), ACTIONS);
  const answer: StaffAnswer =
    options.ready === undefined ? { type: 'free', text } : { type: 'ready', name: options.ready };
  const take = (record: SupporterRecord, at: Date, owner: string): StaffTurn => {
    const said = staffWords({ common, campaign }, record, answer, at.getTime());
    switch (said.type) {
      case 'words':
        return answerAsStaff(record, { text: said.text, content: said.content, at, owner });
      case 'unknown':
        throw new Refusal(
          `There is no ready answer "${options.ready}"; there are: ${said.names.join(', ')}.`,
        );
      case 'withheld':
        throw new Refusal(
          `${said.refusal.reason}. Until then say one of the ready answers with --ready: ${said.names.join(', ')}.`,
        );
      default:
        return said satisfies never;
    }
  };
  await change(reference, take, {
    ...options,
    done: { answered: true },
    sentence: 'The answer is on its way: a running server sends it within seconds.',
  });
}

async function close(reference: string, options: Options): Promise<void> {
  await change(reference, closeHandoff, {
    ...options,
    done: { closed: true },
    sentence: 'The assistant has the conversation again.',
  });
}

async function change(
  reference: string,
  take: (record: SupporterRecord, at: Date, owner: string) => StaffTurn,
  told: Options & { readonly done: Readonly<Record<string, true>>; readonly sentence: string },
): Promise<void> {
  await withPeople(async (people) => {
    const { _id } = await findTheOne(people, reference);
    const turn = await people.write<StaffTurn>(_id, undefined, (record) => {
      const taken = take(record, new Date(), people.owner);
      return taken.type === 'done' ? { record: taken.record, answer: taken } : { answer: taken };
    });
    if (turn?.type === 'busy') {
      throw new Refusal('Too much is still on its way to this person: try again in a minute.');
    }
    if (turn?.type !== 'done') throw new Refusal(NOBODY);
    const line = printableJson({ reference: referenceOf(_id), ...told.done });
    await write(`${told.json === true ? line : told.sentence}\n`);
  });
}

const NOBODY = 'Nobody waits under that reference (any more): portevoix inbox lists those who do.';

async function findTheOne(
  { supporters }: PeopleAtHand,
  reference: string,
): Promise<SupporterRecord> {
  const found = await findWaiting(supporters, reference);
  const [only] = found;
  if (only === undefined) throw new Refusal(NOBODY);
  if (found.length === 1) return only;
  const ids = found.map(({ _id }) => `  ${_id}`);
  throw new Refusal(['Several references begin so; name one in full:', ...ids].join('\n'));
}
