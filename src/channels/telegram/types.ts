import type { RawApi } from 'grammy';
import type { LanguageCode } from 'grammy/types';

type Signal = NonNullable<Parameters<RawApi['getUpdates']>[1]>;

/** grammY names the signals of another package; at run time it takes Node's own (`validateSignal`). */
export function isSignal(signal: unknown): signal is Signal {
  return signal instanceof AbortSignal;
}

/** Telegram's menus are by two-letter language codes (ISO 639-1). */
export function isLanguageCode(language: string): language is LanguageCode {
  return /^[a-z]{2}$/.test(language);
}
