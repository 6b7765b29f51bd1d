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
  /** The campaign's colour as a large surface, and what is written on it. */
  readonly block: string;
  readonly onBlock: string;
  /** The same for what can be pressed: it stands out from the panel. */
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
  const tint = lighten(primary, 0.5);
  return {
    light: shade(primary, accent, {
      page: mix(tint, [250, 250, 251], 0.975),
      panel: WHITE,
      quiet: mix(tint, [243, 243, 245], 0.94),
      text: mix(tint, [24, 26, 31], 0.94),
      end: 0,
    }),
    dark: shade(primary, accent, {
      page: mix(tint, [17, 18, 23], 0.97),
      panel: mix(tint, [26, 28, 34], 0.96),
      quiet: mix(tint, [43, 46, 54], 0.92),
      text: [240, 241, 244],
      end: 1,
    }),
  };
}

/** The declarations of one brightness, for a rule of a style sheet. */
export function writeShades(shades: Shades): string {
  return Object.entries(shades)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join('');
}

type Ground = {
  readonly page: Rgb;
  readonly panel: Rgb;
  readonly quiet: Rgb;
  readonly text: Rgb;
  /** The lightness away from the ground: 0 on light, 1 on dark. */
  readonly end: 0 | 1;
};

function shade(primary: Rgb, accent: Rgb, { page, panel, quiet, text, end }: Ground): Shades {
  const grounds = [page, panel, quiet];
  const block = readableSurface(primary);
  const surface = readableSurface(until(primary, end, EDGE, [panel]));
  return {
    page: write(page),
    panel: write(panel),
    quiet: write(quiet),
    line: write(mix(text, panel, 0.88)),
    edge: write(until(mix(primary, panel, 0.35), end, EDGE, [panel])),
    text: write(text),
    muted: write(until(mix(text, panel, 0.4), end, TEXT, grounds)),
    block: write(block),
    onBlock: write(onSurface(block)),
    primary: write(surface),
    onPrimary: write(onSurface(surface)),
    ink: write(until(primary, end, TEXT, grounds)),
    accent: write(until(accent, end, EDGE, [panel])),
    alert: write(until([190, 40, 40], end, TEXT, grounds)),
  };
}

function onSurface(surface: Rgb): Rgb {
  return contrast(surface, WHITE) >= TEXT ? WHITE : BLACK;
}

/** White is kept where it is nearly readable: a little darker looks better than black letters. */
function readableSurface(surface: Rgb): Rgb {
  return contrast(surface, WHITE) >= EDGE ? until(surface, 0, TEXT, [WHITE]) : surface;
}

/** Changes a colour's lightness step by step until it stands out from all grounds. */
function until(colour: Rgb, end: 0 | 1, ratio: number, grounds: readonly Rgb[]): Rgb {
  const start = lightness(colour);
  for (let part = 0; part < 1; part += 0.02) {
    const moved = round(lighten(colour, start + (end - start) * part));
    if (grounds.every((ground) => contrast(moved, round(ground)) >= ratio)) return moved;
  }
  return end === 0 ? BLACK : WHITE;
}

/** Lightness as in HSL, 0 to 1. */
function lightness(colour: Rgb): number {
  return (Math.max(...colour) + Math.min(...colour)) / 510;
}

/** The colour of the same hue and saturation (HSL) with another lightness. */
function lighten(colour: Rgb, to: number): Rgb {
  const [high, low] = [Math.max(...colour), Math.min(...colour)];
  const range = 255 - Math.abs(high + low - 255);
  const saturation = range === 0 ? 0 : (high - low) / range;
  const spread = saturation * (1 - Math.abs(2 * to - 1)) * 255;
  const floor = to * 255 - spread / 2;
  const place = (channel: number): number =>
    floor + (high === low ? spread / 2 : ((channel - low) / (high - low)) * spread);
  const [red, green, blue] = colour;
  return [place(red), place(green), place(blue)];
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
