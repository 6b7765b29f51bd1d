import { createPalette, writeShades } from '../palette.js';
import { chooseChatLanguage, DOOR_WORDS } from './language.js';
import style from './launcher.css';
import { placeLauncher } from './launcher.js';

/** What the server writes before this program: the widget's address, the campaign's look. */
declare const PORTEVOIX: {
  readonly widget: string;
  readonly name: string;
  readonly primary: string;
  readonly accent: string;
};

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { lang, theme } = script.dataset;
  const language = chooseChatLanguage([
    lang,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const { light, dark } = createPalette(PORTEVOIX);
  const isDark =
    theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme:dark)').matches);
  const options = {
    ...PORTEVOIX,
    origin: new URL(script.src).origin,
    language,
    words: DOOR_WORDS[language],
    style: `:host{${writeShades(isDark ? dark : light)}}${style}`,
    ...(theme === 'light' || theme === 'dark' ? { theme } : {}),
  } as const;
  if (document.body !== null) placeLauncher(options);
  else addEventListener('DOMContentLoaded', () => placeLauncher(options), { once: true });
}
