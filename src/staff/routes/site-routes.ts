import { z } from 'zod';
import {
  cleanPicture,
  MOST_PICTURE_BYTES,
} from '../../conversation/publish/site/picture/clean-picture.js';
import { publishSiteDraft } from '../../conversation/publish/site/publish-site-draft.js';
import {
  rollBackSite,
  type PublishSiteOptions,
  type SiteOutcome,
} from '../../conversation/publish/site/publish-site.js';
import { SITE, type SitePublication } from '../../conversation/publish/site/site-store.js';
import { Permit } from '../../engine/calendar/permit.js';
import type { Campaign } from '../../engine/campaign.js';
import {
  checkSite,
  tidySite,
  type SiteProblem,
  type SiteRules,
} from '../../engine/site/check-site.js';
import { fitLanguages } from '../../engine/site/fit-languages.js';
import type { SiteContent } from '../../engine/site/site-content.js';
import type { SiteHistoryEntry, SitePublishOutcome } from '../api.js';
import { ApiRefusal, defineRoute, type Route } from '../route.js';
import { comment, revision } from './flow-inputs.js';
import { authorOf } from './author-of.js';
import { DONE, limit, NOTHING } from './inputs.js';
import { publicationNumber, siteContent, siteOutcome } from './site-shapes.js';

export type SiteRouteOptions = Pick<PublishSiteOptions, 'store' | 'now'> & {
  campaign(): Campaign;
  /** Puts what was published in force in this process at once. */
  refresh(): Promise<void>;
};

const USUAL = 20;

