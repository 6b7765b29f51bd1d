import type { Graph, TemplateState } from './graph.js';

/** Characters of a template's body once it is filled in (Cloud API). */
const BODY_LIMIT = 1_024;
/** Beside the webhook that tells of changes, for it may not be subscribed to. */
const FRESH_FOR_MS = 3_600_000;

export type Templates = {
  /** Asks Meta again how the template stands; rejects when it does not answer. */
  refresh(): Promise<readonly TemplateState[]>;
  /**
   * The template in which a text may go out, and the text as its variable can carry it; otherwise why
   * there is none.
   */
  fill(
    text: string,
    language: string,
  ): Promise<
    | { readonly type: 'filled'; readonly language: string; readonly text: string }
    | { readonly type: 'none'; readonly why: 'not approved' | 'too long' }
  >;
};

/** Knows the approval state of one template, by which messages go out when the window is closed. */
export function createTemplates(options: {
  readonly graph: Pick<Graph, 'templates'>;
  readonly accountId: string;
  readonly name: string;
  now(): number;
}): Templates {
  const { graph, accountId, name, now } = options;
  let known: readonly TemplateState[] = [];
  let askedAt = -Infinity;

  async function refresh(): Promise<readonly TemplateState[]> {
    askedAt = now();
    known = await graph.templates(accountId, name);
    return known;
  }

  return {
    refresh,
    async fill(text, language) {
      // What was known goes on to count while Meta does not answer.
      if (now() - askedAt > FRESH_FOR_MS) await refresh().catch(() => undefined);
      const template = usable(known, language);
      if (template === undefined) return { type: 'none', why: 'not approved' };
      const flat = flatten(text);
      const isTooLong = template.body.length + flat.length > BODY_LIMIT;
      return isTooLong
        ? { type: 'none', why: 'too long' }
        : { type: 'filled', language: template.language, text: flat };
    },
  };
}

/** Approved, in the language (`fr` also counts for `fr_FR`), with one variable, which takes the text. */
export function usable(
  states: readonly TemplateState[],
  language: string,
): TemplateState | undefined {
  const primary = (tag: string): string => tag.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return states.find(
    ({ language: own, status, body }) =>
      status === 'APPROVED' && primary(own) === primary(language) && hasOneVariable(body),
  );
}

function hasOneVariable(body: string): boolean {
  const variables = [...body.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name);
  return variables.length === 1 && variables[0] === '1';
}

/** A variable holds neither line breaks nor tabs nor more than four spaces in a row (Cloud API). */
function flatten(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*\n\s*/g, ' — ')
    .replace(/\s*\n\s*/g, ' · ')
    .replace(/\s+/g, ' ');
}
