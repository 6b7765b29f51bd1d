import { readYaml, type SourceFile, type YamlNode } from '../yaml.js';
import type { Report } from './report.js';

/** Reads a file and reports its mistakes of syntax; `broken` tells whether there were any. */
export function openYaml(
  file: SourceFile,
  report: Report,
): { readonly root?: YamlNode; readonly broken: boolean } {
  const { root, problems } = readYaml(file);
  report.add(problems);
  const broken = problems.some(({ code }) => code === 'yaml-syntax');
  return { broken, ...(root === undefined ? {} : { root }) };
}
