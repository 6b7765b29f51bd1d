import { createPalette, writeShades } from '../palette.js';

export type Look = {
  /** The campaign's colours, `#rrggbb`. */
  readonly primary: string;
  readonly accent: string;
  /** By default the brightness the device asks for. */
  readonly theme?: 'light' | 'dark';
};

/** The rules that give a shadow root the campaign's colours. */
export function colourRules({ primary, accent, theme }: Look): string {
  const { light, dark } = createPalette({ primary, accent });
  const scheme = theme ?? 'light dark';
  const shades = writeShades(theme === 'dark' ? dark : light);
  const night =
    theme === undefined ? `@media (prefers-color-scheme:dark){:host{${writeShades(dark)}}}` : '';
  return `:host{color-scheme:${scheme};${shades}}${night}`;
}
