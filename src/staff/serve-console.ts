import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import express, { type Request, type Response, type Router } from 'express';
import { html } from '../site/server/html.js';
import type { Encoded } from '../site/server/read-assets.js';
import { send } from '../site/server/send.js';
import { readCookie } from './identify.js';

/** What the build says of the console: the names of its first program and style. */
type Built = {
  readonly script: string;
  readonly style: string;
  readonly preload: readonly string[];
};

const YEAR_SECONDS = 31_536_000;
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/**
 * Serves the console's one page and its programs, which are kept for good under names with their hash.
 * `folder` is what `scripts/build-console.mjs` wrote; throws when it was not built.
 */
export function serveConsole(folder: string, campaign: () => string): Router {
  const built = readBuilt(folder);
  const files = readFiles(folder);
  const router = express.Router();
  router.get('/assets/:name', (request, response, next) => {
    const file = files.get(request.params.name);
    const type = TYPES[extname(request.params.name)];
    if (file === undefined || type === undefined) return next();
    response.setHeader('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    send(request, response, type, file);
  });
  router.get('/{*path}', (request, response, next) => {
    if (!(request.headers.accept ?? '').includes('text/html')) return next();
    sendPage(request, response, built, campaign());
  });
  return router;
}

function sendPage(request: Request, response: Response, built: Built, campaign: string): void {
  const nonce = randomBytes(16).toString('base64');
  const { cookie } = request.headers;
  // Kept in cookies of its own, so that the first paint has them already.
  const theme = readCookie(cookie, 'portevoix_theme');
  const chosen = readCookie(cookie, 'portevoix_language') ?? '';
  const language = ['fr', 'en'].includes(chosen)
    ? chosen
    : request.acceptsLanguages('fr', 'en') || 'en';
  const isFixed = theme === 'light' || theme === 'dark';
  const attributes = html`lang="${language}"${isFixed ? html` data-theme="${theme}"` : undefined}`;
  const page = html`<!doctype html>
    <html ${attributes}>
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <meta name="color-scheme" content="${isFixed ? theme : 'light dark'}" />
        <meta name="robots" content="noindex" />
        <meta name="csp-nonce" content="${nonce}" />
        <title>${campaign}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/staff/assets/${built.style}" />
        ${built.preload.map((name) => html`<link rel="modulepreload" href="/staff/assets/${name}" />`)}
        <script type="module" src="/staff/assets/${built.script}"></script>
      </head>
      <body>
        <div id="console" data-campaign="${campaign}"></div>
      </body>
    </html> `;
  response.setHeader('Content-Security-Policy', policy(nonce));
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=()');
  response.setHeader('Cache-Control', 'no-store');
  response.type('html').send(page.markup);
}

/** Only our own programs; styles from our sheets, and those that an editor makes with the page's nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function readBuilt(folder: string): Built {
  const value: unknown = JSON.parse(readFileSync(join(folder, 'console.json'), 'utf8'));
  if (
    typeof value === 'object' &&
    value !== null &&
    'script' in value &&
    'style' in value &&
    'preload' in value &&
    Array.isArray(value.preload)
  ) {
    return {
      script: String(value.script),
      style: String(value.style),
      preload: value.preload.map(String),
    };
  }
  throw new Error('The console was not built completely: run "npm run build".');
}

function readFiles(folder: string): ReadonlyMap<string, Encoded> {
  const names = new Set(readdirSync(folder));
  const read = (name: string) => (names.has(name) ? readFileSync(join(folder, name)) : undefined);
  const files = [...names].filter((name) => extname(name) in TYPES);
  return new Map(
    files.map((name) => {
      const [plain, gz, br] = [name, `${name}.gz`, `${name}.br`].map(read);
      return [
        name,
        {
          plain: plain ?? Buffer.of(),
          ...(gz === undefined ? {} : { gz }),
          ...(br === undefined ? {} : { br }),
        },
      ];
    }),
  );
}
