import type { Campaign } from '../engine/campaign.js';
import type { Json } from '../engine/json.js';
import { isGiven } from '../supporters/consents-in-force.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SignupState, SupporterRecord } from '../supporters/record.js';
import {
  confirm,
  freePlaces,
  giveUp,
  isUpcoming,
  OVER_AFTER_MS,
  signUp,
  signupOf,
  type Acting,
  type Booked,
  type Person,
} from './book.js';
import { checkIn, EARLY_MS } from './check-in.js';
import { isSilentDuring } from './is-silent.js';
import { rankShifts } from './rank-shifts.js';
import type { RoleDesk } from './role-desk.js';
import type { Settling } from './settle-owed.js';
import type { Shift } from './shift.js';
import type { Shifts } from './shifts.js';
import { isActive, isExpected } from './signup-state.js';
import { roleFor } from './tasks.js';
import { factsOf, labelOf } from './tell-shift.js';
import { pointOf, volunteerOf } from './volunteer-of.js';
import type { VolunteerNewsRow } from './volunteer-news.js';

/** Shifts offered at once: more are not read on a phone. */
const MOST_OFFERS = 8;

/** One act of a flow, as its handler gets it. */
export type Asked = {
  readonly supporter: string;
  /** The same when it is done again after a crash. */
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
};
export type Given = { readonly [name: string]: Json };

export type ShiftDeskOptions = {
  readonly shifts: Shifts;
  readonly settling: Pick<Settling, 'change'>;
  readonly roles: Pick<RoleDesk, 'approvedOf' | 'isAsked' | 'askFor'>;
  readonly telling: {
    latest(ids: readonly string[], key: string): Promise<VolunteerNewsRow | undefined>;
  };
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  campaign(): Campaign;
  /** A shared word in a language: `volunteers.<key>`. */
  word(language: string, key: string): string;
  /** The link of a shift's calendar file, for this person. */
  calendarLink(supporter: string, shift: Shift): string;
  now(): number;
};

type Known = { readonly record: SupporterRecord; readonly person: Person };

