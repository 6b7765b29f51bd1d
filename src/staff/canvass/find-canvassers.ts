import type { Turfs } from '../../canvass/turfs.js';
import { consentNow } from '../../supporters/consents-now.js';
import { identitiesOf } from '../../supporters/identities.js';
import type { SupporterRecord } from '../../supporters/record.js';
import { readSearch, wordBeginning } from '../../supporters/search-words.js';
import type { Supporters } from '../../supporters/supporters.js';
import type { Volunteers } from '../../volunteers/volunteers.js';
import type { CanvasserRow } from '../api.js';
import { nameOf } from '../people/tell-supporter.js';
import { referenceOf } from '../../supporters/tell-staff.js';

const MOST = 20;
/** Canvassers looked through where nobody is named; whoever has more says a name. */
const APPROVED = 200;
/** Only those who agreed to help are offered. */
const WILLING = [
  consentNow('canvassing', undefined, 'given'),
  consentNow('volunteering', undefined, 'given'),
];

/**
 * Volunteers to whom a turf may be given: those approved as canvassers, the last ones first; or found by
 * name among all who agreed to volunteer.
 */
export async function findCanvassers(
  {
    supporters,
    roles,
    turfs,
  }: {
    readonly supporters: Pick<Supporters, 'table'>;
    readonly roles: Volunteers['roles'];
    readonly turfs: Turfs;
  },
  q: string,
): Promise<CanvasserRow[]> {
  const records = q.trim() === '' ? await approved() : await named();
  const ids = records.flatMap(identitiesOf);
  const [said, walked] = await Promise.all([
    roles.find({ supporter: { $in: ids }, role: 'canvasser' }),
    turfs.table.find({
      $or: [
        { canvassers: { $in: ids }, state: 'walked' },
        { reserved_for: { $in: ids }, state: { $ne: 'done' } },
      ],
    }),
  ]);
  return records.map((record) => {
    const its = identitiesOf(record);
    const role = said.find(({ supporter }) => its.includes(supporter));
    const turf = walked.find(
      ({ canvassers, reserved_for: reserved }) =>
        canvassers.some((id) => its.includes(id)) ||
        (reserved !== undefined && its.includes(reserved)),
    );
    const name = nameOf(record);
    const { commune_name: town } = record;
    return {
      id: record._id,
      name: name === '' ? referenceOf(record._id) : name,
      ...(town === undefined ? {} : { town }),
      state: role?.state ?? 'none',
      ...(turf === undefined ? {} : { turf: turf.name }),
    };
  });

  async function approved(): Promise<SupporterRecord[]> {
    const rows = await roles.find(
      { state: 'approved', role: 'canvasser' },
      { sort: { at: -1 }, limit: APPROVED },
    );
    const wanted = rows.map(({ supporter }) => supporter);
    const found = await supporters.table.find({
      $or: [{ _id: { $in: wanted } }, { merged_from: { $in: wanted } }],
    });
    const place = (record: SupporterRecord): number =>
      Math.min(
        ...identitiesOf(record)
          .map((id) => wanted.indexOf(id))
          .filter((at) => at >= 0),
      );
    return found
      .filter(({ erasing }) => erasing === undefined)
      .toSorted((one, other) => place(one) - place(other))
      .slice(0, MOST);
  }

  async function named(): Promise<SupporterRecord[]> {
    const words = readSearch(q).toSorted((one, other) => other.length - one.length);
    if (words.length === 0) return [];
    const rules = words.map(wordBeginning);
    return supporters.table.find(
      { $and: [...rules, { consents_now: { $in: WILLING } }, { erasing: { $exists: false } }] },
      { limit: MOST },
    );
  }
}
