import type { Json } from '../engine/json.js';
import type { Table } from '../store/table.js';
import { isGiven } from '../supporters/consents-in-force.js';
import { identitiesOf } from '../supporters/identities.js';
import type { SupporterRecord } from '../supporters/record.js';
import type { Person } from './book.js';
import { roleFor, TASKS, type Role } from './tasks.js';
import type { VolunteerNewsRow } from './volunteer-news.js';
import { roleRowId, type RoleState, type VolunteerRoleRow } from './volunteer-roles.js';

const DAY_MS = 86_400_000;
/** A decision that could not be told for so long is not told any more. */
const TOLD_WITHIN_MS = 7 * DAY_MS;
/** Times that a decision which others overtook is begun again. */
const MOST_TRIES = 10;

export type RoleDeskOptions = {
  readonly roles: Table<VolunteerRoleRow>;
  readonly news: Pick<Table<VolunteerNewsRow>, 'insert'>;
  /** The supporter, or whoever they were merged into since. */
  find(supporter: string): Promise<SupporterRecord | undefined>;
  now(): number;
};

/** Who may take the parts that need the team's approval. */
export type RoleDesk = {
  /** The action `volunteer.apply`. */
  apply(act: {
    readonly supporter: string;
    readonly with: { readonly [name: string]: Json };
  }): Promise<{ readonly state: RoleState | 'none' }>;
  approvedOf(ids: readonly string[]): Promise<readonly Role[]>;
  /** Whether the team still has to decide about somebody. */
  isAsked(ids: readonly string[]): Promise<boolean>;
  /** Asks the team for parts; one that was asked for or decided before stays as it is. */
  askFor(person: Person, roles: readonly Role[]): Promise<void>;
  /** Staff decide; false when it was decided so before. Whoever it is about is told once. */
  decide(person: Person, role: Role, state: 'approved' | 'declined'): Promise<boolean>;
  /** Tells of decisions whose process died before it could. */
  tellUntold(): Promise<void>;
};

export function createRoleDesk({ roles, news, find, now }: RoleDeskOptions): RoleDesk {
  const rowsOf = (ids: readonly string[]): Promise<VolunteerRoleRow[]> =>
    roles.find({ supporter: { $in: [...ids] } });

  async function askFor({ supporter, ids }: Person, wanted: readonly Role[]): Promise<void> {
    const known = await rowsOf(ids);
    for (const role of wanted) {
      if (known.some((row) => row.role === role)) continue;
      const _id = roleRowId(role, supporter);
      await roles.insert({
        _id,
        supporter,
        role,
        state: 'asked',
        revision: 1,
        at: new Date(now()),
      });
    }
  }

  async function tell(row: VolunteerRoleRow): Promise<void> {
    const { _id, supporter, role, state, revision } = row;
    await news.insert({
      _id: `${_id}:${revision}`,
      supporter,
      kind: state === 'approved' ? 'approved' : 'not_approved',
      role,
      state: 'due',
      due: new Date(now()),
      expires: new Date(now() + TOLD_WITHIN_MS),
    });
    const { untold: _, ...told } = row;
    await roles.replaceIf({ revision }, told);
  }

  return {
    async apply({ supporter, with: { tasks } }) {
      const record = await find(supporter);
      if (record === undefined) throw new Error('There is no such supporter.');
      if (!isGiven(record.consents, 'volunteering')) throw new Error('Nobody agreed to it.');
      const wanted = rolesFor(tasks ?? record.fields['tasks']);
      if (wanted.length === 0) return { state: 'none' };
      const person = { supporter: record._id, ids: identitiesOf(record) };
      await askFor(person, wanted);
      const rows = (await rowsOf(person.ids)).filter(({ role }) => wanted.includes(role));
      const state = (['asked', 'declined'] as const).find((one) =>
        rows.some((row) => row.state === one),
      );
      return { state: state ?? 'approved' };
    },
    async approvedOf(ids) {
      const rows = await rowsOf(ids);
      return rows.filter(({ state }) => state === 'approved').map(({ role }) => role);
    },
    isAsked: async (ids) => (await rowsOf(ids)).some(({ state }) => state === 'asked'),
    askFor,
    async decide(person, role, state) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const before = (await rowsOf(person.ids)).find((row) => row.role === role);
        if (before?.state === state) {
          if (before.untold) await tell(before);
          return false;
        }
        const next: VolunteerRoleRow = {
          _id: before?._id ?? roleRowId(role, person.supporter),
          supporter: before?.supporter ?? person.supporter,
          role,
          state,
          revision: (before?.revision ?? 0) + 1,
          at: new Date(now()),
          untold: true,
        };
        const isWritten =
          before === undefined
            ? await roles.insert(next)
            : await roles.replaceIf({ revision: before.revision }, next);
        if (!isWritten) continue;
        await tell(next);
        return true;
      }
      throw new Error('Too many writers at once for one part.');
    },
    async tellUntold() {
      for (const row of await roles.find({ untold: true }, { limit: 100 })) await tell(row);
    },
  };
}

function rolesFor(tasks: Json | undefined): readonly Role[] {
  const named: readonly unknown[] = Array.isArray(tasks) ? tasks : [];
  const known = TASKS.filter((task) => named.includes(task));
  return [...new Set(known.flatMap((task) => roleFor(task) ?? []))];
}
