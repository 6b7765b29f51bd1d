import { createHash } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';
import type { Campaign } from '../../engine/campaign.js';
import { mountCalendarFiles, type CalendarFiles } from './calendar-files.js';
import { chooseLanguage, pageLanguages } from './choose-language.js';
import { mountGivePages, type GivePages } from './give-pages.js';
import { mountDoorPages, type DoorPages } from './door-pages.js';
import { mountGoOnPages, type GoOnPages } from './go-on-pages.js';
import { pageStyle } from './page-style.js';
import type { PrivacyFacts } from './privacy-facts.js';
import { mountPrivacyPages, type PrivacyPages } from './privacy-pages.js';
import { readAssets, type Encoded } from './read-assets.js';
import type { PageLanguage } from './page-words.js';
import type { PageOptions } from './render-document.js';
import { renderNotFound } from './render-not-found.js';
import { renderNotice } from './render-notice.js';
import { renderPage } from './render-page.js';
import { renderPrivacyNotice } from './render-privacy-notice.js';
import { renderTooMany } from './render-too-many.js';
import { encode, send } from './send.js';
import { mountUnsubscribePages, type UnsubscribePages } from './unsubscribe-pages.js';

export type SiteOptions = {
  /** The campaign as it stands now. */
  campaign(): Campaign;
  /** Where the build put the site: `dist/assets`. */
  readonly assetsDir: string;
  /** A picture by the name that the campaign calls it; absent: no picture is shown. */
  picture?(name: string): Promise<Picture | undefined>;
  /** How the world reaches the site; absent: pages carry no absolute links. */
  readonly publicUrl?: string;
  /** What the link of a confirmation mail opens; absent: there are no such links. */
  readonly confirmation?: Confirmation;
  /** What the privacy notice tells; absent: there is no notice. */
  privacyFacts?(): PrivacyFacts;
  /** What the link to a copy of one's data opens; absent: there are no such links. */
  readonly privacy?: PrivacyPages;
  /** What a link opens that goes on here with a conversation; absent: there are no such links. */
  readonly goOn?: GoOnPages;
  /** What the link to get no more e-mails opens; absent: there are no such links. */
  readonly unsubscribe?: UnsubscribePages;
  /** What the link to the calendar file of a shift opens; absent: there are no such links. */
  readonly calendar?: CalendarFiles;
  /** What links shown at doors open; absent: there are none. */
  readonly door?: DoorPages;
  /** The pages on which a donation is paid; absent: there are none. */
  readonly give?: GivePages;
  /** Milliseconds until this client may open one more of these links; 0: it may now. */
  readonly holdOff?: (request: Request) => number;
};

/** A picture of the page, which never changes under its name. */
export type Picture = { readonly type: string; readonly bytes: Uint8Array };

/** Confirms an e-mail address by the token of its link. */
export type Confirmation = {
  /** Asks without changing anything: mail scanners follow links. */
  isGood(token: string): Promise<boolean>;
  confirm(token: string): Promise<boolean>;
  /** `ask`, `confirm`, `done` and `expired` in a language. */
  word(language: string, key: 'ask' | 'confirm' | 'done' | 'expired'): string;
};

const YEAR_SECONDS = 31_536_000;
const PICTURES = '/site/picture/';

/**
 * Serves the campaign's page, the widget and `embed.js`. It answers every address a browser asks
 * for as a page, so it is to be mounted after all other routes.
 */
