import { join } from 'node:path';
import type { SourceFile, Sources } from '../../engine/compile.js';
import { nameOf } from '../../engine/parse/locales.js';
import type { FlowSources } from './flow-sources.js';
import type { InForce } from './read-in-force.js';

/** What an export writes, to the letter as it was published, comments and all. */
export type Export = {
  readonly files: readonly SourceFile[];
  /** Flows whose files here hold work that never was published and would be lost. */
  readonly unpublished: readonly string[];
};

/**
 * Plans the export of the flows in force to a folder of flows and one of words; `there` is what they
 * hold now. Files that are the same already are left alone. Pure.
 */
export function exportFlows(
  { current, versions }: Pick<InForce, 'current' | 'versions'>,
  there: Sources,
  { flowsDir, localesDir }: { readonly flowsDir: string; readonly localesDir: string },
): Export {
  const files: SourceFile[] = [];
  const unpublished: string[] = [];
  for (const row of current.values()) {
    const old = filesOf(there, row.name);
    if (isSame(old, row)) continue;
    const known = [...versions.values()].filter(({ name }) => name === row.name);
    if (!known.some((version) => holds(version, old))) unpublished.push(row.name);
    files.push({
      path: old.flow?.path ?? join(flowsDir, `${row.name}.yaml`),
      text: row.flow.text,
    });
    for (const word of row.words) {
      const path = join(localesDir, languageOf(word), `${row.name}.yaml`);
      files.push({ path: inLanguageOf(word, old.words)?.path ?? path, text: word.text });
    }
  }
  return { files, unpublished };
}

type Old = { readonly flow: SourceFile | undefined; readonly words: readonly SourceFile[] };

function filesOf({ flows, locales }: Sources, name: string): Old {
  const isOwn = ({ path }: SourceFile): boolean => nameOf(path).name === name;
  return { flow: flows.find(isOwn), words: locales.filter(isOwn) };
}

function isSame(old: Old, { flow, words }: FlowSources): boolean {
  const said = words.every((word) => inLanguageOf(word, old.words)?.text === word.text);
  return said && old.flow?.text === flow.text;
}

/** Whether a version has all that the files hold; words of a language it lacks are left alone. */
function holds(version: FlowSources, old: Old): boolean {
  const said = old.words.every(
    (word) => (inLanguageOf(word, version.words) ?? word).text === word.text,
  );
  return said && (old.flow === undefined || old.flow.text === version.flow.text);
}

function inLanguageOf(word: SourceFile, words: readonly SourceFile[]): SourceFile | undefined {
  return words.find((other) => languageOf(other) === languageOf(word));
}

function languageOf({ path }: SourceFile): string {
  return nameOf(path).language;
}
