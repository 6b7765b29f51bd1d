import { z } from 'zod';
import {
  answerAsStaff,
  closeHandoff,
  STAFF_TEXT_LIMIT,
} from '../../conversation/answer-as-staff.js';
import type { RecordWriter } from '../../conversation/record-writer.js';
import { staffWords, type StaffAnswer } from '../../conversation/staff-words.js';
import type { Library } from '../../engine/flow.js';
import { findCurrent } from '../../supporters/find-current.js';
import { takeOver } from '../../supporters/handoff.js';
import type { People } from '../../supporters/open-people.js';
import type { SupporterRecord } from '../../supporters/record.js';
import type { ConversationView, NoteRow } from '../api.js';
import type { Members } from '../accounts/members.js';
import type { Assignments } from '../inbox/assignments.js';
import { describeConversation, tellNote } from '../inbox/describe-conversation.js';
import { listConversations } from '../inbox/list-conversations.js';
import type { Notes } from '../inbox/notes.js';
import { may } from '../permissions.js';
import { ApiRefusal, defineRoute, type Call, type Route } from '../route.js';
import { conversationRow, conversationView, noteRow } from './inbox-shapes.js';
import { DONE, id, NOTHING } from './inputs.js';
import { pageOf } from './supporter-shapes.js';

export type InboxOptions = {
  readonly people: Pick<People, 'supporters' | 'journal'>;
  readonly members: Members;
  readonly notes: Notes;
  readonly assignments: Assignments;
  library(): Library;
  write: RecordWriter['write'];
  /** Names this process in leases. */
  readonly owner: string;
  /** When somebody last wrote there, for networks that let us answer for some time only. */
  lastHeard(channel: string, address: string): Promise<number | undefined>;
  /** Sends at once what was written into outboxes, and feeds timers that are due. */
  hurry(): void;
  changed(supporter: string): void;
  now(): number;
};

const NOTE_SIGNS = 2_000;

