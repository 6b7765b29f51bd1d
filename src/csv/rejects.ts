import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { CsvRow, OpenCsv } from './open-csv.js';
import { writeCsv } from './write-csv.js';

/** Where rows go that could not be taken: a table with the same columns, to be mended and imported. */
export type Rejects = {
  readonly path: string;
  add(row: CsvRow, reason: string): Promise<void>;
  /** Ends the file; there is none when nothing was rejected. */
  close(): Promise<void>;
};

/** Opens the file of rejects of a table, `FILE.rejects.csv` beside it; that of an earlier run is gone. */
export async function openRejects(path: string, { header, delimiter }: OpenCsv): Promise<Rejects> {
  const beside = `${path.replace(/(\.csv|\.txt)?(\.gz)?$/i, '')}.rejects.csv`;
  let file: WriteStream | undefined;
  await rm(beside, { force: true });
  const write = async (cells: readonly (string | number)[]): Promise<void> => {
    file ??= createWriteStream(beside, { mode: 0o600 });
    // As they were: what is mended is imported again.
    const line = writeCsv([cells], { delimiter, forSpreadsheets: false });
    if (!file.write(line)) await once(file, 'drain');
  };
  return {
    path: beside,
    async add({ line, cells }, reason) {
      if (file === undefined) await write(['line', 'reason', ...header]);
      await write([line, reason, ...cells]);
    },
    async close() {
      if (file === undefined) return;
      file.end();
      await finished(file);
    },
  };
}
