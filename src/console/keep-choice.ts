const YEAR_SECONDS = 31_536_000;

/** Keeps a choice of looks in this browser, where the server reads it for the first paint. */
export function keepChoice(name: 'portevoix_theme' | 'portevoix_language', value: string): void {
  const age = value === '' ? 0 : YEAR_SECONDS;
  document.cookie = `${name}=${value}; Path=/staff; Max-Age=${age}; SameSite=Strict`;
}
