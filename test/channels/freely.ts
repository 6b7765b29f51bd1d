import type { MayLeave } from '../../src/channels/channel.js';
import { makeCalendar } from '../../src/engine/calendar/make-calendar.js';
import { Permit } from '../../src/engine/calendar/permit.js';

/** A campaign without an election, in which everything may leave. */
const OPEN = makeCalendar({ country: 'none', timezone: 'UTC' });
/** An election in whose silence the clock stands still. */
const SILENT = makeCalendar({
  country: 'fr',
  timezone: 'Europe/Paris',
  election: { dates: ['2032-03-14'], opens: '08:00', closes: '20:00' },
});
const EVE = Date.parse('2032-03-13T12:00Z');

/** Lets everything leave. */
export const freely: MayLeave = () => Permit.ask(OPEN, { way: 'reply', content: 'service' }, 0);

/** Lets nothing leave. */
export const inSilence: MayLeave = () =>
  Permit.ask(SILENT, { way: 'reply', content: 'campaign' }, EVE);
