import { existsSync } from 'node:fs';

/** Where distributions put a browser that whatsapp-web.js can drive. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The browser set, or one found on this machine; undefined: there is none. */
export function findChromium(
  set: string | undefined,
  exists: (path: string) => boolean = existsSync,
): string | undefined {
  return set === undefined ? PLACES.find(exists) : exists(set) ? set : undefined;
}
