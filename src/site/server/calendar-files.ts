import type { Router } from 'express';
import { keepPrivate } from './keep-private.js';

/** Calendar files behind signed links. */
export type CalendarFiles = {
  /** The file, iCalendar; undefined when the link is not good, or not any more. */
  read(token: string): Promise<string | undefined>;
};

/** Serves `/calendar/<token>.ics`; what is not good is passed on, and found nowhere. */
export function mountCalendarFiles(site: Router, { read }: CalendarFiles): void {
  site.get('/calendar/:name', async (request, response, next) => {
    const { name } = request.params;
    const file = name.endsWith('.ics') ? await read(name.slice(0, -'.ics'.length)) : undefined;
    if (file === undefined) return next();
    keepPrivate(response);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Disposition', 'inline; filename="shift.ics"');
    response.type('text/calendar; charset=utf-8').send(file);
  });
}
