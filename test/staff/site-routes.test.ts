import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Campaign } from '../../src/engine/campaign.js';
import type { SiteContent } from '../../src/engine/site/site-content.js';
import { siteRoutes } from '../../src/staff/routes/site-routes.js';
import { makePng } from '../conversation/publish/site/pictures.js';
import { openStage, type Stage } from '../conversation/publish/stage.js';
import { openStaff, type Answer, type OpenStaff } from './open-staff.js';

let stage: Stage;
let staff: OpenStaff;
/** Milliseconds that the calendar is ahead. */
let at = 0;
const tokens = new Map<string, string>();

beforeAll(async () => {
  stage = await openStage();
  const { library, flowStore } = stage;
  staff = await openStaff(
    siteRoutes({
      store: flowStore.site,
      campaign: (): Campaign => library.library().campaign,
      refresh: () => library.refresh(),
      now: () => staff.now() + at,
    }),
  );
});

afterAll(async () => {
  await staff?.close();
  await stage?.close();
});

async function as(
  role: 'editor' | 'viewer' | 'organiser',
  route: string,
  body?: unknown,
): Promise<Answer> {
  const token = tokens.get(role) ?? (await staff.tokenOf(role));
  tokens.set(role, token);
  return staff.ask(route, body, { token });
}

/** Saves the page in force with a change, as the draft. */
async function save(change: (content: SiteContent) => SiteContent): Promise<number> {
  const { body } = await as('editor', 'GET /site');
  const { revision, base } = body;
  const content = change(body.content);
  const saved = await as('editor', 'PUT /site/draft', { revision, base, content });
  expect([saved.status, saved.body]).toEqual([200, saved.body]);
  return saved.body.revision;
}

const withIssue =
  (en: string) =>
  (content: SiteContent): SiteContent => ({
    ...content,
    site: {
      ...content.site,
      issues: [{ title: { fr: 'Le pont ', en: ' The bridge' }, text: { fr: 'Il tiendra.', en } }],
    },
  });

const shown = (): Campaign['site'] => stage.library.library().campaign.site;

