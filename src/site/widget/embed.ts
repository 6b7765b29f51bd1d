import { colourRules, type Look } from './colour-rules.js';
import { chooseChatLanguage, DOOR_WORDS } from './language.js';
import style from './launcher.css';
import { placeLauncher, type LauncherOptions } from './launcher.js';

/** What the server writes before this program: the widget's address, the campaign's look. */
declare const PORTEVOIX: {
  readonly widget: string;
  readonly name: string;
  readonly primary: string;
  readonly accent: string;
};

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { lang, theme: asked } = script.dataset;
  const theme = asked === 'light' || asked === 'dark' ? asked : undefined;
  const language = chooseChatLanguage([
    lang,
    document.documentElement.lang,
    ...navigator.languages,
  ]);
  const look: typeof PORTEVOIX & Look = { ...PORTEVOIX, ...(theme === undefined ? {} : { theme }) };
  const options: LauncherOptions = {
    ...look,
    origin: new URL(script.src).origin,
    language,
    words: DOOR_WORDS[language],
    style: style + colourRules(look),
  };
  if (document.body !== null) placeLauncher(options);
  else addEventListener('DOMContentLoaded', () => placeLauncher(options), { once: true });
}
