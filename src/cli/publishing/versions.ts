import { readHistory } from '../../conversation/publish/read-history.js';
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
      for (const { isInForce, ...entry } of history) {
        const standing = sessions.get(entry.version) ?? 0;
        print(JSON.stringify({ name, ...entry, inForce: isInForce, sessions: standing }));
      }
      return;
    }
    const rows = history.map(({ version, at, author, type, comment, isInForce }, index) => [
      isInForce ? '*' : ' ',
      version,
      minuteOf(at),
      author,
      // Told once of a version that was in force several times.
      history.findIndex((entry) => entry.version === version) === index
        ? count(sessions.get(version) ?? 0, 'session')
        : '',
      [...(type === 'rolled_back' ? ['(rolled back)'] : []), comment ?? ''].join(' '),
    ]);
    for (const row of columns(rows)) print(row);
  });
}