/** Routes of the inbox: who waits, what staff need, and what they do. */
export function inboxRoutes(options: InboxOptions): Route[] {
  const { people, members, notes, assignments, library, now } = options;
  const { supporters } = people;

  async function find(wanted: string): Promise<SupporterRecord> {
    const record = await findCurrent(wanted, supporters.table);
    if (record === undefined || record.erasing !== undefined) {
      throw new ApiRefusal(404, 'not_found', 'There is no such conversation (any more).');
    }
    return record;
  }

  const look = async (record: SupporterRecord): Promise<ConversationView> =>
    describeConversation(options, record, now());

  async function change(
    wanted: string,
    make: (record: SupporterRecord, at: Date) => SupporterRecord | undefined,
  ): Promise<ConversationView> {
    const { _id } = await find(wanted);
    await options.write(_id, undefined, (record) => {
      const next = make(record, new Date(now()));
      return next === undefined ? { answer: false } : { record: next, answer: true };
    });
    options.hurry();
    options.changed(_id);
    return look(await find(_id));
  }

  async function reply(wanted: string, key: string, answer: StaffAnswer): Promise<void> {
    const { _id } = await find(wanted);
    type Outcome = 'done' | 'busy' | 'gone' | 'unknown' | { readonly withheld: string };
    const outcome = await options.write<Outcome>(_id, undefined, (found) => {
      if (found.erasing !== undefined) return { answer: 'gone' };
      // The same press again, because its answer was lost on the way.
      if (found.handoff?.answered === key) return { answer: 'done' };
      const at = new Date(now());
      const said = staffWords(library(), found, answer, at.getTime());
      if (said.type === 'unknown') return { answer: 'unknown' };
      if (said.type === 'withheld') return { answer: { withheld: said.refusal.reason } };
      const { text, content } = said;
      const held = takeOver(found, at);
      const turn = answerAsStaff(held, { text, content, at, owner: options.owner });
      if (turn.type === 'busy') return { answer: 'busy' };
      if (turn.type === 'not_waiting' || turn.record.handoff === undefined) {
        return { answer: 'gone' };
      }
      const handoff = { ...turn.record.handoff, answered: key };
      return { record: { ...turn.record, handoff }, answer: 'done' };
    });
    if (typeof outcome === 'object') {
      throw new ApiRefusal(409, 'silence', `${outcome.withheld}: say one of the ready answers.`);
    }
    switch (outcome) {
      case 'done':
        break;
      case 'busy':
        throw new ApiRefusal(409, 'busy', 'Too much is still on its way to this person.');
      case 'unknown':
        throw new ApiRefusal(404, 'not_found', 'There is no such ready answer.');
      case 'gone':
      case undefined:
        throw new ApiRefusal(404, 'not_found', 'There is no such conversation (any more).');
      default:
        outcome satisfies never;
    }
    options.hurry();
    options.changed(_id);
  }

  const about = (input: { readonly id: string }) => ({ supporter: input.id });

  return [
    defineRoute<'GET /inbox'>({
      type: 'json',
      key: 'GET /inbox',
      name: 'listConversations',
      summary:
        'Conversations: those who wait for a person, one’s own, or all; the first to look at first.',
      access: 'inbox.read',
      input: z.strictObject({
        view: z.enum(['waiting', 'mine', 'all']),
        q: z.string().max(200).exactOptional(),
        channel: z.string().max(40).exactOptional(),
        before: z.string().max(200).exactOptional(),
      }),
      output: pageOf(conversationRow),
      audit: () => ({}),
      handle: (input, call) => listConversations(options, { ...input, member: callerId(call) }),
    }),
    defineRoute<'GET /inbox/counts'>({
      type: 'json',
      key: 'GET /inbox/counts',
      name: 'countInbox',
      summary: 'How many conversations the team has, and how many are one’s own.',
      access: 'inbox.read',
      input: NOTHING,
      output: z.object({ waiting: z.number(), mine: z.number() }),
      audit: 'nothing',
      async handle(_input, call) {
        const [waiting, mine] = await Promise.all([
          supporters.table.count({ 'handoff.at': { $gt: new Date(0) } }),
          assignments.table.count({ member: callerId(call) }),
        ]);
        return { waiting, mine };
      },
    }),
    defineRoute<'GET /inbox/agents'>({
      type: 'json',
      key: 'GET /inbox/agents',
      name: 'listAgents',
      summary: 'Who of the team can look after a conversation.',
      access: 'inbox.read',
      input: NOTHING,
      output: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
      audit: 'nothing',
      async handle() {
        const rows = await members.table.find(
          { disabled_at: { $exists: false } },
          { sort: { created_at: 1 } },
        );
        const able = rows.filter(({ role }) => may(role, 'inbox.answer'));
        return { items: able.map(({ _id, name }) => ({ id: _id, name })) };
      },
    }),
    defineRoute<'GET /conversations/:id'>({
      type: 'json',
      key: 'GET /conversations/:id',
      name: 'viewConversation',
      summary: 'What staff need beside the words: who has it, ready answers, limits, notes.',
      access: 'inbox.read',
      input: z.strictObject({ id }),
      output: conversationView,
      audit: about,
      handle: async (input) => look(await find(input.id)),
    }),
    defineRoute<'POST /conversations/:id/take'>({
      type: 'json',
      key: 'POST /conversations/:id/take',
      name: 'takeConversation',
      summary: 'Takes the conversation over: the assistant keeps quiet.',
      access: 'inbox.answer',
      input: z.strictObject({ id }),
      output: conversationView,
      audit: about,
      async handle(input, call) {
        const record = await find(input.id);
        if (call.caller.type === 'person') {
          await assignments.assign(record, call.caller.id, call.at);
        }
        return change(input.id, takeOver);
      },
    }),
    defineRoute<'POST /conversations/:id/give-back'>({
      type: 'json',
      key: 'POST /conversations/:id/give-back',
      name: 'giveConversationBack',
      summary:
        'Gives the conversation back: the assistant says so and asks its open question again.',
      access: 'inbox.answer',
      input: z.strictObject({ id }),
      output: conversationView,
      audit: about,
      async handle(input) {
        await assignments.assign(await find(input.id), undefined, new Date(now()));
        return change(input.id, (record, at) => {
          const turn = closeHandoff(record, at);
          return turn.type === 'done' ? turn.record : undefined;
        });
      },
    }),
    defineRoute<'POST /conversations/:id/reply'>({
      type: 'json',
      key: 'POST /conversations/:id/reply',
      name: 'replyToConversation',
      summary: 'Answers in words of one’s own or with a ready answer; takes the conversation over.',
      access: 'inbox.answer',
      input: z
        .strictObject({
          id,
          key: z.string().min(8).max(80),
          text: z.string().trim().min(1).max(STAFF_TEXT_LIMIT).exactOptional(),
          ready: z.string().max(100).exactOptional(),
        })
        .refine(({ text, ready }) => (text === undefined) !== (ready === undefined), {
          error: 'needs either words or the name of a ready answer',
          path: ['text'],
        }),
      output: DONE,
      audit: about,
      async handle({ id: wanted, key, text = '', ready }) {
        await reply(
          wanted,
          key,
          ready === undefined ? { type: 'free', text } : { type: 'ready', name: ready },
        );
        return { done: true };
      },
    }),
    defineRoute<'PUT /conversations/:id/assigned'>({
      type: 'json',
      key: 'PUT /conversations/:id/assigned',
      name: 'assignConversation',
      summary: 'Gives the conversation to somebody of the team to look after, or to nobody.',
      access: 'inbox.answer',
      input: z.strictObject({ id, member: id.nullable() }),
      output: conversationView,
      audit: (input) => ({
        supporter: input.id,
        ...(input.member === null ? {} : { about: input.member }),
      }),
      async handle(input) {
        const record = await find(input.id);
        const member = input.member === null ? undefined : await members.get(input.member);
        if (input.member !== null && member === undefined) {
          throw new ApiRefusal(404, 'not_found', 'There is no such member.');
        }
        await assignments.assign(record, member?._id, new Date(now()));
        options.changed(record._id);
        return look(record);
      },
    }),
    defineRoute<'POST /conversations/:id/notes'>({
      type: 'json',
      key: 'POST /conversations/:id/notes',
      name: 'addNote',
      summary: 'Writes a note for the team; the supporter gets it only in a copy of their data.',
      access: 'inbox.answer',
      input: z.strictObject({ id, text: z.string().trim().min(1).max(NOTE_SIGNS) }),
      output: z.object({ note: noteRow }),
      audit: about,
      async handle(input, call): Promise<{ note: NoteRow }> {
        const { _id: supporter } = await find(input.id);
        const { caller, at } = call;
        const by = callerId(call);
        const name = caller.type === 'nobody' ? '' : caller.name;
        const row = await notes.add({ supporter, at, by, by_name: name, text: input.text });
        options.changed(supporter);
        return { note: tellNote(row) };
      },
    }),
    defineRoute<'DELETE /conversations/:id/notes/:note'>({
      type: 'json',
      key: 'DELETE /conversations/:id/notes/:note',
      name: 'removeNote',
      summary: 'Removes a note.',
      access: 'inbox.answer',
      input: z.strictObject({ id, note: id }),
      output: DONE,
      audit: about,
      async handle(input) {
        const record = await find(input.id);
        if (!(await notes.remove(record, input.note))) {
          throw new ApiRefusal(404, 'not_found', 'There is no such note.');
        }
        options.changed(record._id);
        return { done: true };
      },
    }),
  ];
}

function callerId({ caller }: Call): string {
  return caller.type === 'nobody' ? '' : caller.id;
}
