import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { Signer } from '../sign.js';
import { readToken, writeToken } from '../supporters/signed-link.js';
import { freePlaces, signupOf } from './book.js';
import type { Shift } from './shift.js';
import { isActive } from './signup-state.js';
import { mapLink, wordsOf } from './tell-shift.js';

/** A link is good for so long after the shift: calendars ask for it again. */
const GOOD_AFTER_MS = 30 * 86_400_000;

export type CalendarFilesOptions = {
  readonly signer: Signer;
  readonly publicUrl: string;
  get(shift: string): Promise<Shift | undefined>;
  /** Every id that a person had, and their language; undefined: nobody. */
  person(
    supporter: string,
  ): Promise<{ readonly ids: readonly string[]; readonly language: string } | undefined>;
  readonly campaign: () => string;
  now(): number;
};

/** Signed links to the calendar file of a shift, each for one person, and what they open. */
export type CalendarFiles = {
  link(supporter: string, shift: Shift): string;
  /** The file, iCalendar (RFC 5545); undefined when the link is not good, or not any more. */
  read(token: string): Promise<string | undefined>;
};

/** A shift that was called off, or given back, stays in the file as cancelled, so that calendars drop it. */
export function createCalendarFiles(options: CalendarFilesOptions): CalendarFiles {
  const { signer, publicUrl, now } = options;
  return {
    link(supporter, { _id, ends }) {
      const until = ends.getTime() + GOOD_AFTER_MS;
      return `${publicUrl}/calendar/${writeToken(signer, [supporter, _id], until)}.ics`;
    },
    async read(token) {
      const [supporter, id] = readToken(signer, token, now()) ?? [];
      if (supporter === undefined || id === undefined) return undefined;
      const [shift, person] = await Promise.all([options.get(id), options.person(supporter)]);
      if (shift === undefined || person === undefined) return undefined;
      const own = signupOf(shift, person.ids);
      const isOn =
        shift.state !== 'cancelled' &&
        own !== undefined &&
        (isActive(own.state) || own.state === 'completed');
      return writeCalendar(shift, person.language, options.campaign(), isOn, new Date(now()));
    },
  };
}

/** Shifts as one calendar for those who plan them; what is called off stays in it as cancelled. */
export function writeTeamCalendar(
  shifts: readonly Shift[],
  language: string,
  campaign: string,
  stamp: Date,
): string {
  const calendar = ical({ name: campaign, method: ICalCalendarMethod.PUBLISH });
  for (const shift of shifts) {
    const people = `${shift.capacity - freePlaces(shift)}/${shift.capacity}`;
    addEvent(calendar, shift, {
      summary: `${wordsOf(shift, language).title} (${people})`,
      isOn: shift.state !== 'cancelled',
      stamp,
    });
  }
  return calendar.toString();
}

function writeCalendar(
  shift: Shift,
  language: string,
  campaign: string,
  isOn: boolean,
  stamp: Date,
): string {
  const calendar = ical({ name: campaign, method: ICalCalendarMethod.PUBLISH });
  const summary = `${campaign} : ${wordsOf(shift, language).title}`;
  addEvent(calendar, shift, { summary, isOn, stamp });
  return calendar.toString();
}

/** One event, in UTC so that every calendar shows it at the right hour. */
function addEvent(
  calendar: ReturnType<typeof ical>,
  { _id, place, starts: start, ends: end, revision: sequence }: Shift,
  how: { readonly summary: string; readonly isOn: boolean; readonly stamp: Date },
): void {
  calendar.createEvent({
    id: `shift-${_id}@portevoix`,
    sequence,
    start,
    end,
    stamp: how.stamp,
    summary: how.summary,
    location: {
      title: place.name,
      address: place.address,
      geo: { lat: place.lat, lon: place.lon },
    },
    url: mapLink(place),
    status: how.isOn ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
  });
}
