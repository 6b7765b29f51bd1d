import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openLibrary, type PublishedLibrary } from '../../../../src/conversation/library.js';
import { openFlowStore, type FlowStore } from '../../../../src/conversation/publish/flow-store.js';
import { readInForce } from '../../../../src/conversation/publish/read-in-force.js';
import { exportSite } from '../../../../src/conversation/publish/site/export-site.js';
import { publishSiteDraft } from '../../../../src/conversation/publish/site/publish-site-draft.js';
import {
  publishSite,
  rollBackSite,
  type PublishSiteOptions,
} from '../../../../src/conversation/publish/site/publish-site.js';
import { SITE } from '../../../../src/conversation/publish/site/site-store.js';
import { withPublishedSite } from '../../../../src/conversation/publish/site/with-published-site.js';
import { readSources } from '../../../../src/conversation/sources.js';
import type { SiteContent } from '../../../../src/engine/site/site-content.js';
import { createLog } from '../../../../src/log.js';
import { FIXTURE_ACTIONS } from '../../../engine/fixture-library.js';
import { makeFolder, openHere, removeFolder } from '../../../store/support.js';
import { makePng } from './pictures.js';

const fixtures = join(__dirname, '..', '..', '..', 'fixtures');
const IN_PEACE = Date.parse('2030-03-01T12:00Z');
/** The eve of the ballot of the fixtures, in Paris. */
const IN_SILENCE = Date.parse('2030-03-16T12:00Z');
const AFTER = Date.parse('2030-03-18T12:00Z');

let folder: string;
let store: FlowStore;
let close: () => Promise<void>;
let now: number;
let options: PublishSiteOptions;
const opened: PublishedLibrary[] = [];

beforeEach(async () => {
  folder = makeFolder('publish-site');
  for (const name of ['flows', 'locales']) {
    cpSync(join(fixtures, name), join(folder, name), { recursive: true });
  }
  const here = await openHere();
  close = here.close;
  store = openFlowStore(here.store.connection);
  for (const table of store.tables) await table.createIndexes();
  now = IN_PEACE;
  writeSite('site:\n  headline: { fr: Un pont, en: A bridge }\n');
});

afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
  await close();
  removeFolder(folder);
});

const campaignFile = (): string => join(folder, 'flows', 'campaign.yaml');
const bare = readFileSync(join(fixtures, 'flows', 'campaign.yaml'), 'utf8');

function writeSite(yaml: string): void {
  writeFileSync(campaignFile(), `${bare}${yaml}`);
}

async function open(watch = true): Promise<PublishedLibrary> {
  const library = await openLibrary({
    store,
    flowsDir: join(folder, 'flows'),
    localesDir: join(folder, 'locales'),
    watch,
    actions: FIXTURE_ACTIONS,
    log: createLog('silent'),
    now: () => now,
  });
  opened.push(library);
  const { calendar } = library.library().campaign;
  options = { store: store.site, calendar: () => calendar, now: () => now };
  return library;
}

async function saveDraft(
  content: SiteContent,
  revision = 0,
): Promise<{ readonly revision: number; readonly content: SiteContent }> {
  const base = (await store.site.newest())?.version;
  const saved = await store.site.drafts.save({
    _id: SITE,
    revision,
    ...(base === undefined ? {} : { base }),
    content,
    author: 'Inès',
    updated_at: new Date(now),
  });
  if (saved === undefined) throw new Error('somebody was quicker');
  return saved;
}

async function contentNow(): Promise<SiteContent> {
  const found = await store.site.newest();
  if (found === undefined) throw new Error('nothing is published');
  return found.content;
}

function withHeadline(content: SiteContent, en: string): SiteContent {
  return { ...content, site: { ...content.site, headline: { fr: 'Un pont', en } } };
}

