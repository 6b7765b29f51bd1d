/**
 * Names for turfs that people can say: the street with the most doors, and a number where the name is taken.
 * `taken` are names that other turfs have.
 */
export function nameTurfs(
  turfs: readonly (readonly { readonly street: string }[])[],
  taken: ReadonlySet<string>,
): string[] {
  const used = new Set(taken);
  const next = new Map<string, number>();
  return turfs.map((doors) => {
    const street = mainStreet(doors);
    let number = next.get(street) ?? 1;
    while (used.has(`${street} ${number}`)) number += 1;
    next.set(street, number + 1);
    used.add(`${street} ${number}`);
    return `${street} ${number}`;
  });
}

/** Of streets with as many doors, the first of the alphabet. */
function mainStreet(doors: readonly { readonly street: string }[]): string {
  const counts = new Map<string, number>();
  for (const { street } of doors) counts.set(street, (counts.get(street) ?? 0) + 1);
  const [first] = [...counts].toSorted(
    ([one, many], [other, more]) => more - many || (one < other ? -1 : 1),
  );
  const name = first?.[0].trim() ?? '';
  return name === '' ? '–' : name;
}
