import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { exportFlows } from '../../conversation/publish/export-flows.js';
import { exportSite, type SiteExport } from '../../conversation/publish/site/export-site.js';
import type { SiteStore } from '../../conversation/publish/site/site-store.js';
import { readSources } from '../../conversation/sources.js';
import { nameOf } from '../../engine/parse/locales.js';
import { RESERVED_FLOWS } from '../../engine/parse/names.js';
import type { Sources } from '../../engine/compile.js';
import type { Folders } from '../folders.js';
import { Refusal } from '../refusal.js';
import { print } from './print.js';
import { withFlows } from './with-flows.js';

type Options = { force?: boolean; json?: boolean };

/**
 * `portevoix flows export [DIR]`: writes the flows in force to files, as they were published, and the page in
 * force into `campaign.yaml`. What has no versions (the rest of that file, the shared words) is copied where
 * the folder lacks it, and never written over.
 */
export async function exportToFiles(dir: string | undefined, options: Options): Promise<void> {
  const { force = false, json = false } = options;
  await withFlows(async ({ settings, store, inForce, readFiles }) => {
    const folders = dir === undefined ? settings : besides(resolve(dir));
    const there = await readSources(folders.flowsDir, folders.localesDir);
    const { files, unpublished: flows } = exportFlows(await inForce(), there, folders);
    const unpublished = [...flows];
    const page =
      there.campaign === undefined
        ? undefined
        : await exportSite(store.site, there.campaign, there.locales);
    if (page?.isUnpublished === true) unpublished.push('campaign.yaml');
    if (unpublished.length > 0 && !force) {
      throw new Refusal(
        `The files of ${unpublished.join(', ')} hold what never was published and would be lost: publish it, move it away, or add --force.`,
      );
    }
    for (const { path, text } of files) {
      await mkdir(dirname(resolve(path)), { recursive: true });
      await writeFile(path, text);
    }
    const copied = await copyShared(await readFiles(), there, folders);
    const pages = await exportPage(store.site, folders, page);
    for (const { path, content } of pages) await writeFile(path, content);
    const changed = [...files, ...pages].map(({ path }) => path);
    const written = [...new Set([...changed, ...copied])];
    if (json) print(JSON.stringify({ written }));
    else {
      for (const path of written) print(path);
      print(`${written.length} files written.`);
    }
  });
}

/** The page for the folder; one whose `campaign.yaml` was only copied just now gets it there. */
async function exportPage(
  store: SiteStore,
  { flowsDir, localesDir }: Folders,
  planned: SiteExport | undefined,
): Promise<SiteExport['files']> {
  if (planned !== undefined) return planned.files;
  const { campaign, locales } = await readSources(flowsDir, localesDir);
  return campaign === undefined ? [] : (await exportSite(store, campaign, locales)).files;
}

/** A folder of flows with the words beside it, whatever LOCALES_DIR says: that may be in use. */
function besides(flowsDir: string): Folders {
  return { flowsDir, localesDir: join(dirname(flowsDir), 'locales') };
}

/** Copies the files without versions that are missing there. */
async function copyShared(from: Sources, there: Sources, to: Folders): Promise<string[]> {
  const isShared = ({ path }: { path: string }): boolean =>
    RESERVED_FLOWS.some((reserved) => reserved === nameOf(path).name);
  const have = new Set(
    there.locales.map(({ path }) => `${nameOf(path).language}/${nameOf(path).name}`),
  );
  const wanted: [from: string, to: string][] = from.locales.filter(isShared).flatMap(({ path }) => {
    const { language, name } = nameOf(path);
    if (have.has(`${language}/${name}`)) return [];
    return [[path, join(to.localesDir, language, basename(path))]];
  });
  if (from.campaign !== undefined && there.campaign === undefined) {
    wanted.push([from.campaign.path, join(to.flowsDir, basename(from.campaign.path))]);
  }
  for (const [source, target] of wanted) {
    await mkdir(dirname(target), { recursive: true });
    await copyFile(source, target);
  }
  return wanted.map(([, target]) => target);
}