describe('the routes about the page', () => {
  test('an editor writes, publishes and puts back; each act is in the audit log', async () => {
    const revision = await save(withIssue('It will hold.'));
    expect(shown().issues).toEqual([]);
    const done = await as('editor', 'POST /site/publish', { revision, comment: 'The bridge' });
    expect(done.body.type).toBe('published');
    // Tidy, and in force at once.
    expect(shown().issues).toEqual([
      {
        title: { fr: 'Le pont', en: 'The bridge' },
        text: { fr: 'Il tiendra.', en: 'It will hold.' },
      },
    ]);
    const { items } = (await as('editor', 'GET /site/history')).body;
    expect(items.map(({ isInForce }: { isInForce: boolean }) => isInForce)).toEqual([true, false]);
    expect(items[0]).toMatchObject({ comment: 'The bridge', type: 'published' });
    const first = await as('editor', `GET /site/history/${items[1].number}`);
    expect(first.body.content.site.issues).toEqual([]);
    const back = await as('editor', 'POST /site/rollback', { number: items[1].number });
    expect(back.body.type).toBe('published');
    expect(shown().issues).toEqual([]);
    const log = await staff.tables.audit.table.find({});
    const actions = log.map(({ action }) => action);
    for (const action of ['saveSiteDraft', 'publishSite', 'rollBackSite']) {
      expect(actions).toContain(action);
    }
    expect(JSON.stringify(log)).not.toContain('It will hold');
  });

  test('history comes in parts, the last one first', async () => {
    const page = (await as('editor', 'GET /site/history?limit=1')).body;
    expect(page.items).toHaveLength(1);
    const next = (await as('editor', `GET /site/history?limit=1&before=${page.next}`)).body;
    expect(next.items[0].number < page.items[0].number).toBe(true);
  });

  test('what is not complete is refused with every fault at its place, and stays a draft', async () => {
    const revision = await save((content) => ({
      ...withIssue('')(content),
      name: '  ',
      site: {
        ...withIssue('')(content).site,
        colours: { primary: 'red', accent: '#123456' },
        picture: `${'0'.repeat(32)}.png`,
        dates: [
          { on: '2030-03-16', at: '19:00', title: { fr: 'Veille', en: 'Eve' } },
          { on: 'tomorrow', at: '7pm', title: { fr: 'x'.repeat(200), en: 'Day' } },
        ],
        controller: { name: '', email: 'nobody' },
      },
    }));
    const { body } = await as('editor', 'POST /site/publish', { revision });
    expect(body.type).toBe('refused');
    const found = body.problems.map(
      ({ path, code }: { path: string; code: string }) => `${path} ${code}`,
    );
    expect(found.sort()).toEqual([
      'colours.primary no_colour',
      'controller.email no_email',
      'controller.name missing',
      'dates.0.on in_silence',
      'dates.1.at no_time',
      'dates.1.on no_day',
      'dates.1.title.fr too_long',
      'issues.0.text.en missing',
      'name missing',
      'picture no_picture',
    ]);
    const { revision: kept } = (await as('editor', 'GET /site')).body;
    expect(kept).toBe(revision);
    expect((await as('editor', 'DELETE /site/draft', { revision })).status).toBe(200);
    expect((await as('editor', 'GET /site')).body.revision).toBe(0);
  });

  test('two who write at once do not write over each other', async () => {
    const revision = await save(withIssue('One'));
    const { content } = (await as('editor', 'GET /site')).body;
    const late = await as('editor', 'PUT /site/draft', { revision: revision - 1, content });
    expect([late.status, late.body.error.code]).toEqual([409, 'conflict']);
    expect((await as('editor', 'POST /site/publish', { revision: 99 })).body.type).toBe('changed');
    await as('editor', 'DELETE /site/draft', { revision });
  });

  test('during the silence nothing is published or put back', async () => {
    const revision = await save(withIssue('Late'));
    const { items } = (await as('editor', 'GET /site/history')).body;
    at = Date.parse('2030-03-16T12:00Z') - staff.now();
    const done = await as('editor', 'POST /site/publish', { revision });
    expect(done.body).toEqual({ type: 'withheld', until: '2030-03-17T23:00:00.000Z' });
    const other = items.find(({ version }: { version: string }) => version !== items[0].version);
    const back = await as('editor', 'POST /site/rollback', { number: other.number });
    expect(back.body.type).toBe('withheld');
    expect(shown().issues).toEqual([]);
    at = 0;
    await as('editor', 'DELETE /site/draft', { revision });
  });

  test('a picture is taken as what it is, or refused with why', async () => {
    const data = (bytes: Buffer): { data: string } => ({ data: bytes.toString('base64') });
    const taken = await as('editor', 'POST /site/pictures', data(makePng(300, 200)));
    expect(taken.body).toMatchObject({ width: 300, height: 200 });
    const revision = await save((content) => ({
      ...content,
      site: { ...content.site, picture: taken.body.name },
    }));
    const done = await as('editor', 'POST /site/publish', { revision });
    expect(done.body.type).toBe('published');
    expect(shown().picture).toBe(taken.body.name);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    const refused = await as('editor', 'POST /site/pictures', data(svg));
    expect([refused.status, refused.body.error.code]).toEqual([422, 'picture_unknown_kind']);
    const heavy = await as('editor', 'POST /site/pictures', data(Buffer.alloc(1_700_000)));
    expect([heavy.status, heavy.body.error.code]).toEqual([413, 'too_large']);
  });

  test('whoever may not write the page sees none of it here', async () => {
    for (const role of ['viewer', 'organiser'] as const) {
      expect((await as(role, 'GET /site')).status).toBe(403);
      expect((await as(role, 'POST /site/publish', { revision: 1 })).status).toBe(403);
    }
  });
});
