/** Writes a line of what was asked for. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Rows as columns as wide as they need, the last one as it is. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, index) =>
    Math.max(...rows.map((row) => row[index]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** An instant to the minute. */
export function minuteOf(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "1 session", "2 sessions". */
export function count(number: number, what: string): string {
  return `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`;
}

/** Tells on a terminal how far it has come, in one line that is written over. */
export function createProgress(what: string): { tell(number: number): void; end(): void } {
  const isShown = process.stderr.isTTY;
  return {
    tell: (number) => {
      if (isShown) process.stderr.write(`\r${number.toLocaleString('en')} ${what}`);
    },
    end: () => {
      if (isShown) process.stderr.write('\r\u001b[K');
    },
  };
}
