import { GrammyError, type Api } from 'grammy';
import type { ChannelFile } from '../channel.js';

/** Telegram gives bots no larger files (Bot API, getFile). */
const FILE_BYTES = 20 * 1024 * 1024;
const WITHIN_MS = 60_000;

/** Fetches a file from below `root`; undefined when Telegram has it no more, or it is too large. */
export async function fetchFile(
  api: Api,
  id: string,
  root: string,
): Promise<ChannelFile | undefined> {
  try {
    const { file_path: path, file_size: size = 0 } = await api.raw.getFile({ file_id: id });
    if (path === undefined || size > FILE_BYTES) return undefined;
    const response = await fetch(`${root}/${path}`, { signal: AbortSignal.timeout(WITHIN_MS) });
    if (!response.ok) return undefined;
    const contentType = response.headers.get('Content-Type') ?? 'application/octet-stream';
    return { bytes: new Uint8Array(await response.arrayBuffer()), contentType };
  } catch (error) {
    if (error instanceof GrammyError) return undefined;
    throw error;
  }
}