describe('publishing the page', () => {
  test('staff publish over the file, a restart keeps that, and a newer file publishes itself', async () => {
    const library = await open();
    expect(library.library().campaign.site.headline?.['en']).toBe('A bridge');
    const draft = await saveDraft({
      ...withHeadline(await contentNow(), 'Two bridges'),
      name: 'Saint-Martin ensemble',
    });
    const done = await publishSiteDraft(options, draft, { author: 'Inès', comment: 'bolder' });
    expect(done.type).toBe('published');
    expect(await store.site.drafts.get()).toBeUndefined();
    await library.refresh();
    const { campaign } = library.library();
    expect(campaign.site.headline?.['en']).toBe('Two bridges');
    expect([campaign.name, campaign.facts['name']]).toEqual(Array(2).fill('Saint-Martin ensemble'));
    // What is not the page's stays the file's.
    expect(campaign.candidate).toBe('Inès Morel');

    const again = await open();
    expect(again.library().campaign.site.headline?.['en']).toBe('Two bridges');
    // The checks of flows see the page in force, under the name that transcripts quote.
    const files = await readSources(join(folder, 'flows'), join(folder, 'locales'), folder);
    const { sources } = await readInForce(store, files);
    expect(sources.campaign?.text).toContain('Two bridges');
    expect(sources.campaign?.text).toContain('name: Demain Saint-Martin');

    writeSite('site:\n  headline: { fr: Trois ponts, en: Three bridges }\n');
    await again.reload();
    expect(again.library().campaign.site.headline?.['en']).toBe('Three bridges');
    const history = await store.site.publications.find({}, { sort: { _id: 1 } });
    expect(history.map(({ author }) => author)).toEqual(['files', 'Inès', 'files']);
  });

  test('an older page is put back as a publication of its own', async () => {
    const library = await open();
    const first = await store.site.newest();
    const draft = await saveDraft(withHeadline(await contentNow(), 'Two bridges'));
    await publishSiteDraft(options, draft, { author: 'Inès' });
    const done = await rollBackSite(options, first?._id ?? '', { author: 'Ali', comment: 'oops' });
    expect(done).toMatchObject({
      type: 'published',
      publication: { type: 'rolled_back', version: first?.version, author: 'Ali' },
    });
    await library.refresh();
    expect(library.library().campaign.site.headline?.['en']).toBe('A bridge');
    expect(await rollBackSite(options, '9999999999', { author: 'Ali' })).toEqual({
      type: 'unknown',
    });
  });

  test('during the silence nothing changes, whoever asks and whatever restarts; afterwards the file does', async () => {
    const before = await open();
    const draft = await saveDraft(withHeadline(await contentNow(), 'Two bridges'));
    const first = await store.site.newest();
    now = IN_SILENCE;
    expect(await publishSiteDraft(options, draft, { author: 'Inès' })).toMatchObject({
      type: 'withheld',
      refusal: { rule: 'silence' },
    });
    expect((await store.site.drafts.get())?.revision).toBe(draft.revision);
    expect((await rollBackSite(options, first?._id ?? '', { author: 'Inès' })).type).toBe(
      'unchanged',
    );
    writeSite('site:\n  headline: { fr: Trois ponts, en: Three bridges }\n');
    const restarted = await open();
    for (const library of [before, restarted]) {
      await library.reload();
      expect(library.library().campaign.site.headline?.['en']).toBe('A bridge');
    }
    now = AFTER;
    await restarted.reload();
    expect(restarted.library().campaign.site.headline?.['en']).toBe('Three bridges');
    expect((await publishSiteDraft(options, draft, { author: 'Inès' })).type).toBe('overtaken');
  });

  test('the first start publishes even in the silence, since nobody saw anything before', async () => {
    now = IN_SILENCE;
    const library = await open();
    expect(library.library().campaign.site.headline?.['en']).toBe('A bridge');
  });

  test('two who publish at once: one does, the other is told', async () => {
    await open();
    const content = await contentNow();
    const base = (await store.site.newest())?.version;
    const done = await Promise.all(
      ['Two bridges', 'No bridge'].map((en) =>
        publishSite(options, withHeadline(content, en), base, { type: 'published', author: en }),
      ),
    );
    expect(done.map(({ type }) => type).sort()).toEqual(['overtaken', 'published']);
    expect(await publishSiteDraft(options, { revision: 7, content }, { author: 'Inès' })).toEqual({
      type: 'changed',
    });
  });

  test('the picture of the file is kept as it was published, whatever becomes of the file', async () => {
    const file = join(folder, 'flows', 'face.png');
    writeFileSync(file, makePng(300, 300, [['tEXt', 'SECRET']]));
    writeSite('site:\n  headline: { fr: Un pont, en: A bridge }\n  picture: face.png\n');
    const library = await open();
    const name = library.library().campaign.site.picture ?? '';
    expect(name).toMatch(/^[0-9a-f]{32}\.png$/);
    const bytes = await store.site.pictures.get(name);
    expect(Buffer.from(bytes ?? []).toString('latin1')).not.toContain('SECRET');
    now = IN_SILENCE;
    writeFileSync(file, makePng(400, 300));
    await library.reload();
    expect(library.library().campaign.site.picture).toBe(name);

    now = AFTER;
    writeSite('site:\n  headline: { fr: Un pont, en: A bridge }\n  picture: ../../etc/passwd\n');
    await library.reload();
    expect(library.library().campaign.site.picture).toBeUndefined();
  });

  test('a page in force has words in exactly the languages that the campaign speaks by now', async () => {
    await open();
    const files = await readSources(join(folder, 'flows'), join(folder, 'locales'), folder);
    const languages = (of: string) => ({
      ...files,
      campaign: {
        path: 'flows/campaign.yaml',
        text: `name: Demain\nlanguages: [${of}]\nsite:\n  headline: { ${of
          .split(', ')
          .map((tag) => `${tag}: ${tag}`)
          .join(', ')} }\n`,
      },
    });
    const inForce = await store.site.newest();
    const learned = withPublishedSite(languages('fr, en, de'), inForce).campaign?.text;
    expect(learned).toContain('fr: Un pont, en: A bridge, de: Un pont');
    const left = withPublishedSite(languages('en'), inForce).campaign?.text;
    expect(left).toContain('headline: { en: A bridge }');
  });

  test('an export writes the page in force into the file, and warns of what would be lost', async () => {
    const library = await open();
    const sources = () => readSources(join(folder, 'flows'), join(folder, 'locales'));
    const exported = async () => {
      const { campaign, locales } = await sources();
      if (campaign === undefined) throw new Error('the file is there');
      return exportSite(store.site, campaign, locales);
    };
    expect(await exported()).toEqual({ files: [], isUnpublished: false });
    const bytes = makePng(300, 200);
    const picture = `${'ab'.repeat(16)}.png`;
    await store.site.pictures.put(picture, SITE, bytes, new Date());
    const content = withHeadline(await contentNow(), 'Two bridges');
    const draft = await saveDraft({ ...content, site: { ...content.site, picture } });
    await publishSiteDraft(options, draft, { author: 'Inès' });
    await library.refresh();
    const { files, isUnpublished } = await exported();
    expect(isUnpublished).toBe(false);
    expect(files.map(({ path }) => path.split('/').at(-1))).toEqual(['campaign.yaml', picture]);
    for (const { path, content: written } of files) writeFileSync(path, written);
    const text = readFileSync(campaignFile(), 'utf8');
    expect(text).toContain('en: Two bridges');
    expect(text.startsWith(bare)).toBe(true);
    // Read again, it is what was published, to the letter.
    await library.reload();
    expect(library.library().campaign.site.headline?.['en']).toBe('Two bridges');
    writeSite('site:\n  headline: { fr: Trois ponts, en: Three bridges }\n');
    expect((await exported()).isUnpublished).toBe(true);
  });

  test('another process shows what was published within seconds', async () => {
    const other = await open();
    const draft = await saveDraft(withHeadline(await contentNow(), 'Two bridges'));
    await publishSiteDraft(options, draft, { author: 'Inès' });
    while (other.library().campaign.site.headline?.['en'] !== 'Two bridges') await sleep(100);
  });
});
