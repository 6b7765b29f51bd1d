/** Browsers and systems by what stands in their names; the first that fits counts. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** A browser as people call it; undefined when it is none that is known. */
export function nameBrowser(agent: string): string | undefined {
  const find = (list: typeof BROWSERS) => list.find(([sign]) => sign.test(agent))?.[1];
  const named = [find(BROWSERS), find(SYSTEMS)].filter((one) => one !== undefined);
  return named.length === 0 ? undefined : named.join(' · ');
}
