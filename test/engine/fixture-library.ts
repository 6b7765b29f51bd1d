import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ActionDeclaration } from '../../src/engine/action.js';
import { compile, type Compiled, type SourceFile } from '../../src/engine/compile.js';
import type { Library } from '../../src/engine/flow.js';
import { createLibrary } from '../../src/engine/library.js';

/** Actions as domains declare them; two have results. */
export const FIXTURE_ACTIONS: readonly ActionDeclaration[] = [
  { name: 'email.confirm', arguments: {} },
  { name: 'consent.withdraw', arguments: { purpose: { type: 'text', optional: true } } },
  { name: 'supporter.tag', arguments: { tag: { type: 'text' } } },
  { name: 'volunteer.offer_shifts', arguments: {}, result: { options: 'list' } },
  { name: 'volunteer.sign_up', arguments: { shift: { type: 'text' } }, result: { place: 'text' } },
];

/** Compiles the flows of a folder with the words of the folder `locales` beside it. */
export function compileFolder(
  folder: string,
  actions: readonly ActionDeclaration[] = FIXTURE_ACTIONS,
): Compiled & { readonly library: Library } {
  const files = yamlFiles(folder);
  const locales = join(folder, '..', 'locales');
  const campaign = files.find(({ path }) => path.endsWith('campaign.yaml'));
  const compiled = compile(
    {
      ...(campaign === undefined ? {} : { campaign }),
      flows: files.filter((file) => file !== campaign),
      locales: readdirSync(locales).flatMap((language) => yamlFiles(join(locales, language))),
    },
    actions,
  );
  const library = createLibrary({ ...compiled, flows: compiled.flows.values() });
  return { ...compiled, library };
}

/** The YAML files of a folder, without those below it. */
export function yamlFiles(folder: string): SourceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/** The flows of test/fixtures, which use every kind of step. */
export function compileFixtures(): ReturnType<typeof compileFolder> {
  return compileFolder(join(__dirname, '..', 'fixtures', 'flows'));
}
