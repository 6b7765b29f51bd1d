import { readPlain } from './yaml/plain.js';
import { createPlacer } from './yaml/placer.js';
import { readWhole, type YamlReading } from './yaml/whole.js';

/** A file as it was read; `path` is printed in problems. */
export type SourceFile = { readonly path: string; readonly text: string };

export type { YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from './yaml/nodes.js';

/**
 * Reads one YAML 1.2 document. `root` is absent when the file is empty or broken beyond reading;
 * what can still be read of a file with mistakes is given together with its problems.
 */
export function readYaml(file: SourceFile): YamlReading {
  const placeAt = createPlacer(file);
  const root = readPlain(file.text, placeAt);
  return root === undefined ? readWhole(file, placeAt) : { root, problems: [] };
}
