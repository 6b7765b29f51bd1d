import { previewFlows } from '../../conversation/publish/preview-flows.js';
import type { Proposed } from '../../conversation/publish/publish-flows.js';
import { formatConversation } from '../../conversation/replay/format-conversation.js';
import { Refusal } from '../refusal.js';
import { createProgress, print } from './print.js';
import { replayAsJson, tellPreview, tellReplay } from './tell-preview.js';
import { withFlows, type Flows } from './with-flows.js';

type Options = { limit?: number; json?: boolean };

/**
 * `portevoix flows replay [NAME]`: replays recorded conversations against the files, of one flow or of
 * all that differ from what is in force, and shows one of each difference side by side.
 */
export async function replay(name: string | undefined, options: Options): Promise<void> {
  const { limit, json = false } = options;
  await withFlows(async (flows) => {
    const proposed = await choose(flows, name);
    const progress = createProgress('turns replayed');
    const replaying = { progress: progress.tell, ...(limit === undefined ? {} : { turns: limit }) };
    const preview = await previewFlows(flows, proposed, [], replaying);
    progress.end();
    if (preview.replay === undefined) {
      for (const line of tellPreview(preview)) process.stderr.write(`${line}\n`);
      throw new Refusal('What is faulty cannot be replayed.');
    }
    const { differences, changed } = preview.replay;
    if (json) {
      print(JSON.stringify({ type: 'summary', ...replayAsJson(preview.replay) }));
      for (const conversation of changed)
        print(JSON.stringify({ type: 'conversation', ...conversation }));
      return;
    }
    for (const line of tellReplay(preview.replay)) print(line);
    for (const { sentence, conversations, example } of differences) {
      print(`\n${conversations.toLocaleString('en')} × ${sentence}`);
      print(formatConversation(example));
    }
  });
}

async function choose(flows: Flows, name: string | undefined): Promise<readonly Proposed[]> {
  const { fresh, behind, same } = await flows.changed();
  const differing = [...fresh, ...behind.map(({ flow }) => flow)];
  if (name === undefined) {
    if (differing.length > 0) return differing;
    throw new Refusal('The files hold what is in force: name a flow to replay it all the same.');
  }
  const found = [...differing, ...same].find((flow) => flow.name === name);
  if (found === undefined) throw new Refusal(`There is no file of a flow "${name}".`);
  return [found];
}
