type Rgb = readonly [number, number, number];

/** Colours of the site and the chat, as `#rrggbb`, for one brightness. */
export type Shades = {
  readonly page: string;
  readonly panel: string;
  /** Behind the assistant's words, and other quiet surfaces. */
  readonly quiet: string;
  readonly line: string;
  /** Edge of what can be pressed: at least 3:1 on the panel. */
  readonly edge: string;
  readonly text: string;
  readonly muted: string;
  /** The campaign's colour as a surface, and what is written on it. */
  readonly primary: string;
  readonly onPrimary: string;
  /** The campaign's colour as letters. */
  readonly ink: string;
  /** The campaign's second colour, for ornament only. */
  readonly accent: string;
  /** Words of failures. */
  readonly alert: string;
};

export type Palette = { readonly light: Shades; readonly dark: Shades };

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const NIGHT: Rgb = [18, 20, 26];
const DEFAULTS = { primary: '#2f4a8a', accent: '#d9822b' };

/** Ratios of WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = 4.5;
const EDGE = 3;

/**
 * Makes every shade from a campaign's two colours (`#rgb` or `#rrggbb`; anything else counts as the
 * default), moved towards black or white as far as contrast AA asks.
 */
export function createPalette(colours: { primary: string; accent: string }): Palette {
  const primary = readColour(colours.primary) ?? readColour(DEFAULTS.primary) ?? BLACK;
  const accent = readColour(colours.accent) ?? readColour(DEFAULTS.accent) ?? BLACK;
  return {
    light: shade(primary, accent, {
      page: mix(primary, WHITE, 0.965),
      panel: WHITE,
      quiet: mix(primary, [246, 246, 248], 0.92),
      text: mix(primary, [24, 26, 32], 0.9),
      away: BLACK,
    }),
    dark: shade(primary, accent, {
      page: mix(primary, NIGHT, 0.96),
      panel: mix(primary, [27, 29, 37], 0.94),
      quiet: mix(primary, [42, 45, 55], 0.88),
      text: [240, 241, 245],
      away: WHITE,
    }),
  };
}

/** The declarations of one brightness, for a rule of a style sheet. */
export function writeShades(shades: Shades): string {
  return Object.entries(shades)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');
}

type Ground = { page: Rgb; panel: Rgb; quiet: Rgb; text: Rgb; away: Rgb };

function shade(primary: Rgb, accent: Rgb, { page, panel, quiet, text, away }: Ground): Shades {
  const grounds = [page, panel, quiet];
  // A surface carries white or black, and is seen on the panel.
  const surface = readableSurface(until(primary, away, EDGE, [panel]));
  return {
    page: write(page),
    panel: write(panel),
    quiet: write(quiet),
    line: write(mix(text, panel, 0.88)),
    edge: write(until(mix(primary, panel, 0.35), away, EDGE, [panel])),
    text: write(text),
    muted: write(until(mix(text, panel, 0.42), away, TEXT, grounds)),
    primary: write(surface),
    onPrimary: write(onSurface(surface)),
    ink: write(until(primary, away, TEXT, grounds)),
    accent: write(until(accent, away, EDGE, [panel])),
    alert: write(until([190, 40, 40], away, TEXT, grounds)),
  };
}

function onSurface(surface: Rgb): Rgb {
  return contrast(surface, WHITE) >= TEXT ? WHITE : BLACK;
}

/** White is kept where it is nearly readable: a little darker looks better than black letters. */
function readableSurface(surface: Rgb): Rgb {
  return contrast(surface, WHITE) >= EDGE ? until(surface, BLACK, TEXT, [WHITE]) : surface;
}

/** Moves a colour step by step until it stands out from all grounds. */
function until(colour: Rgb, away: Rgb, ratio: number, grounds: readonly Rgb[]): Rgb {
  for (let part = 0; part < 1; part += 0.02) {
    const moved = round(mix(away, colour, 1 - part));
    if (grounds.every((ground) => contrast(moved, round(ground)) >= ratio)) return moved;
  }
  return away;
}

/** `part` of the second colour, the rest of the first. */
function mix([red, green, blue]: Rgb, two: Rgb, part: number): Rgb {
  const rest = 1 - part;
  return [red * rest + two[0] * part, green * rest + two[1] * part, blue * rest + two[2] * part];
}

function round([red, green, blue]: Rgb): Rgb {
  return [Math.round(red), Math.round(green), Math.round(blue)];
}

/** Contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
function contrast(one: Rgb, two: Rgb): number {
  const [a, b] = [luminance(one), luminance(two)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(channel: number): number {
  const part = channel / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** The contrast ratio of two colours written `#rrggbb`. */
export function contrastOf(one: string, two: string): number {
  return contrast(readColour(one) ?? BLACK, readColour(two) ?? BLACK);
}

function readColour(text: string): Rgb | undefined {
  const match = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim());
  const digits = match?.[1];
  if (digits === undefined) return undefined;
  const full = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const number = Number.parseInt(full, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function write(colour: Rgb): string {
  const [red, green, blue] = round(colour);
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`;
}