/** Routes about the campaign's page. */
export function siteRoutes(options: SiteRouteOptions): Route[] {
  const { store, campaign, now } = options;
  const publishing: PublishSiteOptions = { store, now, calendar: () => campaign().calendar };
  const conflict = (): ApiRefusal =>
    new ApiRefusal(409, 'conflict', 'Somebody saved or discarded this draft meanwhile.');

  async function problemsOf(content: SiteContent): Promise<readonly SiteProblem[]> {
    const problems = checkSite(content, rulesOf(campaign()));
    const { picture } = content.site;
    if (picture === undefined || (await store.pictures.has(picture))) return problems;
    return [...problems, { path: 'picture', code: 'no_picture' }];
  }

  async function tell(done: SiteOutcome): Promise<SitePublishOutcome> {
    switch (done.type) {
      case 'published':
        await options.refresh();
        return { type: 'published', version: done.publication.version };
      case 'unchanged':
        return { type: 'unchanged' };
      case 'withheld':
        return { type: 'withheld', until: new Date(done.refusal.until).toISOString() };
      case 'overtaken':
        return { type: 'overtaken', by: done.by.author };
      default:
        return done satisfies never;
    }
  }

  return [
    defineRoute<'GET /site'>({
      type: 'json',
      key: 'GET /site',
      name: 'readSite',
      summary: 'The campaign’s page as it is being written, and as it is in force.',
      access: 'site.write',
      input: NOTHING,
      output: z.object({
        revision,
        content: siteContent,
        base: z.string().exactOptional(),
        author: z.string().exactOptional(),
        savedAt: z.string().exactOptional(),
        inForce: z.object({
          version: z.string(),
          author: z.string(),
          at: z.string(),
          content: siteContent,
        }),
        rules: z.object({
          languages: z.array(z.string()),
          timezone: z.string(),
          silences: z.array(z.object({ from: z.number(), until: z.number() })),
        }),
        silentUntil: z.number().exactOptional(),
        campaign: z.object({
          country: z.enum(['fr', 'us', 'none']),
          candidate: z.string().exactOptional(),
          election: z
            .object({
              name: z.record(z.string(), z.string()),
              date: z.string(),
              opens: z.number(),
              closes: z.number(),
            })
            .exactOptional(),
        }),
      }),
      audit: 'nothing',
      async handle(_input, { at }) {
        const [draft, last] = await Promise.all([store.drafts.get(), store.newest()]);
        if (last === undefined) throw new ApiRefusal(404, 'not_found', 'There is no page yet.');
        const current = campaign();
        const { languages, candidate, election, country, calendar } = current;
        const fit = (content: SiteContent): SiteContent =>
          fitLanguages(content, languages, 'empty');
        const leaving = { way: 'publish', content: 'campaign' } as const;
        const asked = Permit.ask(calendar, leaving, at.getTime());
        const { version, author, at: since, content } = last;
        return {
          revision: draft?.revision ?? 0,
          content: fit(draft?.content ?? content),
          base: draft === undefined ? version : (draft.base ?? ''),
          ...(draft === undefined
            ? {}
            : { author: draft.author, savedAt: draft.updated_at.toISOString() }),
          inForce: { version, author, at: since.toISOString(), content: fit(content) },
          rules: rulesOf(current),
          ...(asked.type === 'refused' ? { silentUntil: asked.until } : {}),
          campaign: {
            country,
            ...(candidate === undefined ? {} : { candidate }),
            ...(election === undefined
              ? {}
              : {
                  election: {
                    name: election.name,
                    date: election.date,
                    opens: election.opens,
                    closes: election.closes,
                  },
                }),
          },
        };
      },
    }),
    defineRoute<'PUT /site/draft'>({
      type: 'json',
      key: 'PUT /site/draft',
      name: 'saveSiteDraft',
      summary:
        'Saves the page as it is being written, as the revision after the one it was made from.',
      access: 'site.write',
      mostBytes: 1_000_000,
      input: z.strictObject({
        revision,
        base: z.string().max(40).exactOptional(),
        content: siteContent,
      }),
      output: z.object({ revision, savedAt: z.string() }),
      audit: () => ({ about: SITE }),
      async handle({ base, ...given }, call) {
        const saved = await store.drafts.save({
          _id: SITE,
          ...given,
          ...(base === undefined ? {} : { base }),
          author: authorOf(call.caller),
          updated_at: call.at,
        });
        if (saved === undefined) throw conflict();
        return { revision: saved.revision, savedAt: call.at.toISOString() };
      },
    }),
    defineRoute<'DELETE /site/draft'>({
      type: 'json',
      key: 'DELETE /site/draft',
      name: 'discardSiteDraft',
      summary: 'Discards what is being written of the page.',
      access: 'site.write',
      input: z.strictObject({ revision }),
      output: DONE,
      audit: () => ({ about: SITE }),
      async handle({ revision: from }) {
        if (!(await store.drafts.discard({ _id: SITE, revision: from }))) throw conflict();
        return { done: true };
      },
    }),
    defineRoute<'POST /site/pictures'>({
      type: 'json',
      key: 'POST /site/pictures',
      name: 'addSitePicture',
      summary: 'Takes a picture for the page: JPEG, PNG or WebP, without what is hidden in it.',
      access: 'site.write',
      mostBytes: 2_200_000,
      input: z.strictObject({ data: z.base64() }),
      output: z.object({
        name: z.string(),
        width: z.number(),
        height: z.number(),
        bytes: z.number(),
      }),
      audit: () => ({ about: SITE }),
      async handle({ data }, { at }) {
        const found = cleanPicture(Buffer.from(data, 'base64'));
        if ('fault' in found) {
          const most = `${MOST_PICTURE_BYTES / 1_000} kB`;
          throw new ApiRefusal(
            422,
            `picture_${found.fault}`,
            `A picture is a JPEG, PNG or WebP of at most ${most} with sides of 120 to 5,000 pixels.`,
          );
        }
        const { name, width, height, bytes } = found;
        await store.pictures.put(name, SITE, bytes, at);
        return { name, width, height, bytes: bytes.length };
      },
    }),
    defineRoute<'POST /site/publish'>({
      type: 'json',
      key: 'POST /site/publish',
      name: 'publishSite',
      summary:
        'Shows the page to everybody as it was written, if it is complete and the law allows.',
      access: 'site.write',
      input: z.strictObject({ revision, comment }),
      output: siteOutcome,
      audit: () => ({ about: SITE }),
      async handle({ revision: from, comment: why }, call) {
        const draft = await store.drafts.get();
        if (draft?.revision !== from) return { type: 'changed' };
        const content = tidySite(fitLanguages(draft.content, campaign().languages, 'empty'));
        const problems = await problemsOf(content);
        if (problems.length > 0) return { type: 'refused', problems: [...problems] };
        const by = { author: authorOf(call.caller), ...whyOf(why) };
        const done = await publishSiteDraft(publishing, { ...draft, content }, by);
        return done.type === 'changed' ? done : tell(done);
      },
    }),
    defineRoute<'GET /site/history'>({
      type: 'json',
      key: 'GET /site/history',
      name: 'readSiteHistory',
      summary: 'Every time that the page was published, the last one first.',
      access: 'site.write',
      input: z.strictObject({
        before: publicationNumber.exactOptional(),
        limit: limit.exactOptional(),
      }),
      output: z.object({
        items: z.array(
          z.object({
            number: z.string(),
            type: z.enum(['published', 'rolled_back']),
            version: z.string(),
            author: z.string(),
            comment: z.string().exactOptional(),
            at: z.string(),
            isInForce: z.boolean(),
          }),
        ),
        next: z.string().exactOptional(),
      }),
      audit: 'nothing',
      async handle({ before, limit: most = USUAL }) {
        const query = before === undefined ? {} : { _id: { $lt: before } };
        const [rows, newest] = await Promise.all([
          store.publications.find(query, { sort: { _id: -1 }, limit: most + 1 }),
          store.newest(),
        ]);
        const items = rows.slice(0, most).map((row) => tellEntry(row, newest));
        const last = items.at(-1);
        return rows.length > most && last !== undefined ? { items, next: last.number } : { items };
      },
    }),
    defineRoute<'GET /site/history/:number'>({
      type: 'json',
      key: 'GET /site/history/:number',
      name: 'readSiteVersion',
      summary: 'The page as it was published once.',
      access: 'site.write',
      input: z.strictObject({ number: publicationNumber }),
      output: z.object({ content: siteContent }),
      audit: 'nothing',
      async handle({ number }) {
        const row = await store.publications.get(number);
        if (row === undefined) throw new ApiRefusal(404, 'not_found', 'It was never published.');
        return { content: fitLanguages(row.content, campaign().languages, 'empty') };
      },
    }),
    defineRoute<'POST /site/rollback'>({
      type: 'json',
      key: 'POST /site/rollback',
      name: 'rollBackSite',
      summary: 'Shows the page again as it was published once.',
      access: 'site.write',
      input: z.strictObject({ number: publicationNumber, comment }),
      output: siteOutcome,
      audit: ({ number }) => ({ about: `${SITE} ${number}` }),
      async handle({ number, comment: why }, call) {
        const by = { author: authorOf(call.caller), ...whyOf(why) };
        const done = await rollBackSite(publishing, number, by);
        return done.type === 'unknown' ? done : tell(done);
      },
    }),
  ];
}

function whyOf(why: string | undefined): { readonly comment?: string } {
  return why === undefined || why === '' ? {} : { comment: why };
}

/** What a page of this campaign is checked against. */
function rulesOf({ languages, timezone, calendar }: Campaign): SiteRules & {
  readonly languages: string[];
  readonly silences: { readonly from: number; readonly until: number }[];
} {
  const silences = calendar.anywhere.flatMap(({ silence }) =>
    silence === undefined ? [] : [{ from: silence.from, until: silence.until }],
  );
  return { languages: [...languages], timezone, silences };
}

function tellEntry(row: SitePublication, newest: SitePublication | undefined): SiteHistoryEntry {
  const { _id: number, type, version, author, comment: why, at } = row;
  return {
    number,
    type,
    version,
    author,
    ...(why === undefined ? {} : { comment: why }),
    at: at.toISOString(),
    isInForce: number === newest?._id,
  };
}
