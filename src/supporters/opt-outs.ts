import type { Connection } from 'mongoose';
import type { Signer } from '../sign.js';
import { openTable, type Table } from '../store/table.js';

/** Somebody who must not be written to again unasked: a keyed hash, never the address itself. */
export type OptOutRow = {
  /** Keyed hash of a place: `email:…`, `phone:…`, or `<channel>:<address>`. */
  readonly _id: string;
  readonly at: Date;
  readonly reason: 'erased';
  /** Turns that were taken there, so that messages there never have the id of an earlier one. */
  readonly turns: number;
};

/** The register of those who were erased, which names nobody. */
export type OptOuts = {
  readonly table: Table<OptOutRow>;
  /** Enters places; one that is there already keeps the later instant and the more turns. */
  enter(places: readonly string[], at: Date, turns: number): Promise<void>;
  /**
   * The latest opt-out among places, for imports and bulk sends, which skip whoever has one. Only a
   * consent given after its `at` counts more.
   */
  latest(places: readonly string[]): Promise<OptOutRow | undefined>;
  /** When each of some places was entered, by place; those that are not are left out. */
  among(places: readonly string[]): Promise<ReadonlyMap<string, Date>>;
};

/** Opens the collection `opt_outs`; `signer` makes the hashes. */
export function openOptOuts(connection: Connection, signer: Signer): OptOuts {
  const table = openTable<OptOutRow>(connection, {
    name: 'opt_outs',
    schema: { at: Date, reason: String, turns: Number },
    indexes: [[{ at: 1 }]],
  });
  const find = (places: readonly string[]): Promise<OptOutRow[]> =>
    table.find({ _id: { $in: places.map((place) => signer.sign(place)) } });
  return {
    table,
    async enter(places, at, turns) {
      const known = new Map((await find(places)).map((row) => [row._id, row]));
      for (const place of places) {
        const _id = signer.sign(place);
        const before = known.get(_id);
        const row = { _id, at, reason: 'erased' as const, turns: before?.turns ?? 0 };
        const next = { ...row, turns: Math.max(row.turns, turns) };
        if (before === undefined) await table.insertMissing([next]);
        else await table.replaceIf({ at: { $lte: at } }, next);
      }
    },
    async among(places) {
      const signed = new Map(places.map((place) => [signer.sign(place), place]));
      const rows = await table.find({ _id: { $in: [...signed.keys()] } });
      return new Map(
        rows.flatMap(({ _id, at }) => {
          const place = signed.get(_id);
          return place === undefined ? [] : [[place, at] as const];
        }),
      );
    },
    async latest(places) {
      const rows = await find(places);
      return rows.sort((one, other) => other.at.getTime() - one.at.getTime())[0];
    },
  };
}

/** The place of an e-mail address, as opt-outs name it. */
export function emailPlace(email: string): string {
  return `email:${email.trim().toLowerCase()}`;
}

/** The place of a phone number in E.164, as opt-outs name it. */
export function phonePlace(phone: string): string {
  return `phone:${phone}`;
}
