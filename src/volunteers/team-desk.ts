import { identitiesOf } from '../supporters/identities.js';
import type { SupporterRecord } from '../supporters/record.js';
import { arrive, freePlaces, OVER_AFTER_MS, waitingFor } from './book.js';
import type { Settling } from './settle-owed.js';
import type { Asked, Given } from './shift-desk.js';
import type { Shift, Signup } from './shift.js';
import type { Shifts } from './shifts.js';
import { isActive, isExpected } from './signup-state.js';
import { labelOf } from './tell-shift.js';

const MOST_SHIFTS = 8;

export type TeamDeskOptions = {
  readonly shifts: Pick<Shifts, 'table'>;
  readonly settling: Pick<Settling, 'change'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  /** A shared word in a language: `volunteers.<key>`. */
  word(language: string, key: string): string;
  now(): number;
};

/** What the leader of a shift asks about it; nobody else is told anything. */
export function createTeamDesk({ shifts, settling, find, word, now }: TeamDeskOptions) {
  async function leaderOf(supporter: string) {
    const record = await find(supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    return { language: record.language, ids: identitiesOf(record) };
  }

  async function led(ids: readonly string[], asked: Asked['with']): Promise<Shift> {
    const { shift: id } = asked;
    const shift = typeof id === 'string' ? await shifts.table.get(id) : undefined;
    if (shift?.leader === undefined || !ids.includes(shift.leader)) {
      throw new Error('Somebody else leads this shift, if there is one.');
    }
    return shift;
  }

  async function nameOf({ supporter }: Signup, place: number, language: string): Promise<string> {
    const record = await find(supporter);
    const { first_name: first, last_name: last } = record ?? {};
    if (first === undefined) return `${word(language, 'nameless')} ${place}`;
    return last === undefined ? first : `${first} ${last.slice(0, 1)}.`;
  }

  return {
    /** `volunteer.led_shifts` */
    async ledShifts({ supporter }: Pick<Asked, 'supporter'>): Promise<Given> {
      const { language, ids } = await leaderOf(supporter);
      const rows = await shifts.table.find(
        {
          leader: { $in: [...ids] },
          state: 'open',
          ends: { $gt: new Date(now() - OVER_AFTER_MS) },
        },
        { sort: { starts: 1 }, limit: MOST_SHIFTS },
      );
      return {
        options: rows.map((shift) => ({ value: shift._id, label: labelOf(shift, language) })),
      };
    },

    /** `volunteer.team` */
    async team({ supporter, with: asked }: Asked): Promise<Given> {
      const { language, ids } = await leaderOf(supporter);
      const shift = await led(ids, asked);
      const shown = shift.signups.filter(
        ({ state }) => isActive(state) || state === 'completed' || state === 'no_show',
      );
      const people = await Promise.all(
        shown.map(async (signup, index) => ({
          signup,
          name: await nameOf(signup, index + 1, language),
        })),
      );
      return {
        team: people
          .map(({ signup, name }) => `${name} – ${word(language, `states.${signup.state}`)}`)
          .join('\n'),
        options: people
          .filter(({ signup }) => isExpected(signup.state))
          .map(({ signup, name }) => ({ value: String(signup.n), label: name })),
        code: shift.code,
        people: shift.capacity - freePlaces(shift),
        waiting: waitingFor(shift),
      };
    },

    /** `volunteer.mark_present` */
    async markPresent({ supporter, with: asked }: Asked): Promise<Given> {
      const { ids } = await leaderOf(supporter);
      const { _id } = await led(ids, asked);
      const n = Number(asked['person']);
      const made = await settling.change(_id, (shift) => {
        const booked = arrive(shift, n, 'leader', now());
        return { shift: booked.shift, answer: booked.state };
      });
      return { state: made?.answer ?? 'declined' };
    },
  };
}