export function createSite(options: SiteOptions): Router {
  const assets = readAssets(options.assetsDir);
  const widget = `/site/${assets.widget}`;
  const site = express.Router();
  const pages = keepLast(encode);
  const programs = keepLast(encode);

  function optionsFor(request: Request, campaign: Campaign): PageOptions {
    const languages = pageLanguages(campaign.languages);
    const asked = request.query['lang'];
    const { picture } = campaign.site;
    const hasPicture = picture !== undefined && options.picture !== undefined;
    return {
      languages,
      language: chooseLanguage(
        languages,
        typeof asked === 'string' ? asked : undefined,
        request.acceptsLanguages(),
      ),
      assets: hasPicture ? { widget, picture: `${PICTURES}${picture}` } : { widget },
      ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    };
  }

  function sendPage(
    request: Request,
    response: Response,
    render: (campaign: Campaign, options: PageOptions) => string,
    caching = 'no-cache',
  ): void {
    const campaign = options.campaign();
    const page = optionsFor(request, campaign);
    response.setHeader('Content-Security-Policy', policyOf(campaign));
    response.setHeader('Content-Language', page.language);
    response.setHeader('Cache-Control', caching);
    response.vary('Accept-Language');
    const key = `${render.name}:${page.language}`;
    send(request, response, 'html', pages(key, render(campaign, page)));
  }

  if (options.goOn !== undefined) mountGoOnPages(site, options.goOn, sendPage);
  site.get('/', (request, response) => sendPage(request, response, renderPage));

  site.get('/privacy', (request, response, next) => {
    const facts = options.privacyFacts?.();
    if (facts === undefined) return next();
    sendPage(request, response, function privacyNotice(campaign, page) {
      return renderPrivacyNotice(campaign, page, facts);
    });
  });

  site.get(`${PICTURES}:name`, async (request, response, next) => {
    const found = await options.picture?.(request.params.name);
    if (found === undefined) return next();
    response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    // Whatever a browser takes it for, it runs nothing.
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.type(found.type).send(Buffer.from(found.bytes));
  });

  const links = ['/confirm', '/privacy/:token', '/calendar', '/give', '/door'];
  site.use(links, (request, response, next) => {
    const waitMs = options.holdOff?.(request) ?? 0;
    if (waitMs === 0) return next();
    response.status(429).setHeader('Retry-After', Math.ceil(waitMs / 1_000));
    sendPage(request, response, renderTooMany, 'no-store');
  });

  const { confirmation } = options;
  if (confirmation !== undefined) {
    const { word } = confirmation;
    const say = (request: Request, response: Response, good: boolean, done: boolean): void => {
      response.status(good ? 200 : 410);
      sendPage(request, response, (campaign, page) => {
        const [title, button] = !good
          ? [word(page.language, 'expired'), undefined]
          : done
            ? [word(page.language, 'done'), undefined]
            : [word(page.language, 'ask'), word(page.language, 'confirm')];
        const notice = button === undefined ? { title } : { title, confirm: button };
        return renderNotice(campaign, page, notice);
      });
    };
    site.get('/confirm/:token', async (request, response) => {
      say(request, response, await confirmation.isGood(request.params.token), false);
    });
    site.post('/confirm/:token', async (request, response) => {
      say(request, response, await confirmation.confirm(request.params.token), true);
    });
  }

  if (options.privacy !== undefined) mountPrivacyPages(site, options.privacy, sendPage);
  if (options.give !== undefined) {
    const languageOf = (request: Request): PageLanguage =>
      optionsFor(request, options.campaign()).language;
    mountGivePages(site, options.give, languageOf, sendPage);
  }
  if (options.unsubscribe !== undefined) mountUnsubscribePages(site, options.unsubscribe, sendPage);

  if (options.door !== undefined) mountDoorPages(site, options.door, sendPage);
  if (options.calendar !== undefined) mountCalendarFiles(site, options.calendar);

  site.get('/site/:name', (request, response, next) => {
    const file = assets.files.get(request.params.name);
    if (file === undefined) return next();
    response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    // A script module from another site is loaded with CORS.
    response.setHeader('Access-Control-Allow-Origin', '*');
    send(request, response, 'text/javascript', file);
  });

  site.get('/embed.js', (request, response) => {
    const { name, site: look } = options.campaign();
    const settings = writeJson({ widget, name, ...look.colours });
    response.setHeader('Cache-Control', 'public, max-age=300');
    const program = `{const PORTEVOIX=${settings};${assets.embed}}`;
    send(request, response, 'text/javascript', programs('embed', program));
  });

  site.get('/{*path}', (request, response, next) => {
    if (!asksForPage(request)) return next();
    response.status(404);
    sendPage(request, response, renderNotFound);
  });
  return site;
}

/** Only our own script, the page's own style, and the conversation with this server. */
function policyOf(campaign: Campaign): string {
  const style = createHash('sha256').update(pageStyle(campaign.site.colours)).digest('base64');
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'sha256-${style}'`,
    "img-src 'self' data:",
    // Some browsers do not count a WebSocket to the same host as 'self'.
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
    // Only the pages that links open have a form, which posts to itself.
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** A browser that navigates names HTML; programs that ask for anything get the plain refusal. */
function asksForPage(request: Request): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

/** JSON that may stand in a script. */
function writeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Makes something of a text once, until another text comes under the same key. */
function keepLast(make: (text: string) => Encoded) {
  const kept = new Map<string, { readonly text: string; readonly made: Encoded }>();
  return (key: string, text: string): Encoded => {
    const last = kept.get(key);
    if (last?.text === text) return last.made;
    const made = make(text);
    kept.set(key, { text, made });
    return made;
  };
}
