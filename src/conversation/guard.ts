import type { MayLeave } from '../channels/channel.js';
import { isSilentSomewhere, Permit, type Content, type Way } from '../engine/calendar/permit.js';
import { territoryOf } from '../engine/calendar/territory-of.js';
import type { Library } from '../engine/flow.js';
import { viewSupporter } from '../supporters/profile.js';
import type { SupporterRecord } from '../supporters/record.js';

/** How long what is about to leave may wait before it does: a silence that begins by then counts. */
const LOOKS_AHEAD_MS = 60_000;

/** Makes the question whether something of a way and content may leave, to be asked at the last moment. */
export type Guard = (way: Way, content: Content) => MayLeave;

/**
 * The guard of one supporter. Where they vote is looked up only while somebody is held to the silence:
 * on all other days what may leave for nobody-knows-whom may leave for each.
 */
export function createGuards(options: {
  library(): Library;
  get(supporter: string): Promise<SupporterRecord | undefined>;
  now(): number;
}): (supporter: string) => Promise<Guard> {
  const { library, now } = options;
  return async (supporter) => {
    const { calendar, country } = library().campaign;
    const isNear = [0, LOOKS_AHEAD_MS].some((ms) => isSilentSomewhere(calendar, now() + ms));
    const record = isNear ? await options.get(supporter) : undefined;
    const territory =
      record === undefined ? undefined : territoryOf(country, viewSupporter(record).profile);
    return (way, content) => () =>
      Permit.ask(library().campaign.calendar, { way, content, territory }, now());
  };
}
