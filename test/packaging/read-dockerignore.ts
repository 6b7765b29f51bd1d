/** Whether a path of the build context, with `/` between folders, is left out of it. */
export type IsIgnored = (path: string) => boolean;

/**
 * Reads a `.dockerignore`: a pattern counts for a path and all below it, `!` takes back, and the last
 * pattern that fits decides. Knows `*` inside a name and a leading `**`.
 */
export function readDockerignore(text: string): IsIgnored {
  const rules = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({
      ignores: !line.startsWith('!'),
      pattern: expressionOf(line.replace(/^!/, '').replace(/^\/|\/$/g, '')),
    }));
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.ignores ?? false;
}

function expressionOf(pattern: string): RegExp {
  const parts = pattern
    .split('/')
    .map((part) =>
      part === '**'
        ? '(?:[^/]+/)*'
        : `${part.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*')}/`,
    );
  return new RegExp(`^${parts.join('').replace(/\/$/, '')}(?:/|$)`);
}
