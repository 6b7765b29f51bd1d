import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { SourceFile, Sources } from '../engine/compile.js';
import { errorCode } from '../error-code.js';

/** The words that come with the program. */
const SHIPPED_DIR = join(__dirname, '..', '..', 'locales');
/** Those of them that stand in for what a campaign does not write itself. */
const SHIPPED = new Set(['common', 'stop-words', 'synonyms']);
/** Files in `flows/` that are not flows. */
const NOT_FLOWS = new Set(['campaign']);

/**
 * Reads what authors wrote: `campaign.yaml` and the flows of one folder, the words of another. Paths
 * are given relative to `from`, as problems print them.
 */
export async function readSources(
  flowsDir: string,
  localesDir: string,
  from = process.cwd(),
): Promise<Sources> {
  const names = await yamlFiles(flowsDir);
  const files = await Promise.all(names.map((name) => readSource(join(flowsDir, name), from)));
  const named = names.map((name, index) => ({ name: withoutEnding(name), file: files[index] }));
  const campaign = named.find(({ name }) => name === 'campaign')?.file;
  return {
    ...(campaign === undefined ? {} : { campaign }),
    flows: named.flatMap(({ name, file }) =>
      NOT_FLOWS.has(name) || file === undefined ? [] : [file],
    ),
    locales: await readLocales(localesDir, from),
    shipped: await readLocales(SHIPPED_DIR, from, (name) => SHIPPED.has(name)),
  };
}

async function readLocales(
  localesDir: string,
  from: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<SourceFile[]> {
  const languages = await readdir(localesDir, { withFileTypes: true }).catch(noFolder);
  const files = await Promise.all(
    languages
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(async ({ name: language }) => {
        const folder = join(localesDir, language);
        const names = (await yamlFiles(folder)).filter((name) => isWanted(withoutEnding(name)));
        return Promise.all(names.map((name) => readSource(join(folder, name), from)));
      }),
  );
  return files.flat();
}

/** Names of the YAML files of a folder, in order; dotfiles are left out. */
export async function yamlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noFolder);
  return entries
    .filter((entry) => entry.isFile() && /^[^.].*\.ya?ml$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
}

export async function readSource(path: string, from = process.cwd()): Promise<SourceFile> {
  const shown = relative(from, path);
  return { path: shown.startsWith('..') ? path : shown, text: await readFile(path, 'utf8') };
}

function withoutEnding(file: string): string {
  return file.replace(/\.ya?ml$/, '');
}

function noFolder(error: unknown): never[] {
  if (errorCode(error) === 'ENOENT') return [];
  throw error;
}
