import { useSyncExternalStore } from 'react';
import { keepChoice } from './keep-choice.js';

/** As the system has it, or chosen here. */
export type Theme = 'system' | 'light' | 'dark';

const watchers = new Set<() => void>();

/** The theme that was chosen, and how to choose another. */
export function useTheme(): [theme: Theme, choose: (theme: Theme) => void] {
  const theme = useSyncExternalStore(watch, read);
  return [theme, choose];
}

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

function read(): Theme {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

function choose(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset['theme'];
  else dataset['theme'] = theme;
  const meta = document.querySelector('meta[name="color-scheme"]');
  meta?.setAttribute('content', theme === 'system' ? 'light dark' : theme);
  keepChoice('portevoix_theme', theme === 'system' ? '' : theme);
  for (const changed of watchers) changed();
}
