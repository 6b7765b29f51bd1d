import type { Frame, Session } from '../../engine/session.js';

/**
 * A session whose open questions have numbers that no button of another conversation carries, which had
 * `turn` turns; and by how much they rose. Buttons name the turn that asked: one shown in the other
 * conversation must never count as an answer here.
 */
export function renumber(
  session: Session,
  turn: number,
): { readonly session: Session; readonly by: number } {
  const asked = [...session.frames, ...(session.expired ?? [])].flatMap(
    (frame) => frame.asked ?? [],
  );
  const isDistinct = asked.every((number) => number > turn);
  if (isDistinct) {
    return { session: { ...session, turn: Math.max(session.turn, turn) }, by: 0 };
  }
  const by = Math.max(session.turn, turn);
  const raise = (frame: Frame): Frame =>
    frame.asked === undefined ? frame : { ...frame, asked: frame.asked + by };
  const { tapped: _tapped, offered: _offered, expired, ...rest } = session;
  return {
    by,
    session: {
      ...rest,
      turn: session.turn + by,
      frames: session.frames.map(raise),
      ...(expired === undefined ? {} : { expired: expired.map(raise) }),
    },
  };
}
