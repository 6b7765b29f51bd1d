import type { Call } from '../route.js';

const AGAIN_MS = 600_000;
const MOST = 1_000;

/**
 * Enters into the audit log that somebody looks at something which asks for itself again and again: once
 * in ten minutes, so that the log stays readable.
 */
export function createNoteOnce(
  now: () => number,
): (call: Call, action: string, about?: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async (call, action, about) => {
    const who = call.caller.type === 'nobody' ? '' : call.caller.id;
    const key = `${who} ${action} ${about ?? ''}`;
    const before = noted.get(key);
    if (before !== undefined && now() - before < AGAIN_MS) return;
    if (noted.size >= MOST) noted.clear();
    noted.set(key, now());
    await call.note({ action, ...(about === undefined ? {} : { about }) });
  };
}
