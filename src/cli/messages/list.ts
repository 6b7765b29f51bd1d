import { printable, printableJson } from '../printable.js';
import { withPeople } from '../with-people.js';
import { write } from '../write.js';

/** `portevoix messages list`. */
export async function listMessages({ json }: { json?: boolean }): Promise<void> {
  await withPeople(async ({ messages }) => {
    const rows = await messages.table.find(
      { follows: { $exists: false } },
      { sort: { created_at: -1 } },
    );
    for (const { _id: id, state, definition, created_at: at, recipients } of rows) {
      const { name } = definition;
      const created = at.toISOString();
      const people = recipients === undefined ? {} : { recipients };
      await write(
        json === true
          ? `${printableJson({ id, name, state, created_at: created, ...people })}\n`
          : `${id}  ${state.padEnd(9)}  ${created.slice(0, 16)}Z  ${printable(name)}\n`,
      );
    }
    if (rows.length === 0 && json !== true) await write('There are no messages.\n');
  });
}
