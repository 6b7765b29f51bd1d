import type { Table } from '../store/table.js';
import { identitiesOf } from '../supporters/identities.js';
import type { Reach, SupporterRecord } from '../supporters/record.js';
import type { StartFlow } from '../supporters/start-flow.js';
import { giveUp } from './book.js';
import type { Settling } from './settle-owed.js';
import type { Shifts } from './shifts.js';
import { isExpected } from './signup-state.js';
import type { VolunteerNewsKind, VolunteerNewsRow } from './volunteer-news.js';
import { roleRowId, type VolunteerRoleRow } from './volunteer-roles.js';

/** The flow that tells one thing at a time and asks what follows from it, and the one that only tells. */
export const SHIFT_NEWS = 'shift-news';
export const SHIFT_NOTES = 'shift-notes';

const FLOWS: Readonly<Record<VolunteerNewsKind, string>> = {
  place: SHIFT_NEWS,
  eve: SHIFT_NEWS,
  missed: SHIFT_NEWS,
  approved: SHIFT_NEWS,
  soon: SHIFT_NOTES,
  called_off: SHIFT_NOTES,
  not_approved: SHIFT_NOTES,
};

const MOST = 200;
/** A flow that did not ask by then what there is to tell is started again, */
const AGAIN_MS = 60_000;
/** so many times. */
const MOST_TRIES = 5;
/** Another thing is just being told, or stands open as a question. */
const BEHIND_MS = 5_000;
const QUESTION_MS = 30_000;

/** Whether somebody can be written to now, and where. */
export type MayTell =
  | { readonly type: 'reach'; readonly reach: Reach }
  /** Epoch milliseconds. */
  | { readonly type: 'wait'; readonly until: number }
  | { readonly type: 'none' };

export type TellVolunteersOptions = {
  readonly news: Table<VolunteerNewsRow>;
  readonly shifts: Pick<Shifts, 'table'>;
  readonly settling: Pick<Settling, 'change'>;
  readonly roles: Pick<Table<VolunteerRoleRow>, 'get'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** Asks consent, channels and the calendar, all as they are now. */
  mayTell(record: SupporterRecord): Promise<MayTell>;
  /** Starts a flow for somebody; with an id, once only. */
  readonly startFlow: StartFlow;
  report(error: unknown): void;
  now(): number;
};

/** Makes what tells volunteers of their shifts, each thing once, at an hour they may be written to. */
export function createVolunteerTelling(options: TellVolunteersOptions) {
  const { news, shifts, roles, now } = options;

  async function move(row: VolunteerNewsRow, next: Partial<VolunteerNewsRow>): Promise<boolean> {
    const { state, due } = row;
    return news.replaceIf({ state, due }, { ...row, ...next });
  }

  /** Whether what was to be told still holds. */
  async function isStillSo(row: VolunteerNewsRow): Promise<boolean> {
    const { kind } = row;
    if (kind === 'approved' || kind === 'not_approved') {
      const role =
        row.role === undefined ? undefined : await roles.get(roleRowId(row.role, row.supporter));
      return role?.state === (kind === 'approved' ? 'approved' : 'declined');
    }
    const shift = row.shift === undefined ? undefined : await shifts.table.get(row.shift);
    const signup = shift?.signups.find(({ n }) => n === row.signup);
    if (shift === undefined || signup === undefined) return false;
    switch (kind) {
      case 'place':
      case 'eve':
      case 'soon':
        return shift.state === 'open' && isExpected(signup.state);
      case 'missed':
        return signup.state === 'no_show';
      case 'called_off':
        return shift.state === 'cancelled';
      default:
        return kind satisfies never;
    }
  }

  /** Whoever cannot be told of the place they got keeps it from those who can. */
  async function passOn(row: VolunteerNewsRow, ids: readonly string[]): Promise<void> {
    if (row.kind !== 'place' || row.shift === undefined) return;
    const act = { supporter: row.supporter, ids, key: `untold ${row._id}`, at: now() };
    await options.settling.change(row.shift, (shift) => ({
      shift: giveUp(shift, act).shift,
      answer: undefined,
    }));
  }

  async function tell(row: VolunteerNewsRow): Promise<void> {
    const drop = async (): Promise<void> => void (await move(row, { state: 'dropped' }));
    const record = await options.find(row.supporter);
    if (record === undefined || record.erasing !== undefined) return drop();
    const ids = identitiesOf(record);
    if (!(await isStillSo(row))) return drop();
    if (now() >= row.expires.getTime()) {
      await passOn(row, ids);
      return drop();
    }
    // One thing at a time: another is being told just now, or asked about.
    const others = await news.find({ supporter: { $in: [...ids] }, state: 'starting' });
    const isTelling = others.some(({ _id, due }) => _id !== row._id && due.getTime() > now());
    if (isTelling) return void (await move(row, { due: new Date(now() + BEHIND_MS) }));
    const flow = FLOWS[row.kind];
    if (flow === SHIFT_NEWS && isOpen(record, flow, now())) {
      return void (await move(row, { due: new Date(now() + QUESTION_MS) }));
    }
    const may = await options.mayTell(record);
    if (may.type === 'none') {
      await passOn(row, ids);
      return drop();
    }
    if (may.type === 'wait') {
      const isTooLate = may.until >= row.expires.getTime();
      if (isTooLate) await passOn(row, ids);
      return isTooLate ? drop() : void (await move(row, { due: new Date(may.until) }));
    }
    const { tries = 0 } = row;
    if (tries >= MOST_TRIES) {
      await passOn(row, ids);
      return drop();
    }
    const due = new Date(now() + AGAIN_MS);
    if (!(await move(row, { state: 'starting', due, tries: tries + 1 }))) return;
    // Whichever of two starts asks first has it; the other finds nothing to tell.
    await options.startFlow(record._id, flow, `volunteer ${row._id} ${tries}`, may.reach);
  }

  return {
    /** Tells what is due; answers how many things were looked at. */
    async tellDue(): Promise<number> {
      const due = { state: { $in: ['due', 'starting'] }, due: { $lte: new Date(now()) } };
      const rows = await news.find(due, { sort: { due: 1 }, limit: MOST });
      for (const row of rows) await tell(row).catch((error: unknown) => options.report(error));
      return rows.length;
    },
    /** What the flow that was started for somebody has to tell; the same for the same act. */
    async latest(ids: readonly string[], key: string): Promise<VolunteerNewsRow | undefined> {
      const own = { supporter: { $in: [...ids] } };
      const [known] = await news.find({ ...own, key }, { limit: 1 });
      if (known !== undefined) return known;
      const rows = await news.find({ ...own, state: 'starting' }, { sort: { due: -1 }, limit: 1 });
      const [row] = rows;
      if (row === undefined) return undefined;
      const told = { key, state: 'told', due: new Date(now()) } as const;
      const taken = await news.set({ _id: row._id, state: 'starting' }, told);
      return taken === 1 ? { ...row, ...told } : undefined;
    },
  };
}

/** Whether a question of a flow still waits for this person's answer. */
function isOpen({ session }: SupporterRecord, flow: string, at: number): boolean {
  return session.frames.some((frame) => frame.flow === flow && (frame.expireAt ?? Infinity) > at);
}
