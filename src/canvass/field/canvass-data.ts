import type { PersonalData } from '../../supporters/privacy/personal-data.js';
import { letGo } from '../turf/release-turf.js';
import { withoutNotices } from '../turf-notices.js';
import type { TurfRow, Turfs } from '../turfs.js';
import type { Visits } from '../visits.js';

/** Stands where the name of a canvasser stood who was erased: what they found at doors names nobody. */
export const ERASED = 'erased';
const ATTEMPTS = 60;

/** What is exported and erased with a canvasser or a leader. Doors stay done, but nobody did them. */
export function canvassData(turfs: Turfs, visits: Visits): PersonalData {
  return {
    name: 'canvassing',
    async exportOf(supporter) {
      const rows = await visits.table.find({ canvasser: supporter }, { sort: { at: 1 } });
      const led = await turfs.table.find({
        $or: [{ canvassers: supporter }, { leader: supporter }],
      });
      return {
        visits: rows.map(({ door, result, note, at, from }) => ({
          door,
          result,
          ...(note === undefined ? {} : { note }),
          at: at.toISOString(),
          ...(from === undefined ? {} : { from: { lat: from.lat, lon: from.lon } }),
        })),
        turfs: led.map(({ name }) => name),
      };
    },
    async erase(supporter) {
      const $or = [
        { canvassers: supporter },
        { leader: supporter },
        { reserved_for: supporter },
        { 'doors.held_by': supporter },
        { 'help.by': supporter },
        { 'stood.by': supporter },
        { 'notices.to': supporter },
        { 'news.outing': { $regex: `^${supporter}:` } },
      ];
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const rows = await turfs.table.find({ $or });
        if (rows.length === 0) break;
        for (const row of rows) {
          await turfs.table.replaceIf({ revision: row.revision }, without(row, supporter));
        }
      }
      await visits.table.set({ canvasser: supporter }, { canvasser: ERASED, outing: ERASED });
    },
  };
}

function without(turf: TurfRow, supporter: string): TurfRow {
  const {
    leader,
    reserved_for: reserved,
    help,
    news,
    stood,
    ...row
  } = withoutNotices(turf, supporter);
  const canvassers = row.canvassers.filter((one) => one !== supporter);
  return {
    ...row,
    ...(leader === undefined || leader === supporter ? {} : { leader }),
    ...(reserved === undefined || reserved === supporter ? {} : { reserved_for: reserved }),
    ...(help === undefined || help.by === supporter ? {} : { help }),
    ...(stood === undefined ? {} : { stood: stood.filter(({ by }) => by !== supporter) }),
    // An outing is named after whose it is.
    ...(news === undefined
      ? {}
      : { news: news.filter(({ outing }) => !outing.startsWith(`${supporter}:`)) }),
    canvassers,
    state: row.state === 'walked' && canvassers.length === 0 ? 'free' : row.state,
    doors: row.doors.map((door) => (door.held_by === supporter ? letGo(door) : door)),
    revision: row.revision + 1,
  };
}