/** What volunteers ask about shifts; each may be repeated under its key, and throws when it cannot be done. */
export function createShiftDesk(options: ShiftDeskOptions) {
  const { shifts, settling, roles, campaign, now } = options;

  async function find(supporter: string): Promise<Known> {
    const record = await options.find(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    return { record, person: { supporter: record._id, ids: identitiesOf(record) } };
  }

  async function agreed(supporter: string): Promise<Known> {
    const known = await find(supporter);
    if (!isGiven(known.record.consents, 'volunteering')) throw new Error('Nobody agreed to it.');
    return known;
  }

  function tell({ record }: Known, shift: Shift, state: string): Given {
    const calendar = options.calendarLink(record._id, shift);
    return { ...factsOf(shift, record.language, calendar), state };
  }

  async function getShift(asked: Asked['with'], name = 'shift'): Promise<Shift> {
    const id = textOf(asked[name]);
    const shift = id === undefined ? undefined : await shifts.table.get(id);
    if (shift === undefined) throw new Error('There is no such shift.');
    return shift;
  }

  /** Changes a shift for somebody, and tells of it. */
  async function act(
    known: Known,
    { key, with: asked }: Asked,
    how: (shift: Shift, act: Acting) => Booked,
    name = 'shift',
  ): Promise<Given> {
    const id = textOf(asked[name]) ?? '';
    const acting = { ...known.person, key, at: now() };
    const made = await settling.change<SignupState | undefined>(id, (before) => {
      const { shift, state } = how(before, acting);
      return { shift, answer: state };
    });
    if (made === undefined) throw new Error('There is no such shift.');
    return tell(known, made.shift, made.answer ?? 'declined');
  }

  /** Signs up, once the team approved whom the task needs. */
  async function take(known: Known, asked: Asked, name: string, from?: string): Promise<Given> {
    const shift = await shifts.recall(textOf(asked.with[name]) ?? '');
    if (shift === undefined) throw new Error('There is no such shift.');
    const role = roleFor(shift.task);
    if (role !== undefined && !(await roles.approvedOf(known.person.ids)).includes(role)) {
      await roles.askFor(known.person, [role]);
      return tell(known, shift, 'unapproved');
    }
    return act(known, asked, (before, acting) => signUp(before, acting, from), name);
  }

  return {
    /** `volunteer.offer_shifts` */
    async offer({ supporter, with: asked }: Asked): Promise<Given> {
      const { record, person } = await agreed(supporter);
      const at = now();
      const all = await shifts.upcoming(new Date(at));
      const own = all.filter((shift) => {
        const signup = signupOf(shift, person.ids);
        return signup !== undefined && signup.state !== 'declined';
      });
      const volunteer = {
        ...volunteerOf(record, asked),
        approved: await roles.approvedOf(person.ids),
        busy: own.filter(({ _id }) => _id !== asked['instead']),
      };
      const others = all.filter((shift) => !own.includes(shift));
      const offers = rankShifts(others, volunteer, at, (shift) =>
        isSilentDuring(campaign(), shift),
      ).slice(0, MOST_OFFERS);
      const full = options.word(record.language, 'full');
      const isAsked = offers.length === 0 && (await roles.isAsked(person.ids));
      return {
        options: offers.map(({ shift }) => ({
          value: shift._id,
          label: labelOf(shift, record.language, freePlaces(shift) > 0 ? undefined : full),
        })),
        state: offers.length > 0 ? 'some' : isAsked ? 'asked' : 'none',
      };
    },

    /** `volunteer.my_shifts` */
    async mine({ supporter }: Pick<Asked, 'supporter'>): Promise<Given> {
      const { record, person } = await find(supporter);
      const at = now();
      const waits = options.word(record.language, 'waits');
      const rows = (await shifts.of(person.ids)).flatMap((shift) => {
        const signup = signupOf(shift, person.ids);
        if (shift.state !== 'open' || shift.ends.getTime() + OVER_AFTER_MS <= at) return [];
        if (signup === undefined || !isActive(signup.state)) return [];
        const more = signup.state === 'invited' ? waits : undefined;
        return [{ value: shift._id, label: labelOf(shift, record.language, more) }];
      });
      return { options: rows.slice(0, MOST_OFFERS) };
    },

    /** `volunteer.shift` */
    async show({ supporter, with: asked }: Asked): Promise<Given> {
      const known = await find(supporter);
      const shift = await getShift(asked);
      return tell(known, shift, signupOf(shift, known.person.ids)?.state ?? 'none');
    },

    /** `volunteer.sign_up` */
    async signUp(asked: Asked): Promise<Given> {
      return take(await agreed(asked.supporter), asked, 'shift');
    },

    /** `volunteer.swap`: the place on `from` is given back once there is one on `to`. */
    async swap(asked: Asked): Promise<Given> {
      const known = await agreed(asked.supporter);
      const from = await getShift(asked.with, 'from');
      const own = signupOf(from, known.person.ids);
      // Done again after a crash, there is nothing to give back any more.
      const isHeld = own !== undefined && isActive(own.state) && isUpcoming(from, now());
      return take(known, asked, 'to', isHeld ? from._id : undefined);
    },

    /** `volunteer.confirm` */
    async confirm(asked: Asked): Promise<Given> {
      return act(await find(asked.supporter), asked, confirm);
    },

    /** `volunteer.cancel` */
    async cancel(asked: Asked): Promise<Given> {
      return act(await find(asked.supporter), asked, giveUp);
    },

    /** `volunteer.check_in` */
    async checkIn({ supporter, with: asked }: Asked): Promise<Given> {
      const { person } = await find(supporter);
      const at = now();
      const id = textOf(asked['shift']) ?? (await currentOf(person, at));
      if (id === undefined) return { state: 'not_signed_up' };
      const [code, location] = [textOf(asked['code']), pointOf(asked['location'])];
      const proof = {
        ...(code === undefined ? {} : { code }),
        ...(location === undefined ? {} : { location }),
      };
      const made = await settling.change(id, (shift) => checkIn(shift, person.ids, proof, at));
      return { state: made?.answer ?? 'not_signed_up' };
    },

    /** `volunteer.news` */
    async news({ supporter, key }: Asked): Promise<Given> {
      const known = await find(supporter);
      const row = await options.telling.latest(known.person.ids, key);
      if (row === undefined) throw new Error('There is nothing to tell.');
      const about = { kind: row.kind, shift: row.shift ?? '', role: row.role ?? '' };
      const shift = row.shift === undefined ? undefined : await shifts.table.get(row.shift);
      if (shift !== undefined) {
        const { state: _, ...facts } = tell(known, shift, '');
        return { ...about, ...facts };
      }
      return { ...about, title: '', when: '', where: '', map: '', calendar: '' };
    },
  };

  /** The shift of somebody that is on now, or begins within the hour. */
  async function currentOf({ ids }: Person, at: number): Promise<string | undefined> {
    const own = (await shifts.of(ids)).filter((shift) => {
      const signup = signupOf(shift, ids);
      const isOn =
        shift.starts.getTime() - EARLY_MS <= at && at < shift.ends.getTime() + OVER_AFTER_MS;
      return isOn && signup !== undefined && isExpected(signup.state);
    });
    return own[0]?._id;
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
