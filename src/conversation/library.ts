import { watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import type { ActionDeclaration } from '../engine/action.js';
import { compile, compileVersion, type Compiled, type Sources } from '../engine/compile.js';
import type { Flow, Library } from '../engine/flow.js';
import { createLibrary } from '../engine/library.js';
import { formatProblem, type Problem } from '../engine/problem.js';
import type { Log } from '../log.js';
import type { Table } from '../store/table.js';
import { FlowsError } from './flows-error.js';
import type { FlowVersionRow } from './flow-versions.js';
import { readSources } from './sources.js';
import type { Rules } from './understand.js';

/** Changes of files within this time are taken together, for editors write in several steps. */
const SETTLE_MS = 300;

export type PublishedLibrary = {
  /** The flows in force now. */
  library(): Library;
  rules(): Rules;
  /** Reads the files again and publishes what the store never saw. */
  reload(): Promise<void>;
  close(): void;
};

export type LibraryOptions = {
  readonly versions: Table<FlowVersionRow>;
  readonly flowsDir: string;
  readonly localesDir: string;
  readonly watch: boolean;
  readonly actions: readonly ActionDeclaration[];
  readonly log: Log;
};

type InForce = { readonly library: Library; readonly rules: Rules };

/**
 * Loads the flows in force: each sound file whose hash the store never saw is published, a faulty one
 * keeps its last good version. Throws `FlowsError` when nothing answers `command: start`.
 */
export async function openLibrary(options: LibraryOptions): Promise<PublishedLibrary> {
  const { log } = options;
  let inForce = await load(options);
  let reloading = Promise.resolve();

  async function reloadAfter(before: Promise<void>): Promise<void> {
    await before;
    try {
      inForce = await load(options);
    } catch (error) {
      // What is in force stays in force.
      if (error instanceof FlowsError) report(error.problems, log);
      else log.error({ err: error }, 'flows not reloaded');
    }
  }

  const reload = (): Promise<void> => {
    reloading = reloadAfter(reloading);
    return reloading;
  };
  const watchers = options.watch ? watchFolders(options, () => void reload()) : [];
  return {
    library: () => inForce.library,
    rules: () => inForce.rules,
    reload,
    close: () => {
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function load(options: LibraryOptions): Promise<InForce> {
  const { versions, actions, log } = options;
  const sources = await readSources(options.flowsDir, options.localesDir);
  const compiled = compile(sources, actions);
  const shared = compiled.problems.filter((problem) => isShared(problem, sources));
  if (shared.some(isError)) throw new FlowsError(shared);

  report(compiled.problems, log);
  const rows = await publish(versions, sources, compiled, log);
  const older = compileOnDemand(rows, compiled, actions);
  const flows = [...newestOf(rows).values()].flatMap(({ name, version }) => {
    const current = compiled.flows.get(name);
    return current?.version === version ? [current] : (older(name, version) ?? []);
  });
  const library = createLibrary({ ...compiled, flows, older });
  if (library.startedBy({ type: 'command', command: 'start' }) === undefined) {
    throw new FlowsError(compiled.problems.filter(isError));
  }
  return { library, rules: compiled.rules };
}

/** Publishes the sound flows whose hash is new; answers every version the store has. */
async function publish(
  versions: Table<FlowVersionRow>,
  sources: Sources,
  compiled: Compiled,
  log: Log,
): Promise<FlowVersionRow[]> {
  const rows = await versions.find({});
  const known = new Set(rows.map(({ _id }) => _id));
  for (const { name, version } of compiled.flows.values()) {
    const _id = `${name}@${version}`;
    const flow = sources.flows.find((file) => nameOf(file.path) === name);
    if (known.has(_id) || flow === undefined) continue;
    const words = sources.locales.filter((file) => nameOf(file.path) === name);
    const row = { _id, name, version, flow, words, author: 'files', published_at: new Date() };
    if (await versions.insert(row)) log.info({ flow: name, version }, 'flow published');
    rows.push(row);
  }
  return rows;
}

function newestOf(rows: readonly FlowVersionRow[]): Map<string, FlowVersionRow> {
  const newest = new Map<string, FlowVersionRow>();
  for (const row of rows) {
    const other = newest.get(row.name);
    if (other === undefined || other.published_at < row.published_at) newest.set(row.name, row);
  }
  return newest;
}

/** Compiles stored versions when a session that stands on one asks for it. */
function compileOnDemand(
  rows: readonly FlowVersionRow[],
  { campaign }: Compiled,
  actions: readonly ActionDeclaration[],
): (name: string, version: string) => Flow | undefined {
  const byId = new Map(rows.map((row) => [row._id, row]));
  const compiled = new Map<string, Flow | undefined>();
  return (name, version) => {
    const id = `${name}@${version}`;
    const row = byId.get(id);
    if (row !== undefined && !compiled.has(id)) {
      compiled.set(id, compileVersion(name, row, campaign, actions));
    }
    return compiled.get(id);
  };
}

/** `campaign.yaml`, `common.yaml` and `stop-words.yaml` concern every flow. */
function isShared(problem: Problem, sources: Sources): boolean {
  const name = nameOf(problem.file);
  const isLocale = sources.locales.some((file) => file.path === problem.file);
  return isLocale ? name === 'common' || name === 'stop-words' : name === 'campaign';
}

function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

function nameOf(path: string): string {
  return basename(path).replace(/\.ya?ml$/, '');
}

function report(problems: readonly Problem[], log: Log): void {
  for (const problem of problems) {
    const level = isError(problem) ? 'error' : 'warn';
    log[level]({ problem: formatProblem(problem) }, 'flow problem');
  }
}

function watchFolders(options: LibraryOptions, changed: () => void): FSWatcher[] {
  let settling: NodeJS.Timeout | undefined;
  const later = (): void => {
    clearTimeout(settling);
    settling = setTimeout(changed, SETTLE_MS);
    settling.unref();
  };
  return [options.flowsDir, options.localesDir].map((folder) => {
    const watcher = watch(folder, { recursive: true, persistent: false }, later);
    watcher.on('error', (error) => options.log.warn({ err: error }, 'flows are not watched'));
    return watcher;
  });
}
