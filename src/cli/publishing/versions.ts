import { readHistory, type HistoryEntry } from '../../conversation/publish/read-history.js';
import { Refusal } from '../refusal.js';
import { columns, count, minuteOf, print } from './print.js';
import { withFlows } from './with-flows.js';

/** `portevoix flows versions NAME`: every publication of a flow, the last one first. */
export async function showVersions(name: string, { json }: { json?: boolean }): Promise<void> {
  await withFlows(async ({ store, supporters, inForce }) => {
    const history = await readHistory(store, name);
    if (history.length === 0) {
      const names = [...(await inForce()).current.keys()].sort();
      throw new Refusal(
        names.length === 0
          ? 'Nothing is published yet: start the program, or run `portevoix flows publish`.'
          : `No flow "${name}" was ever published; there are ${names.join(', ')}.`,
      );
    }
    const sessions = new Map<string, number>();
    for (const standing of await supporters.countStanding(name)) {
      const before = sessions.get(standing.version) ?? 0;
      sessions.set(standing.version, before + standing.sessions);
    }
    if (json === true) {
      for (const { isInForce, isRetired, ...entry } of history) {
        const standing = sessions.get(entry.version) ?? 0;
        const told = { name, ...entry, retired: isRetired, inForce: isInForce, sessions: standing };
        print(JSON.stringify(told));
      }
      return;
    }
    const rows = history.map(({ version, at, author, comment, isInForce, ...how }, index) => [
      isInForce ? '*' : ' ',
      version,
      minuteOf(at),
      author,
      // Told once of a version that was in force several times.
      history.findIndex((entry) => entry.version === version) === index
        ? count(sessions.get(version) ?? 0, 'session')
        : '',
      `${remarkOn(how)}${comment ?? ''}`,
    ]);
    for (const row of columns(rows)) print(row);
  });
}

function remarkOn({ type, isRetired }: Pick<HistoryEntry, 'type' | 'isRetired'>): string {
  if (isRetired) return '(retired) ';
  return type === 'rolled_back' ? '(rolled back) ' : '';
}
