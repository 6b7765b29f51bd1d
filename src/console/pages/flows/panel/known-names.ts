import type { DrawnStep } from '../../../../engine/edit/flow-graph.js';
import { BUILT_IN_FIELDS } from '../../../../engine/parse/fields.js';
import { readYaml } from '../../../../engine/yaml.js';
import type { FlowSurroundings } from '../../../../staff/api.js';

/** Fields in which an answer may be kept, as `into` names them. */
export function fieldsOf({ campaign }: FlowSurroundings): readonly string[] {
  const root = campaign === undefined ? undefined : readYaml(campaign).root;
  const fields = root?.type === 'map' ? root.get('fields') : undefined;
  const own =
    fields?.type === 'map' ? fields.entries.map(({ key }) => `supporter.fields.${key}`) : [];
  const builtIn = Object.keys(BUILT_IN_FIELDS)
    .filter((name) => name !== 'tags')
    .map((name) => `supporter.${name.replace('*', 'topics')}`);
  return [...builtIn, ...own];
}

/** What conditions may read of the answers of a flow. */
export function answersOf(
  steps: readonly DrawnStep[],
  surroundings: FlowSurroundings,
): readonly string[] {
  return steps.flatMap(({ kind, value, id }) => {
    if (kind === 'collect') return [`answers.${value}`];
    if (kind !== 'action') return [];
    const result = surroundings.actions.find(({ name }) => name === value)?.result ?? {};
    return Object.keys(result).map((field) => `answers.${id}.${field}`);
  });
}
