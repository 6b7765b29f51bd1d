import { z } from 'zod';
import { exportVisits, type VisitFormat } from '../../canvass/export/export-visits.js';
import type { VanIds } from '../../canvass/export/write-visit.js';
import type { Doors } from '../../canvass/doors.js';
import type { Visits } from '../../canvass/visits.js';
import { defineRoute, type Route } from '../route.js';
import { NOTHING } from './inputs.js';

export type CanvassExportOptions = { readonly doors: Doors; readonly visits: Visits };

/** Routes that write all visits that count into a file, as they are read. */
export function canvassExportRoutes({ doors, visits }: CanvassExportOptions): Route[] {
  const produce = (format: VisitFormat, name: string, van: VanIds = {}) => ({
    name,
    pieces: exportVisits({ doors, visits }, format, { van }),
  });
  return [
    defineRoute<'GET /canvass/exports/csv'>({
      type: 'file',
      key: 'GET /canvass/exports/csv',
      name: 'exportVisitsAsCsv',
      summary: 'All visits as a table, for a spreadsheet.',
      access: 'canvass.write',
      input: NOTHING,
      contentType: 'text/csv',
      audit: () => ({}),
      produce: async () => produce('csv', 'visits.csv'),
    }),
    defineRoute<'GET /canvass/exports/osdi'>({
      type: 'file',
      key: 'GET /canvass/exports/osdi',
      name: 'exportVisitsAsOsdi',
      summary: 'All visits as canvasses of the Open Supporter Data Interface, one a line.',
      access: 'canvass.write',
      input: NOTHING,
      contentType: 'application/x-ndjson',
      audit: () => ({}),
      produce: async () => produce('osdi', 'visits-osdi.jsonl'),
    }),
    defineRoute<'GET /canvass/exports/van'>({
      type: 'file',
      key: 'GET /canvass/exports/van',
      name: 'exportVisitsForVan',
      summary: 'All visits as canvass responses of NGP VAN, one a line.',
      access: 'canvass.write',
      input: z.strictObject({
        support: z
          .string()
          .regex(/^\d{1,12}:\d{1,12}(,\d{1,12}){4}$/, 'is the question, and its five responses')
          .exactOptional(),
        barrier: z.coerce.number().int().min(1).exactOptional(),
      }),
      contentType: 'application/x-ndjson',
      audit: () => ({}),
      produce: async ({ support, barrier }) =>
        produce('van', 'visits-van.jsonl', {
          ...(support === undefined ? {} : { support: readSupport(support) }),
          ...(barrier === undefined ? {} : { results: { language_barrier: barrier } }),
        }),
    }),
  ];
}

function readSupport(text: string): NonNullable<VanIds['support']> {
  const [question, responses = ''] = text.split(':');
  return { question: Number(question), responses: responses.split(',').map(Number) };
}
