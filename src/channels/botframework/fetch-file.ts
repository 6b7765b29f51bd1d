import type { ChannelFile } from '../channel.js';
import { readFileId } from './read-attachment.js';

/** Larger files are not fetched. */
const FILE_BYTES = 20 * 1024 * 1024;
const WITHIN_MS = 60_000;

/** Fetches a file that a message brought; undefined when it is not there (any more), or too large. */
export async function fetchFile(
  id: string,
  token: () => Promise<string>,
): Promise<ChannelFile | undefined> {
  const place = readFileId(id);
  if (place === undefined) return undefined;
  const headers = place.withToken ? { Authorization: `Bearer ${await token()}` } : {};
  const response = await fetch(place.url, {
    headers,
    // It might lead to where only this machine can look.
    redirect: 'error',
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  if (!response.ok || response.body === null) return undefined;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body) {
    size += piece.byteLength;
    if (size > FILE_BYTES) return undefined;
    pieces.push(piece);
  }
  const contentType = response.headers.get('Content-Type') ?? 'application/octet-stream';
  return { bytes: Buffer.concat(pieces), contentType };
}
