import { createHash } from 'node:crypto';
import { MEDIA, type Media } from '../../engine/event.js';
import type { Json } from '../../engine/json.js';
import type { SupporterRecord } from '../record.js';
import { FILE_BYTES, FILES_OF_ONE, type FileRow, type Files } from './files.js';
import { safeName } from './safe-name.js';
import { sniff } from './sniff.js';

/** The action of a turn in which a file came. */
export const KEEP_FILE = 'file.keep';

export type KeepFileOptions = {
  readonly files: Files;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  /** Fetches from a channel what it calls by an id; undefined when it is there no more. */
  fetch(
    channel: string,
    id: string,
    mostBytes: number,
  ): Promise<{ readonly bytes: Uint8Array } | 'too_large' | undefined>;
  /** Tells the channel that the file is kept, or will never be. */
  settled(channel: string, id: string): Promise<void>;
  now(): number;
};

/** What the turn tells of the file. */
type Asked = {
  readonly supporter: string;
  readonly key: string;
  readonly with: { readonly [name: string]: Json };
};

/**
 * Makes the action that keeps a file for the team: fetched, known by its own bytes, and noted with the turn
 * it came with. What cannot be kept is noted with the reason. Asked again it keeps nothing twice.
 */
export function createKeepFile(options: KeepFileOptions): (asked: Asked) => Promise<void> {
  const { files, now } = options;

  async function isGone(supporter: string): Promise<boolean> {
    const record = await options.get(supporter);
    return record === undefined || record.erasing !== undefined;
  }

  async function keep(row: FileBeside, channel: string, id: string): Promise<void> {
    const before = await files.table.get(row._id);
    if (before?.refused !== undefined) return;
    if (before !== undefined && (await files.blobs.has(row._id))) return;
    const others = await files.table.count({ supporter: row.supporter });
    if (before === undefined && others >= FILES_OF_ONE) return refuse(row, 'too_many');
    const fetched = await options.fetch(channel, id, FILE_BYTES);
    if (fetched === undefined) return refuse(row, 'gone');
    if (fetched === 'too_large' || fetched.bytes.length > FILE_BYTES) {
      return refuse(row, 'too_large');
    }
    const kind = sniff(fetched.bytes);
    if (kind === undefined) return refuse(row, 'kind');
    const { contentType: content_type, ending } = kind;
    const name = safeName(row.name, ending, `${row.media}-${row._id}`);
    const size = fetched.bytes.length;
    // The row first: whoever erases finds the bytes by it.
    await files.table.insert({ ...row, name, content_type, size });
    await files.blobs.put(row._id, row.supporter, fetched.bytes, row.at);
  }

  async function refuse(row: FileBeside, refused: FileRow['refused'] & string): Promise<void> {
    const name = safeName(row.name, 'not-kept', `${row.media}-${row._id}`);
    await files.table.insert({ ...row, name, refused });
  }

  return async ({ supporter, key, with: { channel, address, id, media, name, turn } }) => {
    if (typeof channel !== 'string' || typeof id !== 'string') return;
    if (await isGone(supporter)) return;
    const row: FileBeside = {
      _id: fileId(key),
      supporter,
      entry: `${supporter}:${typeof turn === 'number' ? turn : 0}`,
      at: new Date(now()),
      channel,
      address: typeof address === 'string' ? address : '',
      media: MEDIA.find((known) => known === media) ?? 'file',
      name: typeof name === 'string' ? name : undefined,
    };
    await keep(row, channel, id);
    await options.settled(channel, id);
    // Whoever was erased meanwhile leaves nothing behind.
    if (await isGone(supporter)) await files.eraseOf([supporter]);
  };
}

type FileBeside = Omit<FileRow, 'name' | 'refused' | 'content_type' | 'size'> & {
  readonly name: string | undefined;
  readonly media: Media;
};

/** The same for the same act, whatever its key tells. */
function fileId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}
