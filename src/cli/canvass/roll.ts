import { forgetRoll } from '../../canvass/forget-roll.js';
import { openRollAddresses, openUndertakings } from '../../canvass/roll.js';
import { write } from '../write.js';
import { withCanvass } from './with-canvass.js';

type Options = { readonly erase?: boolean; readonly json?: boolean };

/** `portevoix canvass roll`. */
export async function showRoll({ erase, json }: Options): Promise<void> {
  await withCanvass(async ({ connection, doors }) => {
    const roll = openRollAddresses(connection);
    if (erase === true) {
      const gone = await forgetRoll({ roll, doors });
      await write(
        json === true
          ? `${JSON.stringify(gone)}\n`
          : `${gone.addresses} addresses of the roll are erased, and the polling station of ${gone.doors} doors with them. What was undertaken stays, as proof.\n`,
      );
      return;
    }
    const undertakings = await openUndertakings(connection).table.find({}, { sort: { at: 1 } });
    const addresses = await roll.table.count({});
    if (json === true) {
      await write(`${JSON.stringify({ addresses, undertakings })}\n`);
      return;
    }
    for (const { at, name, purpose, file, wording } of undertakings) {
      await write(`${at.toISOString()}  ${name}, for ${purpose} (${file})\n    ${wording}\n`);
    }
    await write(`${addresses} addresses are kept: how many are registered, and where they vote.\n`);
  });
}
