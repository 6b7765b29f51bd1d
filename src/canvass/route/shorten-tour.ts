import { createChance } from './chance.js';

/** The shortest stretch that is worth a name: what is shorter than this is rounding. */
const EPSILON = 1e-7;
/** Places moved together to a better place of the tour. */
const MOVED_TOGETHER = 3;
/** Places between the cuts of a kick: it is mended where it was made, whatever the size of the tour. */
const KICK_REACH = 50;

export type TourOptions = {
  /** A closed tour of the places 0 … n - 1 to begin with; it is left as it is. */
  readonly tour: Int32Array;
  /** Symmetric; may be negative for places that must stay side by side. */
  distance(one: number, other: number): number;
  /** The nearest others of each place, `count` each, the nearest first. */
  readonly nearest: { readonly ids: Int32Array; readonly count: number };
  /** How often the tour is disturbed somewhere and mended again. */
  readonly kicks: number;
  /** The same seed gives the same tour. */
  readonly seed: number;
};

/**
 * Shortens a closed tour: 2-opt and Or-opt among near places, then, again and again, two neighbouring
 * stretches change places and what follows is mended; what became longer is taken back.
 */
export function shortenTour(options: TourOptions): Int32Array {
  const { distance, nearest, kicks, seed } = options;
  const tour = options.tour.slice();
  const n = tour.length;
  if (n < 4) return tour;
  const position = new Int32Array(n);
  for (let at = 0; at < n; at += 1) position[tour[at] ?? 0] = at;

  let isMirrored = false;
  /** Reversals since the last kick, from where to where, so that they can be taken back. */
  const undo: number[] = [];
  const waiting = new Int32Array(n);
  const isWaiting = new Uint8Array(n);
  let [first, size] = [0, 0];

  /** The places `steps` further on; as one goes round the tour, whichever way its array lies. */
  const onwards = (place: number, steps: number): number => {
    let at = (position[place] ?? 0) + (isMirrored ? -steps : steps);
    if (at >= n) at -= n;
    else if (at < 0) at += n;
    return tour[at] ?? 0;
  };
  const after = (place: number): number => onwards(place, 1);
  const before = (place: number): number => onwards(place, -1);

  function look(place: number): void {
    if (isWaiting[place] === 1) return;
    isWaiting[place] = 1;
    let at = first + size;
    if (at >= n) at -= n;
    waiting[at] = place;
    size += 1;
  }

  function lookAt(a: number, b: number, c: number, d: number, e = a, f = a): void {
    look(a);
    look(b);
    look(c);
    look(d);
    look(e);
    look(f);
  }

  /**
   * Reverses the stretch that goes onwards from one place to another. Where what lies outside it is
   * shorter, that is reversed instead, and the tour is read the other way round from then on.
   */
  function reverse(from: number, to: number): void {
    undo.push(from, to);
    let i = position[isMirrored ? to : from] ?? 0;
    let j = position[isMirrored ? from : to] ?? 0;
    let length = (j < i ? j - i + n : j - i) + 1;
    if (length * 2 > n) {
      const begin = i;
      i = j + 1 === n ? 0 : j + 1;
      j = begin === 0 ? n - 1 : begin - 1;
      length = n - length;
      isMirrored = !isMirrored;
    }
    for (let swaps = length >> 1; swaps > 0; swaps -= 1) {
      const one = tour[i] ?? 0;
      const other = tour[j] ?? 0;
      tour[i] = other;
      position[other] = i;
      tour[j] = one;
      position[one] = j;
      i = i + 1 === n ? 0 : i + 1;
      j = j === 0 ? n - 1 : j - 1;
    }
  }

  /** Finds one move that makes the tour shorter at a place; the gain, or 0. */
  function improve(a: number): number {
    for (let way = 0; way < 2; way += 1) {
      const forward = way === 0;
      const b = forward ? after(a) : before(a);
      const ab = distance(a, b);
      for (let k = 0; k < nearest.count; k += 1) {
        const c = nearest.ids[a * nearest.count + k] ?? 0;
        const ac = distance(a, c);
        if (ac >= ab) break;
        const d = forward ? after(c) : before(c);
        if (c !== b && d !== a) {
          const gain = ab + distance(c, d) - ac - distance(b, d);
          if (gain > EPSILON) {
            if (forward) reverse(b, c);
            else reverse(c, b);
            lookAt(a, b, c, d);
            return gain;
          }
        }
        const moved = moveStretch(a, b, ab, c, ac, forward);
        if (moved > 0) return moved;
      }
    }
    return 0;
  }

  /** Moves a short stretch that begins at `a`, on the side away from `b`, next to `c`. */
  function moveStretch(
    a: number,
    b: number,
    ab: number,
    c: number,
    ac: number,
    forward: boolean,
  ): number {
    let end = a;
    for (let length = 1; length <= MOVED_TOGETHER; length += 1) {
      if (length > 1) end = forward ? before(end) : after(end);
      // The stretch must leave out `b` and `c`.
      if (end === c || end === b) return 0;
      const f = forward ? before(end) : after(end);
      if (f === b) return 0;
      const freed = ab + distance(end, f) - distance(b, f) - ac;
      if (freed <= EPSILON) continue;
      for (let side = 0; side < 2; side += 1) {
        const g = side === 0 ? after(c) : before(c);
        // Beside its own stretch, the edge to cut is gone.
        if (g === a || g === end) continue;
        const gain = freed + distance(c, g) - distance(end, g);
        if (gain <= EPSILON) continue;
        // As it lies forward in the tour: the stretch, and the gap it goes to.
        const [from, to] = forward ? [end, a] : [a, end];
        const [left, right] = side === 0 ? [c, g] : [g, c];
        // Whether what is forward first in the stretch comes after `left`.
        const isStraight = (from === a) === (left === c);
        transfer(from, to, left, right, isStraight);
        lookAt(a, b, end, f, c, g);
        return gain;
      }
    }
    return 0;
  }

  /** Puts the stretch from … to between two neighbours, by reversals only. */
  function transfer(
    from: number,
    to: number,
    left: number,
    right: number,
    isStraight: boolean,
  ): void {
    const [previous, next] = [before(from), after(to)];
    if (stepsTo(next, left) <= stepsTo(right, previous)) {
      // previous [from … to] [next … left] right
      reverse(from, left);
      // previous [left … next] [to … from] right
      reverse(left, next);
      if (isStraight) reverse(to, from);
    } else {
      // left [right … previous] [from … to] next
      reverse(right, to);
      // left [to … from] [previous … right] next
      reverse(previous, right);
      if (isStraight) reverse(to, from);
    }
  }

  /** How many steps onwards one place lies from another. */
  function stepsTo(from: number, to: number): number {
    const steps = (position[to] ?? 0) - (position[from] ?? 0);
    const onward = isMirrored ? -steps : steps;
    return onward < 0 ? onward + n : onward;
  }

  function settle(): number {
    let gained = 0;
    while (size > 0) {
      const place = waiting[first] ?? 0;
      first = first + 1 === n ? 0 : first + 1;
      size -= 1;
      isWaiting[place] = 0;
      for (;;) {
        const gain = improve(place);
        if (gain <= 0) break;
        gained += gain;
      }
    }
    return gained;
  }

  for (let at = 0; at < n; at += 1) look(tour[at] ?? 0);
  settle();

  const chance = createChance(seed);
  const reach = Math.max(1, Math.min(KICK_REACH, Math.floor((n - 2) / 3)));
  for (let kick = 0; kick < kicks; kick += 1) {
    undo.length = 0;
    const a = chance(n);
    const c = onwards(a, 1 + chance(reach));
    const e = onwards(c, 1 + chance(reach));
    const [b, d, f] = [after(a), after(c), after(e)];
    const lost =
      distance(a, d) +
      distance(e, b) +
      distance(c, f) -
      distance(a, b) -
      distance(c, d) -
      distance(e, f);
    // a [b … c] [d … e] f, each stretch the way it was
    reverse(b, e);
    reverse(e, d);
    reverse(c, b);
    lookAt(a, b, c, d, e, f);
    if (settle() < lost - EPSILON) takeBack();
  }
  return tour;

  function takeBack(): void {
    for (let at = undo.length - 2; at >= 0; at -= 2) {
      const [from, to] = [undo[at] ?? 0, undo[at + 1] ?? 0];
      reverse(to, from);
    }
  }
}
