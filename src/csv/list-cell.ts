/** What begins or ends a part that has to stand in quotes to come back as it is. */
const NEEDS_QUOTES = /[",;]|^\s|\s$|^$/;

/** Several texts in one cell: `a, b, "c, d"`. */
export function joinList(parts: readonly string[]): string {
  return parts
    .map((part) => (NEEDS_QUOTES.test(part) ? `"${part.replaceAll('"', '""')}"` : part))
    .join(', ');
}

/** The texts of such a cell; commas and semicolons divide where no quotes are around them. */
export function splitList(cell: string): readonly string[] {
  return [...cell.matchAll(/\s*(?:"((?:[^"]|"")*)"\s*|([^,;]*))(?:[,;]|$)/g)].flatMap(
    ([whole, quoted, plain = '']) => {
      if (quoted !== undefined) return [quoted.replaceAll('""', '"')];
      return whole === '' || plain.trim() === '' ? [] : [plain.trim()];
    },
  );
}
