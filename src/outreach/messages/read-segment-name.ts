import { readText } from '../../engine/parse/read.js';
import type { Report } from '../../engine/parse/report.js';
import { didYouMean } from '../../engine/parse/suggest.js';
import type { YamlNode } from '../../engine/yaml.js';
import type { MessageContext } from './read-matter.js';
import { say } from '../../engine/sentence.js';

/** Reads the name of a segment there is. */
export function readSegmentName(
  node: YamlNode | undefined,
  { segments }: MessageContext,
  report: Report,
): string | undefined {
  const written = node === undefined ? undefined : readText(node, 'segment', report);
  if (written === undefined) return undefined;
  if (segments !== undefined && !segments.has(written.text)) {
    report.error(
      written.place,
      'unknown-field',
      say`there is no segment "${written.text}"; ${didYouMean(written.text, segments)}`,
    );
  }
  return written.text;
}
