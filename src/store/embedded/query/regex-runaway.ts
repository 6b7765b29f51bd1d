const PIECE =
  /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|x..|[^])|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)|[*+?]\??|\{\d+(?:,\d*)?\}\??|[^]/gu;

/** What stands in a group; loose when something in it may be absent or repeats within itself. */
type Group = { atoms: string[]; repeats: Set<number>; isLoose: boolean };

const isOpen = (piece: string) => piece.startsWith('(');
const isRepeat = (piece: string | undefined) =>
  piece !== undefined && /^(?:[*+?]|\{\d)/.test(piece);
const isUnbounded = (piece: string | undefined) =>
  piece !== undefined && /^(?:[*+]|\{\d+,\})/.test(piece);

/**
 * Whether a pattern (as JavaScript takes it) holds an unbounded repeat of a group that itself holds
 * one, as (a+)+ does: matching may then take exponential time. A group is let pass when each round
 * of it begins or ends with one character that none of its repeats can match, as (\.\d+)* does.
 */
export function mayRunAway(source: string): boolean {
  const pieces = source.match(PIECE) ?? [];
  const open: Group[] = [{ atoms: [], repeats: new Set(), isLoose: false }];
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] ?? '';
    const group = open.at(-1);
    if (!group) return true;
    if (isOpen(piece)) open.push({ atoms: [], repeats: new Set(), isLoose: false });
    else if (piece === ')') {
      open.pop();
      const outer = open.at(-1);
      if (!outer) return false;
      const repeatsInside = group.repeats.size > 0;
      if (isUnbounded(pieces[i + 1]) && repeatsInside && !isDelimited(group)) return true;
      outer.atoms.push(`(${group.atoms.join('')})`);
      outer.isLoose ||= repeatsInside;
      if (repeatsInside || isUnbounded(pieces[i + 1])) outer.repeats.add(outer.atoms.length - 1);
    } else if (isRepeat(piece)) {
      if (isUnbounded(piece)) group.repeats.add(group.atoms.length - 1);
      else if (piece.startsWith('?') || piece.startsWith('{0')) group.isLoose = true;
    } else group.atoms.push(piece);
  }
  return false;
}

/** Whether a literal that the repeats inside cannot match marks where each round begins or ends. */
function isDelimited({ atoms, repeats, isLoose }: Group): boolean {
  if (isLoose || atoms.includes('|')) return false;
  return [0, atoms.length - 1].some((place) => {
    const literal = /^\\?([^\w\\])$|^([A-Za-z0-9])$/u.exec(atoms[place] ?? '');
    const character = literal?.[1] ?? literal?.[2];
    if (character === undefined || (character === '.' && !atoms[place]?.startsWith('\\')))
      return false;
    return [...repeats].every((repeat) => {
      return repeat !== place && !matches(atoms[repeat] ?? '', character);
    });
  });
}

function matches(atom: string, character: string): boolean {
  try {
    return new RegExp(`^(?:${atom})$`, 'iu').test(character);
  } catch {
    return true;
  }
}
