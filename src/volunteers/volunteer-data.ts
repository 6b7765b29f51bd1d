import type { PersonalData } from '../supporters/privacy/personal-data.js';
import { eraseFrom } from './book.js';
import type { Volunteers } from './volunteers.js';

/**
 * What is exported and erased with a supporter. A place they had goes to whoever waits for one; a running
 * server tells them.
 */
export function volunteerData(
  { shifts, roles, news }: Volunteers,
  now: () => number,
): PersonalData {
  return {
    name: 'volunteering',
    async exportOf(supporter) {
      const own = await shifts.of([supporter]);
      const led = await shifts.table.find({ leader: supporter });
      return {
        shifts: own.flatMap(({ _id: shift, title, place, starts, ends, signups }) =>
          signups
            .filter((one) => one.supporter === supporter)
            .map(({ state, since, arrived_by: by }) => ({
              shift,
              title: { ...title },
              place: { ...place },
              starts: starts.toISOString(),
              ends: ends.toISOString(),
              state,
              since: since.toISOString(),
              ...(by === undefined ? {} : { arrived_by: by }),
            })),
        ),
        leads: led.map(({ _id }) => _id),
        roles: (await roles.find({ supporter })).map(({ role, state, at }) => ({
          role,
          state,
          at: at.toISOString(),
        })),
        told: (await news.find({ supporter })).map(({ kind, shift, state, due }) => ({
          kind,
          ...(shift === undefined ? {} : { shift }),
          state,
          at: due.toISOString(),
        })),
      };
    },
    async erase(supporter) {
      const own = await shifts.table.find({
        $or: [{ 'signups.supporter': supporter }, { leader: supporter }],
      });
      for (const { _id } of own) {
        await shifts.change(_id, (shift) => ({
          shift: eraseFrom(shift, supporter, now()),
          answer: undefined,
        }));
      }
      for (const table of [roles, news]) await table.remove({ supporter });
    },
  };
}
