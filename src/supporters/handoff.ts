import type { Session } from '../engine/session.js';
import type { Handoff, SupporterRecord } from './record.js';

/** Without a word of staff for so long, the assistant speaks again. */
export const STAFF_WITHIN_MS = 86_400_000;

/** Hands the conversation to the team; one that they have already stays as it is. */
export function openHandoff(
  record: SupporterRecord,
  reason: string | undefined,
  at: Date,
): SupporterRecord {
  if (record.handoff !== undefined) return record;
  const handoff: Handoff = {
    at,
    open: true,
    ...(reason === undefined ? {} : { reason }),
    // The turn under way, which is not in the session yet.
    turn: record.session.turn + 1,
    until: after(at),
  };
  return { ...record, handoff };
}

/** Somebody of the team takes the conversation over; one that they have already stays as it is. */
export function takeOver(record: SupporterRecord, at: Date): SupporterRecord {
  if (record.handoff !== undefined) return record;
  const { turn } = record.session;
  const handoff: Handoff = { at, open: true, turn, until: after(at) };
  const isHeld = isSetAside(record.session, handoff);
  return { ...record, handoff, ...(isHeld ? { due: handoff.until } : {}) };
}

/** The handoff once staff answered: the assistant stays silent for another while. */
export function answered(handoff: Handoff, at: Date): Handoff {
  // That a person will answer need not be said any more.
  return { ...handoff, until: after(at), told: true };
}

/** Gives the conversation back to the assistant. */
export function withoutHandoff(record: SupporterRecord): SupporterRecord {
  const { handoff: _, ...rest } = record;
  return rest;
}

/** Whether what the session waits for began before the team took over, so that flows leave it alone. */
export function isSetAside({ frames }: Session, { turn }: Handoff): boolean {
  const frame = frames.at(-1);
  if (frame === undefined) return true;
  return frame.awaits === undefined && (frame.asked ?? 0) <= turn;
}

function after(at: Date): Date {
  return new Date(at.getTime() + STAFF_WITHIN_MS);
}
