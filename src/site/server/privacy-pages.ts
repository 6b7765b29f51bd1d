import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response, Router } from 'express';
import type { Campaign } from '../../engine/campaign.js';
import { keepPrivate } from './keep-private.js';
import type { PageOptions } from './render-document.js';
import { renderNotice, type Notice } from './render-notice.js';

/** A copy of everything known of one person, by the token of its link. */
export type PrivacyPages = {
  /** Asks without reading anything: programs that show previews of links open them. */
  isGood(token: string): Promise<boolean>;
  /** The copy as JSON, piece by piece; undefined when the link is not good. */
  read(token: string): Promise<AsyncIterable<string> | undefined>;
  /** `privacy.<key>` of the shared words in a language. */
  word(language: string, key: 'ask' | 'about' | 'download' | 'expired' | 'expired_hint'): string;
};

/** Answers with a page of the site, in the language of whoever asks. */
export type SendPage = (
  request: Request,
  response: Response,
  render: (campaign: Campaign, options: PageOptions) => string,
  caching?: string,
) => void;

/**
 * Serves `/privacy/:token`. Opening it shows a button, and only the button downloads: chat networks
 * fetch the links that pass through them, and must not be given the file.
 */
export function mountPrivacyPages(site: Router, pages: PrivacyPages, sendPage: SendPage): void {
  const { word } = pages;

  function show(request: Request, response: Response, isGood: boolean): void {
    keepPrivate(response);
    response.status(isGood ? 200 : 410);
    const render = (campaign: Campaign, page: PageOptions): string => {
      const say = (key: Parameters<PrivacyPages['word']>[1]): string => word(page.language, key);
      const notice: Notice = isGood
        ? { title: say('ask'), text: say('about'), confirm: say('download') }
        : { title: say('expired'), text: say('expired_hint') };
      return renderNotice(campaign, page, notice);
    };
    sendPage(request, response, render, 'no-store');
  }

  site.get('/privacy/:token', async (request, response) => {
    show(request, response, await pages.isGood(request.params.token));
  });
  site.post('/privacy/:token', async (request, response) => {
    const copy = await pages.read(request.params.token);
    if (copy === undefined) return show(request, response, false);
    keepPrivate(response);
    response.type('application/json');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Content-Disposition', 'attachment; filename="my-data.json"');
    await pipeline(Readable.from(copy), response);
  });
}
