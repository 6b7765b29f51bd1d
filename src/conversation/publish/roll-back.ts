import { publishFlows, type By, type Outcome, type PublishOptions } from './publish-flows.js';
import { readInForce } from './read-in-force.js';

/**
 * Puts an older version of a flow back in force, as a publication of its own, whatever the transcripts
 * say; `unknown` when it never was in force. A version that is faulty by now is refused.
 */
export async function rollBack(
  options: PublishOptions,
  name: string,
  version: string,
  by: Omit<By, 'type' | 'despiteTranscripts'>,
): Promise<Outcome | { readonly type: 'unknown' }> {
  const { versions, current } = await readInForce(options.store, await options.readFiles());
  const row = versions.get(`${name}@${version}`);
  const base = current.get(name)?.version;
  if (row === undefined) return { type: 'unknown' };
  const { flow, words } = row;
  const proposed = { name, flow, words, ...(base === undefined ? {} : { base }) };
  return publishFlows(options, [proposed], {
    ...by,
    type: 'rolled_back',
    despiteTranscripts: true,
  });
}
