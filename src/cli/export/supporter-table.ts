import { compileSegment } from '../../outreach/segments/compile-segment.js';
import { exportTable } from '../../supporters/exchange/export-table.js';
import { TABLE_FORMATS } from '../../supporters/exchange/table-formats.js';
import { Refusal } from '../refusal.js';
import { withSegments } from '../with-segments.js';
import { write } from '../write.js';

/** `portevoix export supporters --format …`: all, or those of a segment, as a table. */
export async function exportSupporterTable(name: string, segment?: string): Promise<void> {
  const format = TABLE_FORMATS.find((known) => known === name);
  if (format === undefined) throw new Refusal(`There is no table of the format “${name}”.`);
  await withSegments(async ({ open, supporters, addresses, terms }) => {
    const query =
      segment === undefined ? {} : compileSegment(await open(segment), new Date(), terms);
    const pieces = exportTable(supporters, addresses, format, terms.fields, query);
    for await (const piece of pieces) await write(piece);
  });
}
