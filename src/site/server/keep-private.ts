import type { Response } from 'express';

/** Keeps a page that a signed link opens from search engines, and its address from other sites. */
export function keepPrivate(response: Response): void {
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  response.setHeader('Referrer-Policy', 'no-referrer');
}
