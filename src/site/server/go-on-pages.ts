import type { Request, Response, Router } from 'express';
import type { Campaign } from '../../engine/campaign.js';
import { keepPrivate } from './keep-private.js';
import type { SendPage } from './privacy-pages.js';
import type { PageOptions } from './render-document.js';
import { renderNotice, type Notice } from './render-notice.js';

/** Links that go on in web chat with a conversation begun elsewhere, by their payload. */
export type GoOnPages = {
  isGood(payload: string): Promise<boolean>;
  /** `go_on.<key>` of the shared words in a language. */
  word(language: string, key: 'ask' | 'about' | 'confirm' | 'expired' | 'expired_hint'): string;
};

/**
 * Serves `/?join=…`. Opening it shows a button, for scanners open links, and the link serves one browser;
 * the button leads to the page, whose chat finds the payload behind the #, which browsers tell nobody.
 */
export function mountGoOnPages(site: Router, pages: GoOnPages, sendPage: SendPage): void {
  function show(request: Request, response: Response, isGood: boolean): void {
    keepPrivate(response);
    response.status(isGood ? 200 : 410);
    const render = (campaign: Campaign, page: PageOptions): string => {
      const say = (key: Parameters<GoOnPages['word']>[1]): string => pages.word(page.language, key);
      const notice: Notice = isGood
        ? { title: say('ask'), text: say('about'), confirm: say('confirm') }
        : { title: say('expired'), text: say('expired_hint') };
      return renderNotice(campaign, page, notice);
    };
    sendPage(request, response, render, 'no-store');
  }

  site.get('/', async (request, response, next) => {
    const { join } = request.query;
    if (typeof join !== 'string') return next();
    show(request, response, await pages.isGood(join));
  });
  site.post('/', async (request, response, next) => {
    const { join, lang } = request.query;
    if (typeof join !== 'string') return next();
    if (!(await pages.isGood(join))) return show(request, response, false);
    keepPrivate(response);
    const query = typeof lang === 'string' ? `?lang=${encodeURIComponent(lang)}` : '';
    response.redirect(303, `/${query}#join=${join}`);
  });
}
