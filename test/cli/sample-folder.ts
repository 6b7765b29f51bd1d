import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const root = join(__dirname, '..', '..');
/** A dozen transcripts tell as much as all of them, which are tried elsewhere. */
const PLAYED = /^(stop|welcome)\./;

/** Makes a folder with the flows and words that come with the program, and some of the transcripts. */
export function makeSampleFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  for (const name of ['flows', 'locales']) {
    cpSync(join(root, name), join(folder, name), {
      recursive: true,
      filter: (path) => basename(join(path, '..')) !== 'tests' || PLAYED.test(basename(path)),
    });
  }
  return folder;
}

/** Changes the text of a file in a folder. */
export function edit(folder: string, path: string, change: (text: string) => string): void {
  const file = join(folder, path);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
