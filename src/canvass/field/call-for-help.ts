import { identitiesOf } from '../../supporters/identities.js';
import { addressOf, mapLink } from './address-of.js';
import type { Field, FieldAct, FieldDeskOptions, Given } from './open-field.js';

/** Lets canvassers call for help, and their leader see where. */
export function createCallForHelp(options: FieldDeskOptions, { mine, change }: Field) {
  const { doors, turfs, now } = options;

  /** `canvass.call_help`: marks the turf, and tells its leader at once. */
  async function callHelp(act: FieldAct): Promise<Given> {
    const record = await options.find(act.supporter);
    if (record === undefined) throw new Error('There is no such supporter.');
    const canvasser = { id: record._id, ids: identitiesOf(record), language: record.language };
    const turf = await mine(canvasser);
    if (turf === undefined) return { walking: false, told: false };
    const held = turf.doors.find(
      ({ held_by: by }) => by !== undefined && canvasser.ids.includes(by),
    );
    const help = {
      by: canvasser.id,
      at: new Date(now()),
      ...(held === undefined ? {} : { door: held.door }),
    };
    const after = await change(turf._id, (row) => ({ ...row, help }));
    if (after?.leader === undefined) return { walking: true, told: false };
    await options.tellLeader(after, act.key);
    return { walking: true, told: true };
  }

  /** `canvass.help_called`: for a leader, who called for help last on one of their turfs, and where. */
  async function helpCalled({ supporter }: FieldAct): Promise<Given> {
    const record = await options.find(supporter);
    const ids = record === undefined ? [] : identitiesOf(record);
    const led = await turfs.table.find({ leader: { $in: [...ids] }, help: { $exists: true } });
    const [turf] = led.toSorted(
      (one, other) => (other.help?.at.getTime() ?? 0) - (one.help?.at.getTime() ?? 0),
    );
    if (turf?.help === undefined) throw new Error('Nobody called.');
    const door = turf.help.door === undefined ? undefined : await doors.table.get(turf.help.door);
    const who = await options.find(turf.help.by);
    return {
      turf: turf.name,
      map: mapLink(door ?? turf.centre),
      at: turf.help.at.toISOString(),
      ...(who?.first_name === undefined ? {} : { name: who.first_name }),
      ...(who?.phone === undefined ? {} : { phone: who.phone }),
      ...(door === undefined ? {} : { address: addressOf(door) }),
    };
  }

  return { callHelp, helpCalled };
}
