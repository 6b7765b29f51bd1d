import { join } from 'node:path';
import type { Limits } from '../../../src/channels/channel.js';
import { answerAsStaff, closeHandoff } from '../../../src/conversation/answer-as-staff.js';
import type { Recording } from '../../../src/conversation/replay/take-up.js';
import { takeTurn } from '../../../src/conversation/take-turn.js';
import { compile, type SourceFile } from '../../../src/engine/compile.js';
import type { Event } from '../../../src/engine/event.js';
import type { Library } from '../../../src/engine/flow.js';
import { fold } from '../../../src/engine/fold.js';
import type { Json } from '../../../src/engine/json.js';
import { createLibrary } from '../../../src/engine/library.js';
import type { JournalRow } from '../../../src/supporters/journal.js';
import type { OutboxItem } from '../../../src/supporters/outbox-item.js';
import { newSupporter, type SupporterRecord } from '../../../src/supporters/record.js';
import { readSources } from '../../../src/conversation/sources.js';
import { compileFixtures, FIXTURE_ACTIONS } from '../../engine/fixture-library.js';

const NOON = Date.UTC(2030, 0, 1, 12);
/** How long after its time a timer goes off: the sweep looks every few seconds. */
const LATE_MS = 2_000;
/** Between two turns. */
const TURN_MS = 1_000;
const fixtures = join(__dirname, '..', '..', 'fixtures');
const LIMITS: Limits = {
  text: 4_000,
  buttons: 100,
  buttonLabel: 100,
  listRows: 0,
  listLabel: 0,
  oneMessageATurn: false,
};
const ACTIONS = [...FIXTURE_ACTIONS, { name: 'staff.handoff', arguments: {} }];

type WithoutOrigin<E> = E extends Event ? Omit<E, 'at' | 'channel'> : never;

/** Has a conversation by the very function of real turns, and keeps its journal. */
export type Recorder = {
  open(): void;
  say(text: string): void;
  choose(...values: string[]): void;
  happen(event: WithoutOrigin<Event>): void;
  /** The result of the action that is awaited. */
  returns(result?: { readonly [key: string]: Json }): void;
  pass(ms: number): void;
  reply(text: string): void;
  giveBack(): void;
  recording(): Recording;
};

const { rules } = compileFixtures();

export function createRecorder(library: Library, language = 'fr'): Recorder {
  let now = NOON;
  let record = newSupporter(
    's1',
    language,
    { channel: 'web', address: 'c1' },
    new Date(now + TURN_MS),
  );
  const rows: JournalRow[] = [];

  function keep(next: SupporterRecord, items: readonly OutboxItem[]): void {
    record = { ...next, outbox: [] };
    for (const item of items) {
      if (item.type !== 'journal') continue;
      // As the store gives it back.
      const entry = structuredClone(item.entry);
      rows.push({ _id: `s1:${entry.turn}`, supporter: 's1', ...entry });
    }
  }

  function happen(event: WithoutOrigin<Event>): void {
    now += TURN_MS;
    const reach = { channel: 'web', address: 'c1' };
    const incoming = { reach, event: { ...event, at: now, channel: 'web' } };
    const turn = takeTurn(library, record, incoming, LIMITS);
    if (turn.type === 'taken') keep(turn.record, turn.items);
  }

  const lastOf = <T>(find: (row: JournalRow) => T | undefined): T | undefined =>
    rows.map(find).findLast((found) => found !== undefined);

  return {
    happen,
    open: () => happen({ type: 'opened' }),
    say(text) {
      const rule = rules.get(fold(text));
      happen(rule === undefined ? { type: 'said', text } : { type: 'said', text, rule });
    },
    choose(...values) {
      const turn = lastOf(({ effects }) => {
        const asked = effects.findLast((one) => one.type === 'say' && one.question !== undefined);
        return asked?.type === 'say' ? asked.question?.turn : undefined;
      });
      happen({ type: 'chose', turn: turn ?? 0, values });
    },
    returns(result) {
      const act = lastOf(({ effects }) => {
        const last = effects.findLast((one) => one.type === 'act' && one.awaited);
        return last?.type === 'act' ? last.id : undefined;
      });
      if (act === undefined) return;
      happen({ type: 'returned', effect: act, ...(result === undefined ? {} : { result }) });
    },
    pass(ms) {
      const end = now + ms;
      for (let timers = 0; timers < 20; timers += 1) {
        const due = record.due?.getTime();
        if (due === undefined || due + LATE_MS > end) break;
        now = Math.max(now, due + LATE_MS);
        happen({ type: 'elapsed' });
      }
      now = Math.max(now, end);
    },
    reply(text) {
      const answer = answerAsStaff(record, { text, at: new Date(now), owner: 'test' });
      if (answer.type === 'done') keep(answer.record, answer.record.outbox);
    },
    giveBack() {
      const given = closeHandoff(record, new Date(now));
      if (given.type === 'done') record = given.record;
      happen({ type: 'elapsed' });
    },
    recording: () => ({ supporter: record, rows }),
  };
}

/** The fixture flows with some of their files changed; sessions may stand on what was before. */
export async function libraryWith(
  edits: { readonly [path: string]: (text: string) => string } = {},
): Promise<Library> {
  const read = await readSources(join(fixtures, 'flows'), join(fixtures, 'locales'), fixtures);
  const edit = (files: readonly SourceFile[]): SourceFile[] =>
    files.map(({ path, text }) => ({ path, text: edits[path]?.(text) ?? text }));
  const before = compile(read, ACTIONS);
  const after = compile({ ...read, flows: edit(read.flows), locales: edit(read.locales) }, ACTIONS);
  const errors = after.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return createLibrary({
    ...after,
    flows: after.flows.values(),
    older: (name, version) => {
      const flow = before.flows.get(name);
      return flow?.version === version ? flow : undefined;
    },
  });
}
