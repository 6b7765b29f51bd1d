import type { Request, Response, Router } from 'express';
import { renderSVG } from 'uqr';
import type { Campaign } from '../../engine/campaign.js';
import { keepPrivate } from './keep-private.js';
import { PAGE_WORDS } from './page-words.js';
import type { SendPage } from './privacy-pages.js';
import type { PageOptions } from './render-document.js';
import { renderNotice } from './render-notice.js';

/** Links that are shown at doors, by their payload. */
export type DoorPages = {
  isGood(payload: string): Promise<boolean>;
  /** The address that the code leads to. */
  linkOf(payload: string): string;
  /** Where the same payload is opened in Telegram; undefined where that is off. */
  telegramLink(payload: string): Promise<string | undefined>;
};

/**
 * Serves `/door/:payload/code`, a large code on the telephone of a volunteer, and `/door/:payload`, where it
 * leads whoever scans it: to a chat here, or in Telegram, if they want to. Opening either changes nothing.
 */
export function mountDoorPages(site: Router, pages: DoorPages, sendPage: SendPage): void {
  type Render = (campaign: Campaign, page: PageOptions) => string;
  function show(request: Request, response: Response, render: Render): void {
    keepPrivate(response);
    sendPage(request, response, render, 'no-store');
  }
  const gone: Render = (campaign, page) => {
    const { over: title, overHint: text } = PAGE_WORDS[page.language].door;
    return renderNotice(campaign, page, { title, text });
  };

  site.get('/door/:payload/code', async (request, response) => {
    const { payload } = request.params;
    if (!(await pages.isGood(payload))) return show(request, response.status(410), gone);
    const picture = { markup: renderSVG(pages.linkOf(payload), { border: 2, ecc: 'M' }) };
    show(request, response, (campaign, page) => {
      const { scan: title, scanHint: text } = PAGE_WORDS[page.language].door;
      return renderNotice(campaign, page, { title, text, picture });
    });
  });

  site.get('/door/:payload', async (request, response) => {
    const { payload } = request.params;
    if (!(await pages.isGood(payload))) return show(request, response.status(410), gone);
    const telegram = await pages.telegramLink(payload);
    show(request, response, (campaign, page) => {
      const words = PAGE_WORDS[page.language].door;
      return renderNotice(campaign, page, {
        title: words.ask,
        text: words.about,
        confirm: words.here,
        ...(telegram === undefined ? {} : { other: { label: words.telegram, url: telegram } }),
      });
    });
  });
  site.post('/door/:payload', async (request, response) => {
    const { payload } = request.params;
    if (!(await pages.isGood(payload))) return show(request, response.status(410), gone);
    keepPrivate(response);
    response.redirect(303, `/#join=${payload}`);
  });
}
