import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ActionDeclaration } from '../../src/engine/action.js';
import { compile, type Compiled, type SourceFile, type Sources } from '../../src/engine/compile.js';
import { ACTIONS as DECLARED } from '../../src/actions.js';

/** A `common.yaml` with every key: the sample campaign's. */
export const COMMON = readFileSync(path.join(__dirname, '../../locales/en/common.yaml'), 'utf8');

export const CAMPAIGN = 'name: Test\ncandidate: Ann Doe\nlanguages: [en]\n';

/** Actions of the tests: the program's and one with a result. */
export const ACTIONS: readonly ActionDeclaration[] = [
  ...DECLARED,
  {
    name: 'shift.offer',
    arguments: { near: { type: 'text', optional: true } },
    result: { shifts: 'list', town: 'text', open: 'boolean' },
  },
];

/** Files of a small campaign: flows and words by name, English only unless `campaign` says more. */
export function sourcesOf(parts: {
  readonly campaign?: string;
  readonly flows: Readonly<Record<string, string>>;
  readonly locales?: Readonly<Record<string, string>>;
}): Sources {
  const locales: Record<string, string> = { 'en/common': COMMON, ...parts.locales };
  return {
    campaign: { path: 'flows/campaign.yaml', text: parts.campaign ?? CAMPAIGN },
    flows: filesOf('flows', parts.flows),
    locales: filesOf('locales', locales),
  };
}

function filesOf(folder: string, texts: Readonly<Record<string, string>>): readonly SourceFile[] {
  return Object.entries(texts).map(([name, text]) => ({ path: `${folder}/${name}.yaml`, text }));
}

/** Compiles one flow, `main`, with English words; `steps` are indented by two spaces. */
export function compileSteps(
  steps: string,
  words: string,
  more: { readonly campaign?: string; readonly head?: string } = {},
): Compiled {
  const head = more.head ?? 'title: Main\npurpose: service\nstarts_on:\n  - command: start\n';
  return compile(
    sourcesOf({
      flows: { main: `${head}steps:\n${steps}` },
      locales: { 'en/main': words },
      ...(more.campaign === undefined ? {} : { campaign: more.campaign }),
    }),
    ACTIONS,
  );
}

/** Problems as `file:line:column severity code`. */
export function linesOf({ problems }: Compiled): readonly string[] {
  return problems.map(
    ({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`,
  );
}

/** Reads a folder that has `flows` and `locales`; paths are given relative to it. */
export function readSources(folder: string): Sources {
  const read = (name: string): SourceFile => ({
    path: name,
    text: readFileSync(path.join(folder, name), 'utf8'),
  });
  const yamlIn = (name: string): readonly string[] =>
    readdirSync(path.join(folder, name))
      .filter((file) => file.endsWith('.yaml'))
      .sort()
      .map((file) => `${name}/${file}`);
  return {
    campaign: read('flows/campaign.yaml'),
    flows: yamlIn('flows')
      .filter((name) => name !== 'flows/campaign.yaml')
      .map(read),
    locales: readdirSync(path.join(folder, 'locales'))
      .sort()
      .flatMap((language) => yamlIn(`locales/${language}`))
      .map(read),
  };
}
