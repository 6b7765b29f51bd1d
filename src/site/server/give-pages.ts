import express, { type Request, type Response, type Router } from 'express';
import type { Campaign } from '../../engine/campaign.js';
import { keepPrivate } from './keep-private.js';
import type { PageLanguage } from './page-words.js';
import type { SendPage } from './privacy-pages.js';
import { renderGive, type GiveView } from './render-give.js';
import type { PageOptions } from './render-document.js';

type Form = { readonly [field: string]: unknown };

/** The pages on which a donation is paid, by the token of its link. */
export type GivePages = {
  open(token: string, language: PageLanguage): Promise<GiveView>;
  submit(token: string, form: Form, language: PageLanguage): Promise<GiveView>;
  /** Where no money moves: the page that plays the payment, and what was chosen on it. */
  trial(token: string, language: PageLanguage): Promise<GiveView>;
  answer(token: string, form: Form, language: PageLanguage): Promise<GiveView>;
  /** Where the payment brings the donor back to. */
  back(token: string, language: PageLanguage): Promise<GiveView>;
};

/** Ten short fields. */
const FORM_LIMIT = '16kb';

/**
 * Serves `/give/:token`. The link alone says whose gift it is: no cookie is set or read, so that no other
 * site can do anything here in a donor's name. Opening a page changes nothing.
 */
export function mountGivePages(
  site: Router,
  pages: GivePages,
  languageOf: (request: Request) => PageLanguage,
  sendPage: SendPage,
): void {
  const readForm = express.urlencoded({ extended: false, limit: FORM_LIMIT });

  async function show(
    request: Request,
    response: Response,
    token: string,
    make: (language: PageLanguage) => Promise<GiveView>,
  ): Promise<void> {
    const view = await make(languageOf(request));
    keepPrivate(response);
    response.status(view.status);
    // A form may not lead to another site (form-action), so the browser is sent on by the page itself.
    if (view.type === 'go') response.setHeader('Refresh', `0; url=${view.url}`);
    const render = (campaign: Campaign, page: PageOptions): string =>
      renderGive(campaign, page, `/give/${encodeURIComponent(token)}`, view);
    sendPage(request, response, render, 'no-store');
  }

  site.get('/give/:token', (request, response) => {
    const { token } = request.params;
    return show(request, response, token, (language) => pages.open(token, language));
  });
  site.post('/give/:token', readForm, (request, response) => {
    const { token } = request.params;
    return show(request, response, token, (language) =>
      pages.submit(token, formOf(request.body), language),
    );
  });
  site.get('/give/:token/pay', (request, response) => {
    const { token } = request.params;
    return show(request, response, token, (language) => pages.trial(token, language));
  });
  site.post('/give/:token/pay', readForm, (request, response) => {
    const { token } = request.params;
    return show(request, response, token, (language) =>
      pages.answer(token, formOf(request.body), language),
    );
  });
  site.get('/give/:token/return', (request, response) => {
    const { token } = request.params;
    return show(request, response, token, (language) => pages.back(token, language));
  });
}

/** What was posted, each value once. */
function formOf(body: unknown): Form {
  return typeof body === 'object' && body !== null ? { ...body } : {};
}
