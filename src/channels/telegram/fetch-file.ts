import { GrammyError, type Api } from 'grammy';
import { readAtMost, type ChannelFile } from '../channel.js';

const WITHIN_MS = 60_000;

/** Fetches a file from below `root`; undefined when Telegram has it no more. */
export async function fetchFile(
  api: Api,
  id: string,
  root: string,
  mostBytes: number,
): Promise<ChannelFile | 'too_large' | undefined> {
  try {
    const { file_path: path, file_size: size = 0 } = await api.raw.getFile({ file_id: id });
    if (size > mostBytes) return 'too_large';
    if (path === undefined) return undefined;
    const response = await fetch(`${root}/${path}`, { signal: AbortSignal.timeout(WITHIN_MS) });
    if (!response.ok) return undefined;
    const contentType = response.headers.get('Content-Type') ?? 'application/octet-stream';
    const bytes = await readAtMost(response, mostBytes);
    return bytes === 'too_large' ? bytes : { bytes, contentType };
  } catch (error) {
    // Telegram gives bots no files above 20 MB, and says so in words only (Bot API, getFile).
    if (error instanceof GrammyError && /too big/i.test(error.description)) return 'too_large';
    if (error instanceof GrammyError) return undefined;
    throw error;
  }
}
