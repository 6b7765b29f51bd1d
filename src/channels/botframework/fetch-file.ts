import { readAtMost, type ChannelFile } from '../channel.js';
import { readFileId } from './read-attachment.js';

const WITHIN_MS = 60_000;

/** Fetches a file that a message brought; undefined when it is not there (any more). */
export async function fetchFile(
  id: string,
  mostBytes: number,
  token: () => Promise<string>,
): Promise<ChannelFile | 'too_large' | undefined> {
  const place = readFileId(id);
  if (place === undefined) return undefined;
  const headers = place.withToken ? { Authorization: `Bearer ${await token()}` } : {};
  const response = await fetch(place.url, {
    headers,
    // It might lead to where only this machine can look.
    redirect: 'error',
    signal: AbortSignal.timeout(WITHIN_MS),
  });
  if (!response.ok) return undefined;
  const bytes = await readAtMost(response, mostBytes);
  const contentType = response.headers.get('Content-Type') ?? 'application/octet-stream';
  return bytes === 'too_large' ? bytes : { bytes, contentType };
}
