import type { ToldFile } from '../supporters/files/tell-file.js';
import { printable } from './printable.js';

const REASONS: Readonly<Record<string, string>> = {
  gone: 'the network has it no more',
  too_large: 'larger than 2 MB',
  kind: 'not a picture, sound, film or PDF',
  too_many: 'this person sent too many',
};

/** One line about a file: `3f2a90c1d5e60718  photo  street.jpg, 120 kB`. */
export function drawFile(file: ToldFile): string {
  const what =
    'size' in file
      ? `${file.name}, ${Math.max(1, Math.round(file.size / 1000))} kB`
      : `${file.name}, not kept: ${REASONS[file.not_kept] ?? file.not_kept}`;
  return printable(`${file.id}  ${file.media}  ${what}`);
}
