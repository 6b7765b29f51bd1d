import { watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import type { ActionDeclaration } from '../engine/action.js';
import { compile, type Sources } from '../engine/compile.js';
import type { Library } from '../engine/flow.js';
import type { Lesson } from '../engine/lesson.js';
import { formatProblem, type Problem } from '../engine/problem.js';
import type { Log } from '../log.js';
import { repeat } from '../repeat.js';
import { FlowsError } from './flows-error.js';
import { adoptVersions } from './publish/adopt-versions.js';
import { createVersionedLibrary } from './publish/create-versioned-library.js';
import type { FlowStore } from './publish/flow-store.js';
import { inForce } from './publish/in-force.js';
import type { PublicationRow } from './publish/publications.js';
import { publishFiles } from './publish/publish-files.js';
import { loadSite } from './publish/site/load-site.js';
import { withPublishedSite } from './publish/site/with-published-site.js';
import { createVersionReader, type VersionReader } from './publish/version-reader.js';
import { readSources } from './sources.js';
import type { Rules } from './understand.js';

/** Changes of files within this time are taken together, for editors write in several steps. */
const SETTLE_MS = 300;
/** How often it is looked whether another process published. */
const LOOK_EVERY_MS = 2_000;

export type PublishedLibrary = {
  /** The flows in force now. */
  library(): Library;
  rules(): Rules;
  /** What each language is understood by. */
  lessons(): readonly Lesson[];
  /** Reads the files again, and publishes those whose hash the store never saw. */
  reload(): Promise<void>;
  /** Reads what was published meanwhile, and publishes nothing. */
  refresh(): Promise<void>;
  close(): Promise<void>;
};

export type LibraryOptions = {
  readonly store: FlowStore;
  readonly flowsDir: string;
  readonly localesDir: string;
  /** Whether changed files are published by themselves; without it, only into an empty store. */
  readonly watch: boolean;
  readonly actions: readonly ActionDeclaration[];
  /** Names of the segments there are; flows that ask for others are warned of. */
  segments?(): Promise<readonly string[]>;
  readonly log: Log;
  /** Told after files were read again, or something else came into force. */
  changed?(): void;
  now(): number;
};

type InForce = {
  readonly library: Library;
  readonly rules: Rules;
  readonly lessons: readonly Lesson[];
};

/**
 * Loads the flows in force. Each sound file whose hash the store never saw is published, a faulty one
 * keeps its last good version. What other processes publish is in force here within seconds. Throws
 * `FlowsError` when nothing answers `command: start`.
 */
export async function openLibrary(options: LibraryOptions): Promise<PublishedLibrary> {
  const { log, store } = options;
  const { publications } = store;
  const versions = createVersionReader(store.versions);
  let newest: string | undefined;
  let newestPage: string | undefined;
  let refused: string | undefined;
  let refusedPage: string | undefined;
  /** When changed files that had to wait are looked at again. */
  let waitsUntil: number | undefined;
  let loading = Promise.resolve();

  async function load(publishes: boolean): Promise<InForce> {
    const { last, page, waits, ...found } = await loadFlows(options, versions, publishes);
    newest = last?._id;
    newestPage = page;
    if (publishes) waitsUntil = waits;
    return found;
  }

  const isEmpty = !(await adoptVersions(store));
  let loaded = await load(options.watch || isEmpty);

  async function loadAfter(before: Promise<void>, publishes: boolean): Promise<void> {
    await before;
    try {
      loaded = await load(publishes);
      options.changed?.();
    } catch (error) {
      // What is in force stays in force.
      if (!(error instanceof FlowsError)) return log.error({ err: error }, 'flows not reloaded');
      report(error.problems, log);
      refused = await publications.newest().catch(() => undefined);
      refusedPage = (await store.site.newest().catch(() => undefined))?._id;
    }
  }

  const again = (publishes: boolean): Promise<void> => {
    loading = loadAfter(loading, publishes);
    return loading;
  };
  const reload = (): Promise<void> => again(true);
  const refresh = (): Promise<void> => again(false);

  async function lookForNews(): Promise<void> {
    if (waitsUntil !== undefined && options.now() >= waitsUntil) return reload();
    const [last, page] = [await publications.newest(), (await store.site.newest())?._id];
    const isNew = last !== newest || page !== newestPage;
    // What could not be loaded is not loaded, and reported, again and again.
    if (!isNew || (last === refused && page === refusedPage)) return;
    const hadFlows = newest;
    await refresh();
    if (last === newest && last !== hadFlows)
      log.info({ publication: last }, 'flows of another process in force');
  }

  const looking = repeat(lookForNews, {
    everyMs: LOOK_EVERY_MS,
    report: (error) => log.warn({ err: error }, 'publications not read'),
  });
  const watchers = options.watch ? watchFolders(options, () => void reload()) : [];
  return {
    library: () => loaded.library,
    rules: () => loaded.rules,
    lessons: () => loaded.lessons,
    reload,
    refresh,
    async close() {
      await looking.stop();
      for (const watcher of watchers) watcher.close();
    },
  };
}

async function loadFlows(
  options: LibraryOptions,
  versions: VersionReader,
  publishes: boolean,
): Promise<
  InForce & {
    readonly last: PublicationRow | undefined;
    /** The number of the page in force. */
    readonly page: string | undefined;
    readonly waits: number | undefined;
  }
> {
  const { store, actions, log } = options;
  const segments = await options.segments?.();
  const files: Sources = {
    ...(await readSources(options.flowsDir, options.localesDir)),
    ...(segments === undefined ? {} : { segments }),
  };
  const site = await loadSite(store.site, files, { ...options, publishes });
  const sources = withPublishedSite(files, site.inForce);
  const compiled = compile(sources, actions);
  const shared = compiled.problems.filter((problem) => isShared(problem, sources));
  if (shared.some(isError)) throw new FlowsError(shared);

  report(compiled.problems, log);
  const { publications, published, waitsUntil } = publishes
    ? await publishFiles(store, sources, compiled, new Date(options.now()))
    : { publications: await store.publications.all(), published: [], waitsUntil: undefined };
  const waits = earlier(waitsUntil, site.waitsUntil);
  if (waitsUntil !== undefined) {
    const until = new Date(waitsUntil).toISOString();
    log.warn({ until }, 'election silence: changed flows that campaign are published after it');
  }
  for (const { name, version } of published) log.info({ flow: name, version }, 'flow published');
  const rows = await versions(publications);
  const library = createVersionedLibrary(compiled, inForce(publications).values(), rows, actions);
  if (library.startedBy({ type: 'command', command: 'start' }) === undefined) {
    throw new FlowsError(compiled.problems.filter(isError));
  }
  return {
    library,
    rules: compiled.rules,
    lessons: compiled.lessons,
    last: publications.at(-1),
    waits,
    page: site.inForce?._id,
  };
}

/** The earlier of two instants, where there are any. */
function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
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
