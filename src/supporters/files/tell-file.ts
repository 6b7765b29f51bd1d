import type { FileRow } from './files.js';

/** A file as staff and its sender are told of it. */
export type ToldFile = {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly channel: string;
  readonly media: string;
  /** Safe to save it under. */
  readonly name: string;
} & (
  | { readonly content_type: string; readonly size: number }
  /** Why it is not there. */
  | { readonly not_kept: string }
);

export function tellFile(row: FileRow): ToldFile {
  const { _id: id, channel, media, name } = row;
  const about = { id, at: row.at.toISOString(), channel, media, name };
  if (row.refused !== undefined) return { ...about, not_kept: row.refused };
  return { ...about, content_type: row.content_type, size: row.size };
}
