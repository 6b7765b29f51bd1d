import type { Connection } from 'mongoose';
import type { Media } from '../../engine/event.js';
import { openBlobs, type Blobs } from '../../store/blobs.js';
import { openTable, type Table } from '../../store/table.js';
import { identitiesOf, type Identities } from '../identities.js';

/** The largest file that is kept, in bytes. */
export const FILE_BYTES = 2 * 1024 * 1024;
/** Files that are kept of one supporter; later ones are refused until retention takes some. */
export const FILES_OF_ONE = 100;

/** Why a file was not kept: the network has it no more, or it is not of the kinds that are. */
export type NotKept = 'gone' | 'too_large' | 'kind' | 'too_many';

/** A file that a supporter sent, without its bytes. */
export type FileRow = {
  /** Sixteen letters and digits; the bytes are kept under it too. */
  readonly _id: string;
  readonly supporter: string;
  /** The journal entry of the turn it came with: `<supporter>:<turn>`, of the one who sent it. */
  readonly entry: string;
  readonly at: Date;
  readonly channel: string;
  readonly address: string;
  readonly media: Media;
  /** Safe to save it under. */
  readonly name: string;
} & (
  | { readonly content_type: string; readonly size: number; readonly refused?: undefined }
  | { readonly refused: NotKept }
);

/** The files that supporters sent. */
export type Files = {
  readonly table: Table<FileRow>;
  readonly blobs: Blobs;
  /** Those of a supporter and of profiles merged into theirs, oldest first. */
  of(supporter: Identities): Promise<FileRow[]>;
  read(id: string): Promise<Uint8Array | undefined>;
  /** Erases all of these supporters; may be repeated after an interruption. */
  eraseOf(supporters: readonly string[]): Promise<void>;
  erase(rows: readonly FileRow[]): Promise<void>;
};

/** Opens the collections `files`, and `file_bytes` with what is in them. */
export function openFiles(connection: Connection): Files {
  const table = openTable<FileRow>(connection, {
    name: 'files',
    schema: {
      supporter: String,
      entry: String,
      at: Date,
      channel: String,
      address: String,
      media: String,
      name: String,
      content_type: String,
      size: Number,
      refused: String,
    },
    indexes: [[{ supporter: 1, at: 1 }], [{ at: 1 }], [{ entry: 1 }]],
  });
  const blobs = openBlobs(connection, 'file_bytes');

  /** The rows last: they tell which bytes are left after an interruption. */
  async function erase(rows: readonly FileRow[]): Promise<void> {
    const ids = rows.map(({ _id }) => _id);
    if (ids.length === 0) return;
    await blobs.remove(ids);
    await table.remove({ _id: { $in: ids } });
  }

  return {
    table,
    blobs,
    of: (supporter) =>
      table.find({ supporter: { $in: [...identitiesOf(supporter)] } }, { sort: { at: 1, _id: 1 } }),
    read: (id) => blobs.get(id),
    eraseOf: async (supporters) => erase(await table.find({ supporter: { $in: [...supporters] } })),
    erase,
  };
}
