import { useEffect, useRef, type KeyboardEvent, type PointerEvent, type RefObject } from 'react';
import type { Point } from './plane.js';
import { pan, zoom, type Size, type View } from './view.js';

/** Pixels that a press may tremble. */
const TREMBLE = 5;
/** Pixels of one arrow. */
const STRIDE = 80;
const STEP = 1.5;

/** Where a pressed pointer goes, in place of moving the map: while something is drawn. */
type Drag = (at: Point, phase: 'begins' | 'goes_on' | 'ends') => void;

/** Moves a map by mouse, touch (one finger moves, two zoom), wheel and keyboard. */
export function useMoves(
  frame: RefObject<HTMLDivElement | null>,
  size: Size,
  view: View,
  setView: (view: View) => void,
  showAll: () => void,
  drag: Drag | undefined,
) {
  const pointers = useRef(new Map<number, Point>());
  const begun = useRef<Point>(undefined);
  const latest = useRef({ view, size });
  latest.current = { view, size };
  const hasMoved = useRef(false);

  const placeOf = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const box = frame.current?.getBoundingClientRect();
    return { x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) };
  };
  const move = (next: View): void => {
    latest.current = { ...latest.current, view: next };
    setView(next);
  };

  // React listens to wheels passively, where the page would scroll along.
  useEffect(() => {
    const element = frame.current;
    const turn = (event: WheelEvent): void => {
      event.preventDefault();
      const { view: now, size: room } = latest.current;
      const lines = event.deltaMode === 1 ? 20 : 1;
      const factor = Math.exp((-event.deltaY * lines) / (event.ctrlKey ? 120 : 400));
      move(zoom(now, factor, placeOf(event), room));
    };
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, []);

  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      const at = placeOf(event);
      pointers.current.set(event.pointerId, at);
      if (pointers.current.size > 1) {
        hasMoved.current = true;
        return;
      }
      begun.current = at;
      hasMoved.current = false;
      drag?.(at, 'begins');
    },
    onPointerMove(event: PointerEvent): void {
      const before = pointers.current.get(event.pointerId);
      if (before === undefined) return;
      const at = placeOf(event);
      const first = begun.current ?? at;
      const isFar = Math.hypot(at.x - first.x, at.y - first.y) > TREMBLE;
      if (!hasMoved.current && !isFar) return;
      if (!hasMoved.current) event.currentTarget.setPointerCapture(event.pointerId);
      hasMoved.current = true;
      const { view: now, size: room } = latest.current;
      const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId);
      pointers.current.set(event.pointerId, at);
      if (other !== undefined) {
        const [, still] = other;
        const spread = (from: Point): number => Math.hypot(from.x - still.x, from.y - still.y);
        const middle = { x: (at.x + still.x) / 2, y: (at.y + still.y) / 2 };
        const factor = spread(at) / Math.max(1, spread(before));
        const moved = pan(now, (at.x - before.x) / 2, (at.y - before.y) / 2);
        move(zoom(moved, factor, middle, room));
      } else if (drag === undefined) {
        move(pan(now, at.x - before.x, at.y - before.y));
      } else {
        drag(at, 'goes_on');
      }
    },
    onPointerUp(event: PointerEvent): void {
      if (!pointers.current.delete(event.pointerId)) return;
      const at = placeOf(event);
      if (pointers.current.size > 0) return;
      drag?.(at, 'ends');
    },
    onPointerCancel(event: PointerEvent): void {
      pointers.current.delete(event.pointerId);
    },
    /** A press that moved the map chooses nothing. */
    onClickCapture(event: { stopPropagation(): void }): void {
      if (hasMoved.current) event.stopPropagation();
    },
    onKeyDown(event: KeyboardEvent): void {
      const { view: now, size: room } = latest.current;
      const middle = { x: room.width / 2, y: room.height / 2 };
      const moves: { readonly [key: string]: () => View } = {
        ArrowLeft: () => pan(now, STRIDE, 0),
        ArrowRight: () => pan(now, -STRIDE, 0),
        ArrowUp: () => pan(now, 0, STRIDE),
        ArrowDown: () => pan(now, 0, -STRIDE),
        '+': () => zoom(now, STEP, middle, room),
        '=': () => zoom(now, STEP, middle, room),
        '-': () => zoom(now, 1 / STEP, middle, room),
      };
      const made = moves[event.key];
      if (made === undefined && event.key !== '0') return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (made === undefined) showAll();
      else move(made());
    },
  };
}
