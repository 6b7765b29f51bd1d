import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { exportFlows, type Export } from '../../../src/conversation/publish/export-flows.js';
import { publishFlows } from '../../../src/conversation/publish/publish-flows.js';
import { readSources } from '../../../src/conversation/sources.js';
import { openStage, type Stage } from './stage.js';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
});
afterEach(() => stage.close());

async function plan(folder = stage.folder): Promise<Export> {
  const [flowsDir, localesDir] = [join(folder, 'flows'), join(folder, 'locales')];
  const there = await readSources(flowsDir, localesDir, folder);
  return exportFlows(await stage.inForce(), there, { flowsDir, localesDir });
}

function write({ files }: Export): void {
  for (const { path, text } of files) {
    const file = resolve(stage.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const commented = (text: string): string => `# Lea wrote this.\n${text}`;

/** Staff publish a welcome with comments; the files stay as they are. */
async function publishComments(): Promise<void> {
  const { flow, words, ...rest } = await stage.proposed('welcome');
  const proposed = {
    ...rest,
    flow: { ...flow, text: commented(flow.text) },
    words: words.map((word) => ({ ...word, text: commented(word.text) })),
  };
  const by = { type: 'published', author: 'lea' } as const;
  expect((await publishFlows(stage.options, [proposed], by)).type).toBe('published');
  await stage.library.refresh();
}

describe('an export', () => {
  test('writes nothing when the files are what is in force', async () => {
    expect(await plan()).toEqual({ files: [], unpublished: [] });
  });

  test('writes what staff published to the letter, and changes nothing at the next start', async () => {
    await publishComments();
    const version = stage.library.library().flow('welcome')?.version;
    const planned = await plan();
    expect(planned.unpublished).toEqual([]);
    expect(planned.files.map(({ path }) => path).sort()).toEqual([
      'flows/welcome.yaml',
      'locales/en/welcome.yaml',
      'locales/fr/welcome.yaml',
    ]);
    write(planned);
    expect(readFileSync(join(stage.folder, 'flows/welcome.yaml'), 'utf8')).toMatch(/^# Lea/);
    expect(await plan()).toEqual({ files: [], unpublished: [] });
    const started = await stage.open(true);
    expect(started.library().flow('welcome')?.version).toBe(version);
    expect(await stage.flowStore.publications.all()).toHaveLength(2);
  });

  test('names the flows whose files hold work that nobody published', async () => {
    await publishComments();
    stage.edit('flows/welcome.yaml', (text) => text.replace('title: Sign-up', 'title: Mine'));
    // What lags behind a publication is no such work.
    expect((await plan()).unpublished).toEqual(['welcome']);
    stage.edit('flows/welcome.yaml', (text) => text.replace('title: Mine', 'title: Sign-up'));
    expect((await plan()).unpublished).toEqual([]);
    stage.edit('locales/fr/welcome.yaml', (text) => `${text}# Mine\n`);
    expect((await plan()).unpublished).toEqual(['welcome']);
  });

  test('fills a folder that is empty', async () => {
    const planned = await plan(join(stage.folder, 'elsewhere'));
    expect(planned.unpublished).toEqual([]);
    expect(planned.files.map(({ path }) => path)).toContain(
      join(stage.folder, 'elsewhere', 'locales', 'fr', 'help.yaml'),
    );
    write(planned);
    expect(await plan(join(stage.folder, 'elsewhere'))).toEqual({ files: [], unpublished: [] });
  });
});
