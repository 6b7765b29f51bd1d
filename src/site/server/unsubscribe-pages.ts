import type { Request, Response, Router } from 'express';
import type { Campaign } from '../../engine/campaign.js';
import { keepPrivate } from './keep-private.js';
import type { SendPage } from './privacy-pages.js';
import type { PageOptions } from './render-document.js';
import { renderNotice, type Notice } from './render-notice.js';

/** Silences e-mail, by the token of a mail's link. */
export type UnsubscribePages = {
  isGood(token: string): boolean;
  silence(token: string): Promise<boolean>;
  /** `unsubscribe.<key>` of the shared words in a language. */
  word(
    language: string,
    key: 'ask' | 'about' | 'confirm' | 'done' | 'done_hint' | 'expired' | 'expired_hint',
  ): string;
};

/**
 * Serves `/unsubscribe/:token`. Opening it shows a button, for scanners open links; posting to it, as the
 * button does and mail programs do for one click (RFC 8058), needs nothing but the address itself: no
 * cookie, and no limit on how often, for one mail service posts for all its people.
 */
export function mountUnsubscribePages(
  site: Router,
  pages: UnsubscribePages,
  sendPage: SendPage,
): void {
  function show(request: Request, response: Response, about: 'asked' | 'done' | 'forged'): void {
    keepPrivate(response);
    response.status(about === 'forged' ? 410 : 200);
    const render = (campaign: Campaign, page: PageOptions): string => {
      const say = (key: Parameters<UnsubscribePages['word']>[1]): string =>
        pages.word(page.language, key);
      return renderNotice(campaign, page, noticeOf(about, say));
    };
    sendPage(request, response, render, 'no-store');
  }

  site.get('/unsubscribe/:token', (request, response) => {
    show(request, response, pages.isGood(request.params.token) ? 'asked' : 'forged');
  });
  site.post('/unsubscribe/:token', async (request, response) => {
    const done = await pages.silence(request.params.token);
    show(request, response, done ? 'done' : 'forged');
  });
}

function noticeOf(
  about: 'asked' | 'done' | 'forged',
  say: (key: Parameters<UnsubscribePages['word']>[1]) => string,
): Notice {
  switch (about) {
    case 'asked':
      return { title: say('ask'), text: say('about'), confirm: say('confirm') };
    case 'done':
      return { title: say('done'), text: say('done_hint') };
    case 'forged':
      return { title: say('expired'), text: say('expired_hint') };
    default:
      return about satisfies never;
  }
}
